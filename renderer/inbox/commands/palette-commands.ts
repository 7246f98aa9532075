import { app } from '../../lib/app.svelte.ts'
import { words } from '../../lib/i18n/index.ts'
import { helpWords } from '../../help/help-words.ts'
import { settingsWords } from '../../settings/settings-words.ts'
import { sections } from '../../settings/sections.ts'
import type { PaletteEntry, PaletteInbox } from './palette-entries.ts'
import type { Key } from './keys.ts'
import { orders } from '../../../electron/tickets/list/order.ts'
import { filters } from '../../../electron/tickets/list/filters.ts'
import { workEntries, searchEntries } from '../work/work-palette.ts'
import { refOf } from '../../../electron/tickets/ticket.ts'

/** Saved replies where there is a reply to insert them into, and templates of new tickets. */
function savedTexts({ actions, insertSaved }: PaletteInbox): readonly PaletteEntry[] {
  const say = words().inbox
  const { snippets = [], templates = [] } = app.settings ?? {}
  return [
    ...(insertSaved
      ? snippets.map(({ name }, i) => ({
          ...{ id: `saved-reply-${i}`, label: say.savedReply(name), hint: ';' },
          run: () => insertSaved(name)
        }))
      : []),
    ...templates.map(({ name }, i) => ({
      ...{ id: `template-${i}`, label: say.newTicketFrom(name), hint: '' },
      run: () => void actions.compose(name)
    }))
  ]
}

/** Every command of the inbox by name. What needs a ticket is offered only where there is one. */
export function paletteCommands(inbox: PaletteInbox): readonly PaletteEntry[] {
  const say = words().inbox
  const several = words().accounts
  const help = helpWords()
  const { doing, tickets, actions, chosen } = inbox
  const byKey = (key: Exclude<Key, 'Escape' | 'palette' | 'g'>, label: string): PaletteEntry => ({
    id: key === '/' ? 'search' : key === '?' ? 'keys' : key,
    label,
    hint: key,
    run: doing[key]
  })
  const plain = (id: string, label: string, run: () => void): PaletteEntry => ({ id, label, hint: '', run })
  const one = chosen.length === 1 ? chosen[0] : undefined
  const aboutTickets: readonly PaletteEntry[] =
    chosen.length === 0
      ? []
      : [
          byKey('r', say.reply),
          ...(chosen.some(({ status }) => status.kind !== 'closed') ? [byKey('e', say.closeTicket)] : []),
          ...workEntries(inbox),
          byKey('m', say.markRead),
          byKey('u', say.markUnread),
          byKey('x', say.select),
          ...(one
            ? [
                plain('panel', several.openInPanel, () => void actions.openInPanel(one)),
                plain('copy-number', say.copyNumber, () => void actions.copy(String(one.id))),
                plain('copy-title', several.copyTitle, () => void actions.copyTitle(one)),
                plain('copy-link', several.copyLink, () => void actions.copyLink(one))
              ]
            : []),
          plain('markdown', say.exportMarkdown, () => void actions.export(chosen.map(refOf), 'markdown')),
          plain('json', say.exportJson, () => void actions.export(chosen.map(refOf), 'json'))
        ]
  return [
    byKey('n', say.newTicket),
    byKey('/', say.search),
    plain('check', say.checkNow, () => void actions.check()),
    ...(actions.undoable.length > 0 || actions.work.undoable ? [byKey('z', say.undoLast)] : []),
    ...aboutTickets,
    ...(inbox.quoteLast ? [plain('quote', say.quoteLast, inbox.quoteLast), byKey('c', say.copyMessage)] : []),
    ...savedTexts(inbox),
    ...filters.map((filter) => plain(filter, say.goTo(say[filter]), () => inbox.filter(filter))),
    ...searchEntries(inbox),
    ...(app.accounts.length > 1
      ? [null, ...app.accounts].map((account, i) => ({
          ...plain(`account-${i}`, several.only(account?.name ?? several.all), () =>
            inbox.account(account?.id ?? null)
          ),
          hint: i < 10 ? `g ${i}` : ''
        }))
      : []),
    { id: 'outbox', label: say.goTo(say.outbox), hint: 'g o', run: inbox.outbox },
    plain('drafts', say.goTo(say.drafts), inbox.outbox),
    { id: 'statistics', label: say.goTo(say.statistics), hint: 'g s', run: inbox.statistics },
    plain('export', say.exportAll, () => void actions.export(null, 'markdown')),
    plain('export-json', say.exportAllJson, () => void actions.export(null, 'json')),
    ...(tickets.isByRelevance
      ? []
      : orders.map((order) =>
          plain(`order-${order}`, `${say.sort}: ${say.order[order]}`, () => (tickets.order = order))
        )),
    plain('settings', say.settings, () => inbox.settings()),
    ...sections.map((section) =>
      plain(`settings-${section}`, `${say.settings}: ${settingsWords()[section]}`, () =>
        inbox.settings(section)
      )
    ),
    plain('guide', help.guide, () => inbox.help('guide')),
    plain('news', help.news, () => inbox.help('news')),
    plain('report', help.report, () => inbox.help('report')),
    byKey('?', say.shortcuts)
  ]
}
