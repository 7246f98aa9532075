/**
 * `npm run check:electron`: Doyensec's Electronegativity over the built app; fails on a finding that
 * docs/electronegativity.md does not explain. Brings 400 packages of its own, so it is no part of `npm run check`, but
 * of the workflow of the checks.
 */
import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'
import { windowTable } from '../electron/ipc/windows.ts'
import { buildApp } from './build.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const tool = '@doyensec/electronegativity@1.10.3'

/** Its parsers are of 2021 and pass over, without a word, what they cannot read. */
function inOlderWords(from: string, to: string): void {
  const { outputText } = ts.transpileModule(readFileSync(from, 'utf8'), {
    compilerOptions: { target: ts.ScriptTarget.ES2018, module: ts.ModuleKind.ESNext, allowJs: true },
    fileName: to
  })
  writeFileSync(to, outputText)
}

await buildApp()
const folder = mkdtempSync(join(tmpdir(), 'bilet-electronegativity-'))
try {
  const renderer = join(folder, 'dist', 'renderer')
  mkdirSync(join(renderer, 'assets'), { recursive: true })
  cpSync(join(root, 'package.json'), join(folder, 'package.json'))
  for (const name of ['main.mjs', 'preload.cjs'])
    inOlderWords(join(root, 'dist', name), join(folder, 'dist', name.replace(/\.\w+$/, '.js')))
  for (const { page } of Object.values(windowTable))
    cpSync(join(root, 'dist', 'renderer', page), join(renderer, page))
  for (const name of readdirSync(join(root, 'dist', 'renderer', 'assets')).filter((one) =>
    one.endsWith('.js')
  ))
    inOlderWords(join(root, 'dist', 'renderer', 'assets', name), join(renderer, 'assets', name))

  const { devDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    devDependencies: { electron: string }
  }
  const found = join(folder, 'found.csv')
  const electron = devDependencies.electron.replace(/^\D+/, '')
  const args = ['--yes', tool, '-i', folder, '-e', electron, '-r', '-v', 'false', '-o', found]
  execFileSync('npx', args, { stdio: ['ignore', 'ignore', 'inherit'], shell: process.platform === 'win32' })
  const explained = readFileSync(join(root, 'docs', 'electronegativity.md'), 'utf8')
  const findings = readFileSync(found, 'utf8')
    .split('\n')
    .slice(1)
    .flatMap((line) => {
      const [, check, file, rest] = /^([A-Z_]+),"\w+","\w+","([^"]*)","[^"]*",(.*)$/.exec(line) ?? []
      return check === undefined ? [] : [{ check, file: file ?? '', sample: (rest ?? '').slice(0, 100) }]
    })
  // A finding is named by its check and file; how many each may have stands in the same line of the document.
  const counts = new Map<string, number>()
  for (const { check, file, sample } of findings) {
    console.log(`${check} ${file} ${sample}`)
    const name = `\`${check}\` in ${file}`
    counts.set(name, (counts.get(name) ?? 0) + 1)
  }
  const news = [...counts].filter(([name, count]) => !explained.includes(`${name}: ${count}`))
  for (const [name, count] of news) console.error(`Not explained: ${name}: ${count}`)
  process.exitCode = news.length === 0 && findings.length > 0 ? 0 : 1
} finally {
  rmSync(folder, { recursive: true, force: true })
}
