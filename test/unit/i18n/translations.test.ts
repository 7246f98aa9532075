import { readdirSync, readFileSync } from 'node:fs'
import { join, posix, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { wordsOf } from '../../../electron/desktop/words.ts'
import { accounts } from '../../../renderer/lib/i18n/accounts.ts'
import { compose } from '../../../renderer/lib/i18n/compose.ts'
import { desktop } from '../../../renderer/lib/i18n/desktop.ts'
import { help } from '../../../renderer/lib/i18n/help.ts'
import { inbox } from '../../../renderer/lib/i18n/inbox.ts'
import { notices } from '../../../renderer/lib/i18n/notices.ts'
import { onboarding } from '../../../renderer/lib/i18n/onboarding.ts'
import { outbox } from '../../../renderer/lib/i18n/outbox.ts'
import { problems, withoutRetrySentence } from '../../../renderer/lib/i18n/problems.ts'
import { rules } from '../../../renderer/lib/i18n/rules.ts'
import { settings } from '../../../renderer/lib/i18n/settings.ts'
import { statistics } from '../../../renderer/lib/i18n/statistics.ts'
import { work } from '../../../renderer/lib/i18n/work/work.ts'
import { workDialog } from '../../../renderer/lib/i18n/work/work-dialogs.ts'
import { sections } from '../../../renderer/settings/sections.ts'
import { desktopUsage, differences, missing, roomUsage, unused, type Dynamic, type Source } from './usage.ts'

const root = fileURLToPath(new URL('../../..', import.meta.url))
const sourcesOf = (folder: string): readonly Source[] =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .map((file) => file.replaceAll(sep, '/'))
    .filter((file) => /\.(svelte|ts)$/.test(file) && !file.startsWith('lib/i18n'))
    .map((file) => [posix.join(folder, file), readFileSync(join(root, folder, file), 'utf8')])

const renderer = sourcesOf('renderer')
const rooms = {
  accounts,
  rules,
  inbox,
  outbox,
  compose,
  desktop,
  notices,
  onboarding,
  problems,
  settings,
  statistics,
  help,
  work,
  workDialog
}
type Room = keyof typeof rooms

const filters = ['all', 'unread', 'waiting', 'open', 'follow-up', 'snoozed', 'done', 'closed']
/** Keys chosen at run time. Those of `problems` and `notices` are too, but there the compiler checks every kind. */
const dynamic: Readonly<Partial<Record<Room, readonly Dynamic[]>>> = {
  inbox: [
    { file: 'inbox/list/Filters.svelte', expression: 'filter', keys: filters },
    { file: 'inbox/list/ListPane.svelte', expression: 'tickets.filter', keys: filters },
    { file: 'inbox/commands/palette-commands.ts', expression: 'filter', keys: filters }
  ],
  outbox: [
    { file: 'outbox/Outbox.svelte', expression: 'group.name', keys: ['needsYou', 'waiting', 'sent'] },
    { file: 'outbox/History.svelte', expression: 'record.action.kind', keys: ['reply', 'create', 'close'] }
  ],
  settings: [
    {
      file: 'settings/notifications/Notifications.svelte',
      expression: 'kind',
      keys: ['reply', 'status', 'closed', 'snooze', 'followUp']
    },
    { file: 'settings/QuietTimes.svelte', expression: 'end', keys: ['from', 'to'] },
    { file: 'settings/Settings.svelte', expression: 'name', keys: sections },
    { file: 'settings/Settings.svelte', expression: 'current', keys: sections },
    { file: 'inbox/commands/palette-commands.ts', expression: 'section', keys: sections }
  ]
}
const usageOf = (room: Room, sources = renderer): ReturnType<typeof roomUsage> =>
  roomUsage(sources, room, dynamic[room] ?? [])

/** Rooms that are loaded with their screens, and the start of the file that does. */
const readLater: Readonly<Record<string, string>> = {
  outbox: 'outbox/outbox',
  compose: 'lib/compose',
  desktop: 'notices/desktop',
  notices: 'notices/notice',
  settings: 'settings/settings',
  statistics: 'statistics/statistics',
  help: 'help/help',
  rules: 'settings/rules/rules',
  onboarding: 'onboarding/onboarding',
  workDialog: 'inbox/work/dialogs/work-dialog'
}

describe.each(Object.entries(rooms))('the words of %s', (name, { tr, en }) => {
  it('are the same in Turkish and English: keys, kinds and arguments', () => {
    expect(differences(tr, en)).toEqual([])
  })

  it('are there for every window, or for what is read later', () => {
    const later = readLater[name]
    if (later !== undefined) {
      expect(readFileSync(join(root, `renderer/${later}-words.ts`), 'utf8')).toContain(`${name}[app.locale]`)
      return
    }
    const index = readFileSync(join(root, 'renderer/lib/i18n/index.ts'), 'utf8')
    expect(index).toContain(`${name}: ${name}[locale]`)
  })
})

describe.each([
  'accounts',
  'rules',
  'inbox',
  'outbox',
  'compose',
  'desktop',
  'onboarding',
  'settings',
  'statistics',
  'help',
  'work',
  'workDialog'
] as const)('every word of %s', (room) => {
  it('is used, and what the code uses is there', () => {
    expect(usageOf(room).unrecognised).toEqual([])
    expect(unused(rooms[room].tr, usageOf(room))).toEqual([])
    expect(missing(rooms[room].tr, usageOf(room))).toEqual([])
  })
})

describe('the words of tray, menus and notifications', () => {
  const sources = sourcesOf('electron/desktop')
  const { tr, en } = { tr: { ...wordsOf('tr') }, en: { ...wordsOf('en') } }

  it('are the same in both languages', () => {
    expect(differences(tr, en)).toEqual([])
  })

  it('are all used, and what the code uses is there', () => {
    expect(unused(tr, desktopUsage(sources))).toEqual([])
    expect(missing(tr, desktopUsage(sources))).toEqual([])
  })

  it('would be found unused, or missing', () => {
    expect(unused({ ...tr, extra: 'x' }, desktopUsage(sources))).toEqual(['extra'])
    const { quit: _gone, ...rest } = tr
    expect(missing(rest, desktopUsage(sources))).toEqual(['quit'])
  })
})

describe('this test fails', () => {
  it('on a word that one language lacks', () => {
    const { back: _gone, ...rest } = settings.en
    expect(differences(settings.tr, rest)).toEqual(['back: only in one language'])
    expect(differences(settings.tr, { ...settings.en, outcome: { shown: 'x' } })).toContain(
      'outcome.clicked: only in one language'
    )
  })

  it('on a word that takes other arguments, on another kind of word, and on an empty one', () => {
    expect(differences({ a: (_n: number) => '' }, { a: () => '' })).toEqual(['a: 1 and 0 arguments'])
    expect(differences({ a: 'x' }, { a: ['x'] })).toEqual(['a: string and list'])
    expect(differences({ a: ['x', 'y'] }, { a: ['x'] })).toEqual(['a.1: only in one language'])
    expect(differences({ a: 'x' }, { a: ' ' })).toEqual(['a: empty'])
  })

  it('on a word that nobody uses, also on one part of several', () => {
    expect(unused({ ...settings.tr, extra: 'x' }, usageOf('settings'))).toEqual(['extra'])
    const sources: Source[] = [['a.svelte', 'const say = $derived(words().inbox)\n{say.order.newest}']]
    expect(unused({ order: { newest: 'x', oldest: 'y' } }, roomUsage(sources, 'inbox', []))).toEqual([
      'order.oldest'
    ])
  })

  it('on a word that the code uses and nobody wrote', () => {
    const { back: _gone, ...rest } = settings.tr
    expect(missing(rest, usageOf('settings'))).toEqual(['back'])
  })

  it('on a choice at run time that it does not know, and on a known one that is gone', () => {
    const sources: Source[] = [['a.svelte', 'const say = $derived(words().inbox)\n{say[what]}']]
    expect(roomUsage(sources, 'inbox', []).unrecognised).toEqual(['a.svelte: say[what]'])
    expect(roomUsage([], 'inbox', dynamic.inbox ?? []).unrecognised).toHaveLength(3)
  })
})

/** All texts of a section. Functions are called with `count` for each argument. */
function texts(value: unknown, count: number): readonly string[] {
  if (typeof value === 'string') return [value]
  if (typeof value === 'function')
    return texts(
      (value as (...args: unknown[]) => unknown)(...Array<number>(value.length).fill(count)),
      count
    )
  if (typeof value === 'object' && value !== null)
    return Object.values(value).flatMap((part) => texts(part, count))
  return []
}

describe('every text', () => {
  const everything = Object.entries({ ...rooms, outside: { tr: wordsOf('tr'), en: wordsOf('en') } })

  it('is calm, and holds no trace of a missing argument', () => {
    const bad = everything
      .flatMap(([, { tr, en }]) => [...texts(tr, 2), ...texts(en, 2)])
      .filter((text) => /!|undefined|NaN|\[object|\bnull\b/.test(text))
    expect(bad).toEqual([])
  })

  it('counts one as one in English, and has no plural after a number in Turkish', () => {
    const english = everything.flatMap(([, { en }]) => texts(en, 1))
    const plural = /(?<![\d.:#])\b1 (?!is\b|was\b)[a-z]+(?<!s)s\b/
    expect(english.filter((text) => plural.test(text))).toEqual([])
    const turkish = everything.flatMap(([, { tr }]) => texts(tr, 2))
    expect(turkish.filter((text) => /(?<![\d.:#])\b2 \p{L}+l[ae]r\b/u.test(text))).toEqual([])
  })

  it('that promises another try does so in the sentence that gives way to its time', () => {
    for (const locale of ['tr', 'en'] as const)
      for (const text of Object.values(problems[locale])) {
        const promises = /Retrying soon|Az sonra yeniden/.test(text)
        expect([text, withoutRetrySentence(text, locale) !== text]).toEqual([text, promises])
      }
  })

  it('writes large counts as its language does', () => {
    expect(inbox.tr.hitCount(10_000)).toBe('10.000 sonuç')
    expect(inbox.en.hitCount(10_000)).toBe('10,000 results')
    const files = readdirSync(join(root, 'renderer/lib/i18n'), { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts'))
      .map((file) => `renderer/lib/i18n/${file}`)
    const bare = [...files, 'electron/desktop/words.ts'].filter((file) =>
      /\$\{(?:count|done|total)\}/.test(readFileSync(join(root, file), 'utf8'))
    )
    expect(bare).toEqual([])
  })

  it('is in Turkish where it should be: what is alike in both is a name', () => {
    const names =
      /^(?:Bilet|Access|Secret|Türkçe|English|Normal|\d?Enter|Esc|Shift\+↓|Shift\+[EMN]|Shift\+K Shift\+J|Home End)$/
    const alike = everything.flatMap(([, { tr, en }]) => {
      const english = new Set(texts(en, 2))
      return texts(tr, 2).filter((text) => english.has(text) && /\p{L}{3}/u.test(text) && !names.test(text))
    })
    expect(alike).toEqual([])
  })
})
