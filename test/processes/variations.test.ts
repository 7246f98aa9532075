/** A new API version, language or window is asked for by the compiler wherever something must know it. */
import { relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'
import { expect, it } from 'vitest'

const root = fileURLToPath(new URL('../..', import.meta.url))
/** With slashes on every system. */
const inProject = (path: string): string => relative(root, path).replaceAll('\\', '/')

const window = `{
  page: 'third.html', words: 'third', size: { width: 1, height: 1 }, minSize: { width: 1, height: 1 },
  role: 'panel', placement: { kind: 'at-tray' }, usedAtKey: null, event: 'third'
}`

/** The same additions as those of CONTRIBUTING. */
const additions: Readonly<Record<string, readonly [before: RegExp, after: string]>> = {
  'electron/tickets/ticket.ts': [/apiVersions = \[/, "$&'v3', "],
  'electron/tickets/locale.ts': [/locales = \[/, "$&'de', "],
  'electron/ipc/windows.ts': [/windowTable = \{/, `$& third: ${window},`]
}

/** Files of the app with errors after the additions. Components are left to svelte-check. */
function filesWithErrors(): readonly string[] {
  const config = ts.readConfigFile(`${root}/tsconfig.json`, (path) => ts.sys.readFile(path))
  const { options, fileNames } = ts.parseJsonConfigFileContent(
    { ...(config.config as object), include: ['electron', 'renderer'] },
    ts.sys,
    root
  )
  const host = ts.createCompilerHost(options)
  const applied: string[] = []
  host.readFile = (path) => {
    const text = ts.sys.readFile(path)
    const [before, after] = additions[inProject(path)] ?? []
    if (text === undefined || before === undefined || after === undefined) return text
    applied.push(path)
    const changed = text.replace(before, after)
    if (changed === text) throw new Error(`${path} has no ${String(before)}`)
    return changed
  }
  const program = ts.createProgram(fileNames, options, host)
  const files = ts
    .getPreEmitDiagnostics(program)
    .map(({ file }) => (file ? inProject(file.fileName) : 'no file'))
  expect(applied).toHaveLength(Object.keys(additions).length)
  return [...new Set(files)].toSorted()
}

it('an API version, a language and a window that were added to their lists are errors wherever they are missing', () => {
  const files = filesWithErrors()
  expect(files).toEqual(
    expect.arrayContaining([
      // The API version.
      'electron/api/dialects/index.ts',
      'electron/demo/protocols.ts',
      'electron/tickets/departments.ts',
      'electron/tickets/text/sent-form/sent-form.ts',
      // The window.
      'electron/desktop/windows/windows.ts',
      'renderer/lib/bridge/preview-bridge.ts',
      // The language: tables of words of main, the command line, the domain and the windows.
      'electron/cli/words/words.ts',
      'electron/desktop/words.ts',
      'electron/ipc/export.ts',
      'electron/tickets/list/query-words.ts',
      'electron/tickets/text/numbers.ts',
      'renderer/lib/format.ts',
      'renderer/lib/i18n/problems.ts',
      'renderer/lib/i18n/work/work.ts'
    ])
  )
  const tables = ts.sys.readDirectory(`${root}/renderer/lib/i18n`, ['.ts']).map(inProject)
  const withoutLanguage = ['renderer/lib/i18n/index.ts']
  expect(files).toEqual(expect.arrayContaining(tables.filter((path) => !withoutLanguage.includes(path))))
}, 120_000)
