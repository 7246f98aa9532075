import type { SettingsStore } from '../../storage/settings.ts'
import type { Settings } from '../contract.ts'
import type { Handlers } from '../dispatch.ts'
import type { Host } from '../host.ts'
import { succeed } from './outcomes.ts'

/** Commands that change settings and send a test notification. */
export const settingsCommands = ({
  settings,
  host
}: {
  readonly settings: SettingsStore<Settings>
  readonly host: Host
}) =>
  ({
    'settings.change': (patch) => {
      const { shortcut } = patch
      // Registered before it is stored, so that a shortcut of another program is never stored.
      const state = shortcut === undefined ? 'none' : host.takeShortcut(shortcut)
      if (state === 'taken' || state === 'invalid')
        return { ok: false, error: { kind: `shortcut-${state}`, field: 'shortcut' } }
      const changed = settings.change(patch)
      if (!changed.ok && shortcut !== undefined) host.takeShortcut(settings.current().shortcut)
      return changed
    },
    'notifications.test': async () => succeed(await host.testNotification())
  }) satisfies Partial<Handlers>
