/**
 * `npm run smoke`: starts the unpacked app of `npm run package` in release/ and exits with its code: 0 if it showed a window,
 * a tray icon and the sample account's tickets (electron/desktop/smoke-test.ts).
 */
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** Longer than the app's own time limit. */
const timeoutMs = 180_000

const programs: Readonly<Partial<Record<NodeJS.Platform, readonly string[]>>> = {
  darwin: ['mac-universal', 'mac-arm64', 'mac'].map((folder) => `${folder}/Bilet.app/Contents/MacOS/Bilet`),
  win32: ['win-unpacked', 'win-arm64-unpacked'].map((folder) => `${folder}/Bilet.exe`),
  linux: ['linux-unpacked', 'linux-arm64-unpacked'].map((folder) => `${folder}/bilet`)
}

const release = fileURLToPath(new URL('../release/', import.meta.url))
const program = (programs[process.platform] ?? [])
  .map((path) => release + path)
  .find((path) => existsSync(path))
if (program === undefined) {
  console.error('There is no unpacked app in release/: npm run package -- --linux dir (or --mac, --win)')
  process.exit(1)
}
console.log(program)
const child = spawn(program, ['--smoke'], { stdio: 'inherit', timeout: timeoutMs, killSignal: 'SIGKILL' })
child.once('exit', (code) => process.exit(code ?? 1))
