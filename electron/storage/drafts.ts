import { join } from 'node:path'
import type { AccountId, TicketId } from '../tickets/ticket.ts'
import type { Disk } from './files/disk.ts'
import type { StorageReport } from './files/file.ts'
import type { Clock, Drafts } from './types.ts'
import { ComposeDrafts } from './compose-drafts.ts'
import { draftsParts, type StoredDrafts } from './drafts-schema.ts'
import { TolerantFile } from './files/tolerant-file.ts'

/** Delay between typing and writing in milliseconds, which is also the maximum loss in a crash. */
const writeAfterMs = 500
/** Delay before a failed write is retried, in milliseconds. */
const retryAfterMs = 10_000

export function openDrafts(options: {
  readonly folder: string
  readonly clock: Clock
  readonly report: StorageReport
  readonly disk?: Disk
}): Drafts {
  const { clock } = options
  const file = new TolerantFile<StoredDrafts>({
    path: join(options.folder, 'drafts.json'),
    parts: draftsParts,
    report: options.report,
    now: () => clock.now(),
    ...(options.disk ? { disk: options.disk } : {})
  })
  const read = file.read()
  const replies = new Map(Object.entries(read?.replies ?? {}))
  let timer: unknown = null
  let isDirty = false

  const name = (account: AccountId, ticket: TicketId): string => `${account}/${ticket}`
  const write = (): void => {
    if (timer !== null) clock.clearTimeout(timer)
    timer = null
    isDirty = !file.write({
      replies: Object.fromEntries(replies),
      ...compose.stored()
    })
    if (isDirty) timer = clock.setTimeout(write, retryAfterMs)
  }
  const scheduleWrite = (): void => {
    isDirty = true
    timer ??= clock.setTimeout(write, writeAfterMs)
  }

  const compose = new ComposeDrafts(read, scheduleWrite)

  return {
    reply: (account, ticket) => replies.get(name(account, ticket)) ?? '',
    setReply(account, ticket, text) {
      if ((replies.get(name(account, ticket)) ?? '') === text) return
      if (text === '') replies.delete(name(account, ticket))
      else replies.set(name(account, ticket), text)
      scheduleWrite()
    },
    compose: () => compose.front,
    composeLater: () => compose.later,
    setCompose: (accountId, draft) => compose.set(accountId, draft),
    putInFront: (ticket) => compose.putInFront(ticket),
    turnToNext: (accountId) => compose.turnToNext(accountId),
    replies: () =>
      [...replies].flatMap(([key, text]) => {
        const [accountId = '', ticketId = ''] = key.split('/')
        return text.trim() === '' ? [] : { accountId, ticketId: Number(ticketId), text }
      }),
    newTickets: () => compose.all(),
    startNew: () => compose.startNew(),
    open: (id) => compose.open(id),
    remove: (id) => compose.remove(id),
    putBehind: (ticket) => compose.putBehind(ticket),
    accounts: () =>
      [
        ...new Set([
          ...[...replies.keys()].map((key) => key.split('/')[0] ?? ''),
          ...[compose.front, ...compose.later].map((ticket) => ticket?.accountId ?? '')
        ])
      ].filter(Boolean),
    forget(account) {
      for (const key of replies.keys()) if (key.startsWith(`${account}/`)) replies.delete(key)
      compose.forget(account)
      write()
    },
    flush() {
      if (isDirty) write()
      return !isDirty
    }
  }
}
