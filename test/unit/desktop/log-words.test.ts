/** The redaction must know all words that the code writes to the log, otherwise it removes them. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { knownWords } from '../../../electron/desktop/security/known-words.ts'
import { redact } from '../../../electron/desktop/security/redact.ts'
import { problemKinds } from '../../../electron/tickets/problem.ts'

const folder = fileURLToPath(new URL('../../../electron', import.meta.url))

const sources = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.ts'))
  .map((path) => readFileSync(join(folder, path), 'utf8'))

/** Words in the string literals and templates of this code, without the templates' expressions. */
const wordsIn = (code: string): readonly string[] =>
  [...code.matchAll(/'([^'\n]*)'|`([^`]*)`/g)]
    .flatMap(([, text = '', template = '']) => [text, template.replace(/\$\{[^}]*\}/g, ' ')])
    .flatMap((text) => text.split(/[^A-Za-z]+/))
    // Identifiers from nested templates are not words.
    .filter(
      (word) => word.length > 1 && !/[a-z][A-Z]|Error$/.test(word) && word !== 'facts' && word !== 'typeof'
    )
    .map((word) => word.toLowerCase())

const unknownIn = (code: string): readonly string[] => [
  ...new Set(wordsIn(code).filter((word) => !knownWords.has(word)))
]

test('what is written with `log.info`, `log.error` and `log.note`', () => {
  const calls = sources.flatMap((code) => code.match(/(?:\blog|#log)\.(?:info|error|note)\([^\n]+/g) ?? [])
  expect(calls.length).toBeGreaterThan(20)
  expect(calls.flatMap(unknownIn)).toEqual([])
})

test.each([
  'sync/activity-log.ts',
  'sync/diagnostics.ts',
  'sync/error-trace.ts',
  'sync/outbox/outbox-activity.ts',
  'sync/outbox/settle.ts',
  'desktop/lifecycle/diagnostics.ts',
  'desktop/tray/tray-host.ts',
  'desktop/updates/update-method.ts'
])('what %s says', (path) => {
  const code = readFileSync(join(folder, path), 'utf8')
    .replace(/^import .*$| from '.*'$/gm, '')
    .replace(/\/\*[^]*?\*\/|\/\/.*$/gm, '')
  expect(unknownIn(code)).toEqual([])
})

test('kinds of problems, of notices and of what became of a notification', () => {
  const unions = ['tickets/views.ts', 'desktop/types.ts', 'storage/types.ts'].flatMap((path) =>
    [...readFileSync(join(folder, path), 'utf8').matchAll(/\| '([a-z-]+)'/g)].map(([, kind = '']) => kind)
  )
  expect(unions.length).toBeGreaterThan(40)
  const views = readFileSync(join(folder, 'ipc/events.ts'), 'utf8')
  const updates = [...(/type UpdateView =([^]*?)\n\n/.exec(views)?.[1]?.matchAll(/'([a-z-]+)'/g) ?? [])]
  expect(updates.length).toBeGreaterThan(5)
  for (const kind of [...problemKinds, ...unions, ...updates.map(([, kind = '']) => kind)])
    expect(redact(kind, { secrets: [], home: '/' }), kind).toBe(kind)
})

test.each(['none', 'offered', 'accepted', 'refused'])(
  'what diagnostics say of a tray whose icon is %s',
  (icon) => {
    for (const shown of [
      'attention',
      'offline',
      'paused',
      'read',
      'sending',
      '1',
      '9+',
      '3-template',
      '2-overlay'
    ]) {
      const line = `tray there (StatusNotifier, icon ${icon}, last: shown ${shown}), keychain gnome-libsecret (last: secret)`
      expect(redact(line, { secrets: [], home: '/' })).toBe(line)
    }
  }
)
