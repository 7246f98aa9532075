/** A new field of a type has to be added to its builder only, not to other test files. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'
import { expect, it } from 'vitest'
import * as builders from '../../support/builders.ts'

const tests = fileURLToPath(new URL('../..', import.meta.url))

const { accountOf, connectInputOf, connectionOf, outboxOf, outboxRecordOf, rowOf, rowWorkOf } = builders
const { messageOf, newTicketOf, replyOf, settingsOf, threadOf, ticketOf } = builders
const whole: Readonly<Record<string, object>> = {
  account: accountOf(),
  'account to connect': connectInputOf(),
  connection: connectionOf(),
  message: messageOf(),
  'new ticket': newTicketOf(),
  'outbox entry': outboxOf(),
  'outbox record': outboxRecordOf(),
  reply: replyOf(),
  row: rowOf(),
  'work of a row': rowWorkOf(),
  settings: settingsOf(),
  thread: threadOf(rowOf()),
  ticket: ticketOf()
}

/** Objects passed to a builder may have all fields, since the builder adds fields that are added later. */
const isForBuilder = ({ parent }: ts.Node): boolean =>
  ts.isCallExpression(parent) && parent.expression.getText() in builders

/** Places where an object literal has all fields of a type. */
function writtenOut(file: string, text: string): readonly string[] {
  // Parsing every test takes seconds, and few have all names of a type in them.
  const kinds = Object.entries(whole).flatMap(([kind, value]) => {
    const fields = Object.keys(value)
    return fields.every((field) => text.includes(field)) ? [{ kind, fields }] : []
  })
  if (kinds.length === 0) return []
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true)
  const places: string[] = []
  const visit = (node: ts.Node): void => {
    if (ts.isObjectLiteralExpression(node) && !isForBuilder(node)) {
      const written = new Set(node.properties.map(({ name }) => name?.getText(source)))
      for (const { kind, fields } of kinds)
        if (fields.every((field) => written.has(field)))
          places.push(`${file}:${source.getLineAndCharacterOfPosition(node.getStart()).line + 1} ${kind}`)
    }
    ts.forEachChild(node, visit)
  }
  visit(source)
  return places
}

it('finds an object with every field of a type, and none that changes what a builder made', () => {
  const reply = "{ id: 1, author: 'staff', name, sentAt: null, message: '', attachments: [] }"
  expect(writtenOut('x.ts', `const one = 1\nconst two = [${reply}]`)).toEqual(['x.ts:2 reply'])
  expect(writtenOut('x.ts', `const one = replyOf(${reply})`)).toEqual([])
})

it('no test writes every field of a type but the builders', () => {
  const files = readdirSync(tests, { recursive: true, encoding: 'utf8' }).filter((file) =>
    file.endsWith('.ts')
  )
  expect(files.length).toBeGreaterThan(100)
  const elsewhere = files.filter((file) => !file.endsWith('builders.ts'))
  expect(elsewhere.flatMap((file) => writtenOut(file, readFileSync(join(tests, file), 'utf8')))).toEqual([])
})
