/** The same core and the same windows in a plain browser; `--demo` connects the sample account: no Electron, no display needed. */
import Conf from 'conf'
import { mkdtempSync, rmSync } from 'node:fs'
import { constants, tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import packageJson from '../../package.json' with { type: 'json' }
import { createCore } from '../core.ts'
import { settingsSchema, type Settings } from '../ipc/contract.ts'
import { defaultSettings } from '../ipc/defaults.ts'
import type { Host } from '../ipc/host.ts'
import { serveBridge, type WebBridge } from './web.ts'
import { createSettings } from '../storage/settings.ts'
import { systemClock } from '../storage/clock.ts'
import { createVault } from '../storage/vault.ts'

async function main(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'bilet-preview-'))
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }))
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.once(signal, () => process.exit(128 + constants.signals[signal]))
  const settings = createSettings<Settings>(
    new Conf({ cwd: folder, configName: 'settings' }),
    settingsSchema,
    defaultSettings
  )
  let bridge: WebBridge | null = null

  const host: Host = {
    info: {
      version: packageJson.version,
      platform: process.platform,
      host: 'preview',
      keychain: false,
      newTicketCommand: null
    },
    folder,
    systemLocale: Intl.DateTimeFormat().resolvedOptions().locale,
    vault: createVault({ cipher: null, folder, report: () => undefined, clock: systemClock }),
    secrets: new Set(),
    network: () => ({ fetch, writeFetch: fetch }),
    checkNetwork: () => undefined,
    notices: () => [],
    dismissNotice: () => undefined,
    setAsidePath: () => null,
    showFile: () => undefined,
    signInToProxy: () => undefined,
    openWindow: () => undefined,
    openExternal: () => Promise.resolve(false),
    writeClipboard: () => Promise.resolve(),
    chooseExportFile: (name) => {
      // Not in the folder that goes with the preview.
      const path = join(mkdtempSync(join(tmpdir(), 'bilet-export-')), name)
      console.log(`Saved to ${path}`)
      return Promise.resolve(path)
    },
    takeShortcut: (accelerator) => (accelerator === '' ? 'none' : 'taken'),
    diagnostics: (engine) => [`Bilet ${packageJson.version} preview`, `Node ${process.version}`, ...engine],
    update: () => ({ kind: 'off' }),
    actOnUpdate: () => Promise.resolve(),
    testNotification: () => Promise.resolve('no-helper')
  }

  const core = createCore(host, settings, (name, payload) => bridge?.send(name, payload), {
    changed: () => undefined,
    findings: () => undefined
  })
  bridge = await serveBridge({
    folder: join(dirname(process.argv[1] ?? ''), 'renderer'),
    port: 0,
    handlers: core.handlers,
    report: (command, error) => console.error(`${command}: ${String(error)}`)
  })
  await core.start()
  if (process.argv.includes('--demo')) await core.connectDemo()
  console.log(`Bilet preview: ${bridge.address}`)
  console.log('The address works once, on this machine only. Ctrl+C ends the preview.')
}

main().catch((error: unknown) => {
  console.error(error)
  process.exitCode = 1
})
