import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { commandNames, optionsOf, startOptions } from '../../../electron/cli/arguments/options.ts'
import { exitCodes } from '../../../electron/cli/exit-codes.ts'
import { nagiosResult } from '../../../electron/cli/output/nagios.ts'
import { outputJsonSchema } from '../../../electron/cli/output/schema.ts'
import { entriesText, listText, showText } from '../../../electron/cli/output/text.ts'
import { itemOutput, statusOutput, ticketOutput } from '../../../electron/cli/server/ticket-output.ts'
import { allProblemKinds } from '../../../electron/cli/protocol/command-problem.ts'
import { helpText } from '../../../electron/cli/words/help.ts'
import { problemText, usageText } from '../../../electron/cli/words/problems.ts'
import { filters } from '../../../electron/tickets/list/filters.ts'
import { locales } from '../../../electron/tickets/locale.ts'
import { classifyStatus } from '../../../electron/tickets/status.ts'
import { accountOf, connectionOf, outboxOf, rowOf, rowWorkOf } from '../../support/builders.ts'

const read = (path: string): string => readFileSync(new URL(`../../../${path}`, import.meta.url), 'utf8')

it('the schema in the documents is that of the program: bilet --json-schema > docs/command-line.schema.json', () => {
  expect(JSON.parse(read('docs/command-line.schema.json'))).toEqual(
    JSON.parse(JSON.stringify(outputJsonSchema()))
  )
})

describe.each(locales)('in %s', (locale) => {
  it('the help names every command, option, filter and exit code', () => {
    const help = helpText(locale)
    const shown = Object.keys(startOptions).filter(
      (name) => !['take-activation', 'updated', 'smoke', 'demo', 'help', 'version'].includes(name)
    )
    for (const command of commandNames) {
      expect(help).toMatch(new RegExp(`^  ${command}\\b`, 'm'))
      for (const option of Object.keys(optionsOf(command)).filter(
        (name) => !['text', 'help', 'version'].includes(name)
      ))
        expect(help).toContain(`--${option}`)
    }
    for (const option of shown) expect(help).toContain(`--${option}`)
    for (const filter of filters) expect(help).toContain(filter)
    for (const code of Object.values(exitCodes)) expect(help).toMatch(new RegExp(`(^|  )${code} `, 'm'))
    for (const line of help.split('\n')) expect(line.length).toBeLessThanOrEqual(100)
  })

  it('every problem says something of its own', () => {
    const texts = allProblemKinds.map((kind) => problemText({ kind, detail: 'x' }, locale, 'linux'))
    expect(new Set(texts).size).toBe(texts.length)
    for (const text of texts) expect(text).toMatch(/\S.*\S/)
  })

  it('the guide explains every exit code and command', () => {
    const guide = read(`docs/guide.${locale}.md`)
    for (const command of commandNames) expect(guide).toContain(`\`bilet ${command}`)
    for (const code of Object.values(exitCodes)) expect(guide).toMatch(new RegExp(`^- \`${code}\``, 'm'))
  })
})

it('a wrong command is told with those that there are, and what is missing by the name that the help has', () => {
  for (const locale of locales) {
    const text = usageText({ kind: 'unknown-command', what: 'kapat', command: null }, locale)
    for (const command of commandNames) expect(text).toContain(command)
    const missing = usageText({ kind: 'missing-argument', what: 'TICKET', command: 'show' }, locale)
    expect(helpText(locale)).toContain(`  show ${missing.replace(/^.*: /, '')} `)
    const more = (command: 'reply' | 'show'): string =>
      usageText({ kind: 'too-many-arguments', what: 'dünya', command }, locale)
    expect(more('reply')).toMatch(/: dünya\. .*(tırnak|quotes)/)
    expect(more('show')).toMatch(/: dünya\.$/)
  }
})

describe('a table', () => {
  const account = accountOf({ id: 'a', name: 'Ajans' })

  it('names the account only where there are several', () => {
    const row = rowOf({ accountId: 'a', subject: 'Konu' })
    const ticket = ticketOutput(row, [account])
    expect(listText({ tickets: [ticket], total: 1 }, 'en')).not.toContain('Ajans')
    const other = { ...ticket, account: { id: 'b', name: 'Mağaza' } }
    expect(listText({ tickets: [ticket, other], total: 2 }, 'en')).toMatch(/Ajans +Konu\n.*Mağaza +Konu\n$/)
  })

  it.each([
    ['tr', 'Beklemede'],
    ['en', 'On hold']
  ] as const)('names the status in the language of the person: %s', (locale, named) => {
    for (const text of ['On Hold', 'Beklemede']) {
      const ticket = ticketOutput(rowOf({ accountId: 'a', status: classifyStatus(text) }), [account])
      expect(ticket.status.text).toBe(text)
      expect(listText({ tickets: [ticket], total: 1 }, locale)).toContain(`  ${named}  `)
      const page = showText({ ticket, service: null, note: '', messages: [] }, locale)
      expect(page).toMatch(new RegExp(`: ${named}$`, 'm'))
    }
  })

  it('has what is kept about a ticket: its own title, tags and note', () => {
    const row = rowOf({
      accountId: 'a',
      subject: 'Konu',
      work: rowWorkOf({ title: 'Posta', tags: ['Ajans', 'vps'] })
    })
    const ticket = ticketOutput(row, [account])
    expect(ticket).toMatchObject({ subject: 'Konu', title: 'Posta', work: { tags: ['Ajans', 'vps'] } })
    expect(listText({ tickets: [ticket], total: 1 }, 'en')).toMatch(/ Posta\n$/)
    const shown = showText({ ticket, service: null, note: 'Müşteri arandı', messages: [] }, 'en')
    expect(shown).toMatch(/^#\d+ Posta\n[^]*^Tags: Ajans, vps\nNote: Müşteri arandı$/m)
  })

  it('shows no control characters, and passwords as dots', () => {
    const row = rowOf({
      accountId: 'a',
      subject: 'a\u001b]0;x\u0007\u202eb\nc',
      excerpt: 'Şifre: Xk7-mavi-Deniz9'
    })
    const ticket = ticketOutput(row, [account])
    expect(listText({ tickets: [ticket], total: 1 }, 'en')).toContain('a]0;xb c')
    expect(ticket.excerpt).not.toContain('Xk7')
  })

  it('says of an undecided message that the person has to decide', () => {
    const entry = itemOutput(
      outboxOf({ accountId: 'a', state: 'undecided', question: { kind: 'cannot-tell' } }),
      [account]
    )
    expect(entriesText({ entries: [entry] }, 'en', 'linux')).toContain('Only you can decide')
  })
})

describe('monitoring', () => {
  const stateOf = (...changes: Parameters<typeof accountOf>): string =>
    nagiosResult(
      statusOutput('1.0.0', [accountOf(...changes)], [], []),
      { warning: 1, critical: null },
      'en',
      'linux'
    ).state

  it.each([
    ['ok', 'ok'],
    ['asking', 'ok'],
    ['paused', 'ok'],
    ['offline', 'critical'],
    ['failing', 'critical'],
    ['signed-out', 'critical']
  ] as const)('an account that is %s is %s', (state, expected) => {
    expect(stateOf({ connection: connectionOf({ state }) })).toBe(expected)
  })

  it('an account’s name cannot forge the performance data', () => {
    const broken = accountOf({ name: 'a | unread=9', connection: connectionOf({ state: 'offline' }) })
    const { line } = nagiosResult(
      statusOutput('1.0.0', [broken], [], [outboxOf({ state: 'undecided' })]),
      { warning: 1, critical: 5 },
      'en',
      'linux'
    )
    expect(line.split('|')).toHaveLength(2)
    expect(line).toContain('| unread=0;1;5;0 ')
    expect(line).toContain('undecided=1;')
  })
})
