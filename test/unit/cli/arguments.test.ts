import { describe, expect, it } from 'vitest'
import { containing } from '../../support/cli/matchers.ts'
import { parseArguments } from '../../../electron/cli/arguments/parse.ts'

const run = (...args: readonly string[]): object => {
  const parsed = parseArguments(args)
  if (parsed.kind !== 'run') throw new Error(JSON.stringify(parsed))
  return parsed.command
}
const wrong = (...args: readonly string[]): unknown => {
  const parsed = parseArguments(args)
  return parsed.kind === 'wrong' ? [parsed.error.kind, parsed.error.what] : parsed.kind
}

describe('a start of the app', () => {
  it.each([
    [[]],
    [['--new']],
    [['--check', '--hidden']],
    [['--demo', '--lang=tr']],
    [['--smoke', '--lang=en-US', '--ozone-platform=x11']],
    [['--user-data-dir=/x', '--password-store=basic', '--remote-debugging-port=0', '--inspect=0']],
    [['--enable-features=UseOzonePlatform', '--disable-gpu', '--force-device-scale-factor=1.5', '--v=1']],
    [['--no-sandbox', '--take-activation']],
    [['--updated']],
    [['-Embedding']],
    [['----AppNotificationActivated:']],
    [['/Embedding']],
    [['-psn_0_12345']],
    [['bilet://ticket/272298']],
    [['bilet://new?title=a', 'list']],
    [['--hidden', 'bilet://ticket/1', '--allow-changes', 'reply', '1', 'x']]
  ])('is %j', (args) => {
    expect(parseArguments(args)).toEqual({ kind: 'start' })
  })

  it.each([
    [['--hiden'], ['unknown-option', '--hiden']],
    [['--nwe'], ['unknown-option', '--nwe']],
    [['-x'], ['unknown-option', '-x']],
    [['--refresh'], ['unknown-option', '--refresh']],
    [['lsit'], ['unknown-command', 'lsit']],
    [['öde'], ['unknown-command', 'öde']],
    [
      ['--json', 'lst'],
      ['unknown-command', 'lst']
    ]
  ])('is not %j', (args, error) => {
    expect(wrong(...args)).toEqual(error)
  })
})

it.each([[['--help']], [['-h']], [['help']], [['list', '--help']], [['reply', '-h']], [['--new', '--help']]])(
  'help is asked for by %j',
  (args) => {
    expect(parseArguments(args).kind).toBe('help')
  }
)

it('the version and the schema are asked for by their options', () => {
  expect(parseArguments(['--version']).kind).toBe('version')
  expect(parseArguments(['status', '--version']).kind).toBe('version')
  expect(parseArguments(['--json-schema', '--lang=tr'])).toEqual({ kind: 'json-schema', locale: 'tr' })
})

describe('a command', () => {
  it('takes the words of a search as they are, also those with a dash', () => {
    expect(run('list', 'durum:açık', '-kapalı', '"iki kelime"')).toMatchObject({
      query: 'durum:açık -kapalı "iki kelime"',
      filter: 'all',
      limit: 100
    })
    expect(run('list', '--', '--json')).toMatchObject({ query: '--json' })
  })

  it('takes options before and after its words, with their value as the next word or after =', () => {
    expect(run('reply', '--account', 'Ajans', '#272298', 'Merhaba dünya', '--wait=5')).toEqual({
      ...{ name: 'reply', ticket: 272298, account: 'Ajans', text: 'Merhaba dünya' },
      ...{ close: false, allowChanges: false, waitMs: 5000 }
    })
    expect(run('--json', 'show', '5')).toMatchObject({ name: 'show', ticket: 5 })
    expect(run('new', '--title=a=b', '--text=--x')).toMatchObject({ title: 'a=b', text: '--x' })
  })

  it('reads standard input without a text, and for a dash', () => {
    expect(run('reply', '1')).toMatchObject({ text: null })
    expect(run('reply', '1', '-')).toMatchObject({ text: null })
    expect(run('new', '--title', 'x')).toMatchObject({ text: null, waitMs: null })
  })

  it('hands Chromium’s switches to an app that it starts', () => {
    expect(parseArguments(['list', '--ozone-platform=x11', '--user-data-dir=/x', '--json'])).toMatchObject({
      switches: ['--ozone-platform=x11', '--user-data-dir=/x'],
      common: { json: true, mayStart: true, timeoutMs: 60_000 }
    })
  })

  it.each([
    [
      ['list', '--jsn'],
      ['unknown-option', '--jsn']
    ],
    [
      ['list', '--filter=all', '--close'],
      ['unknown-option', '--close']
    ],
    [
      ['show', '5', '-v'],
      ['unknown-option', '-v']
    ],
    [
      ['list', '--json=yes'],
      ['unexpected-value', '--json']
    ],
    [
      ['list', '--filter'],
      ['missing-value', '--filter']
    ],
    [
      ['list', '--filter', '--json'],
      ['missing-value', '--filter']
    ],
    [
      ['list', '--account='],
      ['missing-value', '--account']
    ],
    [
      ['list', '--filter=unraed'],
      ['invalid-value', containing('unread, waiting')]
    ],
    [
      ['list', '--limit=0'],
      ['invalid-value', containing('--limit=0')]
    ],
    [
      ['list', '--limit=1e3'],
      ['invalid-value', containing('--limit=1e3')]
    ],
    [
      ['list', '--lang=de'],
      ['invalid-value', containing('tr, en')]
    ],
    [['show'], ['missing-argument', 'TICKET']],
    [
      ['show', 'abc'],
      ['invalid-value', 'abc']
    ],
    [
      ['show', '0'],
      ['invalid-value', '0']
    ],
    [
      ['show', '5', '6'],
      ['too-many-arguments', '6']
    ],
    [
      ['reply', '5', 'a', 'b'],
      ['too-many-arguments', 'b']
    ],
    [
      ['reply', '5', 'a', '--text=b'],
      ['too-many-arguments', 'a']
    ],
    [
      ['new', 'a'],
      ['missing-argument', '--title']
    ],
    [['close'], ['missing-argument', 'TICKET']],
    [
      ['status', '--wait=x'],
      ['invalid-value', containing('--wait=x')]
    ],
    // It would close ticket 30 as well, or send "30".
    [
      ['close', '5', '--wait', '30'],
      ['invalid-value', containing('--wait=30')]
    ],
    [
      ['reply', '5', '--wait', '30'],
      ['invalid-value', containing('--wait=30')]
    ],
    // Chromium has switches that begin alike; the value would be sent as a text.
    [
      ['reply', '5', '--time-out', '30'],
      ['unknown-option', '--time-out']
    ],
    [
      ['show', '5', '--show-secret'],
      ['unknown-option', '--show-secret']
    ],
    [
      ['list', '--no-starts'],
      ['unknown-option', '--no-starts']
    ]
  ])('is refused for %j', (args, error) => {
    expect(wrong(...args)).toEqual(error)
  })

  it('is told wrong in its own form and language', () => {
    expect(parseArguments(['list', '--wrong', '--json', '--lang=tr'])).toMatchObject({
      ...{ kind: 'wrong', json: true, nagios: false, locale: 'tr' }
    })
  })
})
