/**
 * `npm run check`: all static checks, i.e. every script `check:NAME` of package.json, in that order and as many at once as
 * there are processors. `npm run check -- types lint` runs only these two. Prints the output of failed checks; the exit code
 * is 1 if a check failed.
 */
import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'

const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as {
  readonly scripts: Readonly<Record<string, string>>
}
const parts = Object.keys(scripts).flatMap((name) => (name.startsWith('check:') ? [name.slice(6)] : []))

/** Runs one check; false if it failed. Rejects if npm cannot be started. */
function run(part: string): Promise<boolean> {
  const started = performance.now()
  // Uses npm's JavaScript file if npm runs this script: on Windows `npm` is a batch file, which needs a shell.
  const npm = process.env.npm_execpath
  const [command, ...first] = npm === undefined ? (['npm'] as const) : ([process.execPath, npm] as const)
  const child = spawn(command, [...first, 'run', '--silent', `check:${part}`], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...(process.stdout.isTTY ? { FORCE_COLOR: '1' } : {}), ...process.env }
  })
  const printed: Buffer[] = []
  child.stdout.on('data', (bytes: Buffer) => printed.push(bytes))
  child.stderr.on('data', (bytes: Buffer) => printed.push(bytes))
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code) => {
      const seconds = ((performance.now() - started) / 1000).toFixed(1)
      console.log(`${code === 0 ? 'passed' : 'FAILED'}  ${part}, ${seconds} s`)
      if (code !== 0) process.stdout.write(Buffer.concat(printed))
      resolve(code === 0)
    })
  })
}

const named = process.argv.slice(2)
const unknown = named.filter((name) => !parts.includes(name))
if (unknown.length > 0) {
  console.error(`There is no part ${unknown.join(', ')}, but ${parts.join(', ')}`)
  process.exit(1)
}

const waiting = parts.filter((part) => named.length === 0 || named.includes(part))
const failed: string[] = []
async function runWaiting(): Promise<void> {
  for (let part = waiting.shift(); part !== undefined; part = waiting.shift())
    if (!(await run(part))) failed.push(part)
}
await Promise.all(Array.from({ length: availableParallelism() }, runWaiting))

if (failed.length > 0) console.log(`failed: ${failed.join(', ')}`)
process.exitCode = failed.length > 0 ? 1 : 0
