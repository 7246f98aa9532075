import type { SettingsStore } from '../../storage/settings.ts'
import { fail } from '../../sync/outcome.ts'
import type { Engine, Outcome } from '../../sync/types.ts'
import type { ImportSummary } from '../../tickets/work/import-summary.ts'
import type { Settings } from '../contract.ts'
import { settingsSchema } from '../settings-schema.ts'
import { mergedSettings } from './exported-settings.ts'
import type { OwnDataFile } from './own-data-file.ts'

/**
 * Adds settings and own data. The engine first stores all of it in one file: after a crash `applyImportedSettings` and the
 * engine complete it at the next start.
 */
export function importOwnData(
  engine: Engine,
  settings: SettingsStore<Settings>,
  { settings: imported, accounts }: OwnDataFile
): Outcome<ImportSummary> {
  const here = settings.current()
  const patch = mergedSettings(here, imported)
  const notifications = { ...here.notifications, ...(patch.notifications as object | undefined) }
  const inbox = { ...here.inbox, ...(patch.inbox as object | undefined) }
  // Together the lists may be longer than allowed.
  if (!settingsSchema.safeParse({ ...here, ...patch, notifications, inbox }).success)
    return fail('import-too-large')
  const done = engine.ownData.import(accounts, imported)
  if (!done.ok) return done
  const applied = applyImportedSettings(engine, settings)
  return applied.ok ? done : applied
}

/** Applies settings that were imported, also in an earlier run that ended before it could. */
export function applyImportedSettings(engine: Engine, settings: SettingsStore<Settings>): Outcome<null> {
  const imported = engine.ownData.importedSettings()
  if (imported === null) return { ok: true, value: null }
  const changed = settings.change(mergedSettings(settings.current(), imported))
  // Settings that this version does not accept can never be applied.
  if (changed.ok || changed.error.kind === 'invalid-arguments') engine.ownData.settingsApplied()
  return changed.ok ? { ok: true, value: null } : changed
}
