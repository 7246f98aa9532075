/** `npm start`, `npm run demo`, `npm run preview`: builds, then runs the app, or shows it in a browser. */
import { spawn } from 'node:child_process'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { buildApp } from './build.ts'
import { overriddenElectron } from './electron-runtime/find.ts'
import { downloadOfficial } from './electron-runtime/official.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const how = process.argv[2] ?? 'start'
const say = (line: string): void => {
  console.log(line)
}

/** Why no window can open here; null when one can. */
function noWindow(): string | null {
  if (process.platform !== 'linux') return null
  if (!process.env.DISPLAY && !process.env.WAYLAND_DISPLAY) return 'There is no display'
  if (process.getuid?.() === 0) return "This is root's shell, for whom Chromium has no sandbox"
  return null
}

function run(
  command: string,
  args: readonly string[]
): Promise<{ readonly code: number; readonly errors: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: root, stdio: ['inherit', 'inherit', 'pipe'] })
    let errors = ''
    child.stderr.on('data', (chunk: Buffer) => {
      process.stderr.write(chunk)
      errors = (errors + chunk.toString()).slice(-10_000)
    })
    child.on('error', reject)
    child.on('exit', (code) => resolve({ code: code ?? 1, errors }))
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => child.kill(signal))
  })
}

async function preview(reason: string | null): Promise<number> {
  if (reason) say(`${reason}: showing the app in a browser instead.`)
  const account = how === 'start' ? [] : ['--demo']
  return (await run(process.execPath, [join(root, 'dist', 'preview.cjs'), ...account])).code
}

async function main(): Promise<number> {
  await buildApp()
  if (how === 'preview') return preview(null)
  const reason = noWindow()
  if (reason) return preview(reason)
  const electron = (await overriddenElectron()) ?? (await downloadOfficial())
  if (!electron) return preview('No Electron can be had')
  const folder = mkdtempSync(join(tmpdir(), 'bilet-demo-'))
  const demo = how === 'demo' ? ['--demo', `--user-data-dir=${folder}`] : []
  const { code, errors } = await run(electron.executable, ['.', ...demo, ...process.argv.slice(3)])
  const library = /error while loading shared libraries: (\S+?):/.exec(errors)?.[1]
  if (!library) return code
  return preview(
    `${library} is missing (Debian, Ubuntu: apt-get install libgtk-3-0 libnss3 libasound2 libgbm1)`
  )
}

process.exitCode = await main()
