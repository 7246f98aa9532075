import { readFile, stat } from 'node:fs/promises'
import type { SettingsStore } from '../../storage/settings.ts'
import { fail } from '../../sync/outcome.ts'
import type { Engine, Outcome } from '../../sync/types.ts'
import type { EpochMs } from '../../tickets/ticket.ts'
import type { Settings } from '../contract.ts'
import type { Handlers } from '../dispatch.ts'
import { localDay } from '../export.ts'
import type { Host } from '../host.ts'
import { exportedSettings } from '../own-data/exported-settings.ts'
import { importOwnData } from '../own-data/import-own-data.ts'
import { decodeOwnData, decodeText, encodeOwnData } from '../own-data/own-data-file.ts'
import { saveFile } from '../save.ts'
import { succeed } from './outcomes.ts'

/** Bytes. An export with notes about a hundred thousand tickets is smaller. */
const maxFileBytes = 64 * 1024 * 1024

async function readText(path: string): Promise<Outcome<string>> {
  try {
    const file = await stat(path)
    if (!file.isFile()) return fail('file-not-read')
    if (file.size > maxFileBytes) return fail('import-damaged')
    const text = decodeText(await readFile(path))
    return text === null ? fail('import-damaged') : { ok: true, value: text }
  } catch {
    return fail('file-not-read')
  }
}

/** Commands that export and import settings and own data. */
export const dataCommands = ({
  engine,
  settings,
  host,
  now
}: {
  readonly engine: Engine
  readonly settings: SettingsStore<Settings>
  readonly host: Host
  readonly now: () => EpochMs
}) =>
  ({
    'data.export': async (_, { windowId }) => {
      const path = await host.chooseExportFile(`bilet-data-${localDay(now())}.json`, windowId)
      if (path === null) return succeed(false)
      const data = { settings: exportedSettings(settings.current()), accounts: engine.ownData.exported() }
      return saveFile(path, encodeOwnData(data, host.info.version, now()))
    },
    'data.import': async (_, { windowId }) => {
      const path = await host.chooseImportFile(windowId)
      if (path === null) return succeed(null)
      const text = await readText(path)
      if (!text.ok) return text
      const file = decodeOwnData(text.value, host.info.version)
      return file.ok ? importOwnData(engine, settings, file.value) : file
    }
  }) satisfies Partial<Handlers>
