/** Runs the core without Electron and serves the windows to a browser. `--demo` connects the sample account. */
import { mkdtempSync, rmdirSync, rmSync } from 'node:fs'
import { constants, tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import packageJson from '../../package.json' with { type: 'json' }
import { createCore } from '../core.ts'
import { settingsSchema, type Settings } from '../ipc/settings-schema.ts'
import { defaultSettings } from '../ipc/defaults.ts'
import type { Broadcast } from '../ipc/events.ts'
import { createHandlers } from '../ipc/handlers.ts'
import { reportAddress, type Host } from '../ipc/host.ts'
import { currentLocale } from '../ipc/locale.ts'
import { NoticeBoard } from '../ipc/notice-board.ts'
import { serveBridge, type WebBridge } from './web.ts'
import { createSettings } from '../storage/settings.ts'
import { systemClock } from '../storage/clock.ts'
import { createVault } from '../storage/vault.ts'

let bridge: WebBridge | null = null
/** Temporary folders created for exported files. */
const exportFolders: string[] = []

/** Removes the folders whose export was cancelled or failed. */
function removeEmptyFolders(): void {
  for (const folder of exportFolders)
    try {
      rmdirSync(folder)
    } catch {
      // The folder is not empty.
    }
}

const host: Host = {
  info: {
    version: packageJson.version,
    platform: process.platform,
    host: 'preview',
    keychain: false,
    newTicketCommand: null,
    reportTo: reportAddress((packageJson as { readonly bugs?: unknown }).bugs)
  },
  // A question in the page would protect nothing: the page that sends the address would also answer the question.
  mayContact: () => Promise.resolve(true),
  checkNetwork: () => undefined,
  setAsidePath: () => null,
  showFile: () => undefined,
  signInToProxy: () => undefined,
  openWindow: () => undefined,
  showTicket: (ref) => bridge?.send('navigate', ref ? { to: 'ticket', ...ref } : { to: 'unread' }),
  openExternal: () => Promise.resolve(false),
  showPanelAddress: (panelOf) => bridge?.send('navigate', { to: 'settings', panelOf }),
  chooseFromTicketMenu: () => Promise.resolve(null),
  writeClipboard: () => Promise.resolve(),
  readClipboard: () => Promise.resolve(''),
  clipboardAsks: false,
  chooseExportFile: (name) => {
    // Outside the profile folder, which is removed on exit.
    const exportFolder = mkdtempSync(join(tmpdir(), 'bilet-export-'))
    exportFolders.push(exportFolder)
    const path = join(exportFolder, name)
    console.log(`Saved to ${path}`)
    return Promise.resolve(path)
  },
  chooseImportFile: () => Promise.resolve(null),
  takeShortcut: (accelerator) => (accelerator === '' ? 'none' : 'taken'),
  diagnostics: (engine) => [`Bilet ${packageJson.version} preview`, `Node ${process.version}`, ...engine],
  update: () => ({ kind: 'off' }),
  actOnUpdate: () => Promise.resolve(),
  testNotification: () => Promise.resolve('no-helper')
}

async function main(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'bilet-preview-'))
  process.on('exit', () => {
    rmSync(folder, { recursive: true, force: true })
    removeEmptyFolders()
  })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.once(signal, () => process.exit(128 + constants.signals[signal]))
  // Kept in memory only.
  const settings = createSettings<Settings>(new Map<string, unknown>(), settingsSchema, defaultSettings)
  // Every start of the preview is the first one.
  settings.change({ newsShownFor: packageJson.version })
  const locale = currentLocale(settings, Intl.DateTimeFormat().resolvedOptions().locale)
  const broadcast: Broadcast = (name, payload) => bridge?.send(name, payload)
  const notices = new NoticeBoard()
  notices.onChange(() => broadcast('notices', notices.all()))

  const core = createCore({
    folder,
    vault: createVault({ cipher: null, folder, report: () => undefined, clock: systemClock }),
    secrets: new Set(),
    settings,
    notices,
    locale,
    broadcast,
    network: () => ({ fetch, writeFetch: fetch }),
    log: () => undefined
  })
  const { engine, connectDemo } = core
  bridge = await serveBridge({
    folder: join(dirname(process.argv[1] ?? ''), 'renderer'),
    port: 0,
    handlers: createHandlers({
      engine,
      settings,
      host,
      notices,
      broadcast,
      shown: { ref: null },
      fetchFor: () => fetch,
      locale,
      connectDemo,
      now: () => systemClock.now()
    }),
    report: (command, error) => console.error(`${command}: ${String(error)}`)
  })
  await core.start()
  if (process.argv.includes('--demo')) await connectDemo()
  console.log(`Bilet preview: ${bridge.address}`)
  console.log('The address works once, on this machine only. Ctrl+C ends the preview.')
}

main().catch((error: unknown) => {
  console.error(error)
  process.exit(1)
})
