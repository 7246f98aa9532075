/**
 * The one contract between main and its windows: every command with the schema of its argument, every
 * event with its type. Windows import types only; nobody else touches Electron's IPC.
 */
import { z } from 'zod'
import { accountRulesPatchSchema } from '../storage/account-rules-schema.ts'
import type { Locale } from '../tickets/locale.ts'
import { statisticsPeriods, type Statistics } from '../tickets/list/statistics.ts'
import type { Problem } from '../tickets/problem.ts'
import type { NewTicket } from '../tickets/ticket.ts'
import type { ClipboardLook } from '../tickets/text/token.ts'
import type {
  AccountView,
  Notice,
  OutboxItem,
  OutboxRecord,
  SearchAnswer,
  Thread,
  TicketRow,
  ServiceList
} from '../tickets/views.ts'
import type { EventName, Events, UpdateView } from './events.ts'
import {
  accountId,
  apiVersionChoice,
  authSchema,
  baseUrl,
  draftText,
  line,
  newTicketSchema,
  outboxId,
  outboxIds,
  ref,
  refs,
  text
} from './schemas.ts'
import { settingsPatchSchema, type Settings } from './settings-schema.ts'
import { windowNames, type WindowTable } from './windows.ts'

export type { ComposePrefill, EventName, Events, HelpPage, UpdateView } from './events.ts'
export type { Auth } from './schemas.ts'
export type { Hint, Settings, SettingsPatch } from './settings-schema.ts'

export type Result<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: Problem }

const noArgs = z.undefined()
const link = z.string().max(4096)
const openable = [...windowNames, 'settings'] as const

export interface AppInfo {
  readonly version: string
  /** Node's name: darwin, win32, linux. */
  readonly platform: string
  /** 'electron', or 'preview' in a plain browser. */
  readonly host: 'electron' | 'preview'
  /** False: a secret can be kept for this run only. */
  readonly keychain: boolean
  /**
   * Wayland, where the desktop alone gives keys: what its own settings have to run for a new ticket. Null where the
   * app takes its shortcut itself.
   */
  readonly newTicketCommand: string | null
  /** Where problems are reported: an `https:` or `mailto:` address; null where none is published. */
  readonly reportTo: string | null
}

/** Everything a window needs for its first paint, apart from rows. */
export interface AppState {
  readonly info: AppInfo
  readonly locale: Locale
  readonly settings: Settings
  readonly accounts: readonly AccountView[]
  readonly outbox: readonly OutboxItem[]
  readonly notices: readonly Notice[]
  readonly update: UpdateView
}

/** What a new-ticket window starts with; the password is never among it. */
export interface ComposeStart {
  readonly accountId: string | null
  readonly draft: NewTicket
  /** How many tickets that are being written wait behind this one. */
  readonly later: number
  /** Newest first: department ids and services used before, per account. */
  readonly recentDepartments: Readonly<Record<string, readonly number[]>>
  readonly recentServices: Readonly<Record<string, readonly string[]>>
}

/** What the menu of a ticket offers. */
export const ticketMenuChoices = [
  'open',
  'reply',
  'read',
  'unread',
  'close',
  'copy-number',
  'copy-title',
  'copy-link',
  'panel'
] as const
export type TicketMenuChoice = (typeof ticketMenuChoices)[number]

type Command<Schema extends z.ZodType, Value> = { readonly args: Schema; readonly value?: Value }
const command =
  <Value>() =>
  <Schema extends z.ZodType>(args: Schema): Command<Schema, Value> => ({ args })

export const commands = {
  'app.state': command<AppState>()(noArgs),
  'app.diagnostics': command<string>()(noArgs),
  /** Asks where to save what is shown; false when the person cancels. */
  'diagnostics.save': command<boolean>()(z.strictObject({ text })),
  /** `later`: it is offered again the next day. `skip`: this version is not. Answers what is so afterwards. */
  'updates.act': command<UpdateView>()(
    z.strictObject({ act: z.enum(['check', 'download', 'later', 'skip', 'install']) })
  ),
  'notices.dismiss': command<null>()(
    z.strictObject({ kind: z.string().max(64), detail: z.string().max(500).optional() })
  ),
  /** Shows a damaged file that was set aside in the system's file manager; false where it is not there any more. */
  'notices.showFile': command<boolean>()(z.strictObject({ name: line })),

  /** What the proxy of the system's settings wants. Answers once the accounts were asked for with it. */
  'proxy.signIn': command<null>()(
    z.strictObject({
      user: z.string().min(1).max(1000),
      password: z.string().max(1000),
      /** In the keychain; else for this run. */
      remember: z.boolean()
    })
  ),

  'accounts.connect': command<AccountView>()(
    z.strictObject({
      name: line,
      baseUrl,
      version: apiVersionChoice,
      auth: authSchema,
      /** True: keep the secret in memory only; asked where there is no keychain. */
      thisRunOnly: z.boolean()
    })
  ),
  /** Of what `accounts.connect` and `accounts.reconnect` are at: it fails with `stopped`, and nothing was changed. */
  'accounts.cancelConnect': command<null>()(noArgs),
  'accounts.demo': command<AccountView>()(noArgs),
  /**
   * New credentials for an account, tested before they replace the old ones. Where they belong to another customer:
   * `ask` fails with `other-customer`; `add` makes a second account; `replace` forgets this account's tickets and
   * marks, and what was queued stays refused with `other-customer`.
   */
  'accounts.reconnect': command<AccountView>()(
    z.strictObject({
      accountId,
      auth: authSchema,
      thisRunOnly: z.boolean(),
      otherCustomer: z.enum(['ask', 'add', 'replace']),
      /** Of an account whose address was lost. */
      address: z.strictObject({ baseUrl, version: apiVersionChoice }).optional()
    })
  ),
  'accounts.rename': command<null>()(z.strictObject({ accountId, name: line.min(1) })),
  'accounts.recolor': command<null>()(z.strictObject({ accountId, color: z.int().min(0).max(7) })),
  'accounts.pause': command<null>()(z.strictObject({ accountId, paused: z.boolean() })),
  'accounts.setRules': command<null>()(z.strictObject({ accountId, rules: accountRulesPatchSchema })),
  'accounts.remove': command<null>()(z.strictObject({ accountId })),

  /** Newest first, from a position on; fewer than asked for are the last. */
  'tickets.rows': command<readonly TicketRow[]>()(
    z.strictObject({ from: z.int().nonnegative(), count: z.int().positive().max(20_000) })
  ),
  'tickets.thread': command<Thread>()(ref),
  'tickets.read': command<null>()(z.strictObject({ refs })),
  'tickets.unread': command<null>()(z.strictObject({ refs })),
  'tickets.reply': command<OutboxItem>()(z.strictObject({ ref, text: draftText.min(1) })),
  /** Sent a few seconds later; until then `outbox.cancel` takes it back. All or none; one batch. */
  /** The reply first; both are held back, so that they can be taken back together. */
  'tickets.replyAndClose': command<readonly OutboxItem[]>()(z.strictObject({ ref, text: draftText.min(1) })),
  'tickets.close': command<readonly OutboxItem[]>()(z.strictObject({ refs })),
  'tickets.create': command<OutboxItem>()(
    z.strictObject({ accountId, draft: newTicketSchema, password: z.string().max(1000) })
  ),
  'tickets.search': command<SearchAnswer>()(z.strictObject({ query: z.string().max(1000) })),
  /** Asks where to save; null when the person cancels or ends it, else how many tickets were written. */
  'tickets.export': command<number | null>()(
    z.strictObject({ refs: refs.nullable(), format: z.enum(['markdown', 'json']) })
  ),
  'tickets.cancelExport': command<null>()(noArgs),
  'tickets.statistics': command<Statistics>()(z.strictObject({ period: z.enum(statisticsPeriods) })),

  'outbox.retry': command<null>()(z.strictObject({ id: outboxId })),
  /** Takes it back, unless it is being sent or may have arrived; answers what was in it. */
  'outbox.cancel': command<OutboxItem>()(z.strictObject({ id: outboxId })),
  /** Of those that are refused or queued; the others stay as they are. */
  'outbox.retryAll': command<null>()(z.strictObject({ ids: outboxIds })),
  /** What is being sent or may have arrived stays. */
  'outbox.cancelAll': command<{ readonly cancelled: number }>()(z.strictObject({ ids: outboxIds })),
  /** Of an undecided entry; a refused one can be discarded. `candidateKey`: which of a question's candidates it is. */
  'outbox.decide': command<null>()(
    z.strictObject({
      id: outboxId,
      decision: z.enum(['arrived', 'send-again', 'keep-as-draft', 'discard']),
      candidateKey: z.string().max(200).nullable()
    })
  ),
  /** Newest first; the oldest are forgotten. */
  'outbox.history': command<readonly OutboxRecord[]>()(noArgs),
  /** Of the history: its words become a draft again, a reply's behind what stands there, a new ticket's before it. */
  'outbox.writeAgain': command<OutboxRecord>()(z.strictObject({ id: outboxId })),

  /** An image that a message links to, as a `data:` address; null for what is no image that a page shows. */
  'attachments.image': command<string | null>()(z.strictObject({ ref, url: link })),
  /** Asks where to save it; false when the person cancels. */
  'attachments.save': command<boolean>()(z.strictObject({ ref, url: link })),
  /** The ticket that is open in the inbox now; null for none. */
  'tickets.shown': command<null>()(z.strictObject({ ref: ref.nullable() })),
  /** The system's menu of these tickets, at a place of the page in its own pixels; what was chosen, null for nothing. */
  'tickets.menu': command<TicketMenuChoice | null>()(
    z.strictObject({ refs: refs.min(1), x: z.number(), y: z.number() })
  ),
  /**
   * In the customer panel: the ticket, or without a number where the panel begins. Where the account has no address for
   * it, the settings open at its field.
   */
  'tickets.openInPanel': command<null>()(
    z.strictObject({ accountId, ticketId: z.int().positive().nullable() })
  ),

  'drafts.reply': command<null>()(z.strictObject({ ref, text: draftText })),
  'compose.start': command<ComposeStart>()(noArgs),
  /** The next ticket that waits comes to the front, of this account where one is named; false where there is none. */
  'compose.next': command<boolean>()(z.strictObject({ accountId: accountId.nullable() })),
  'compose.draft': command<null>()(
    z.strictObject({ accountId: accountId.nullable(), draft: newTicketSchema })
  ),
  'services.list': command<ServiceList>()(z.strictObject({ accountId })),

  /** Asks every account that is not paused, now. Answers when all have answered. */
  'sync.check': command<null>()(noArgs),
  /** Gives up the list that this account is loading; it is asked for again as after a failure. */
  'sync.stopLoading': command<null>()(z.strictObject({ accountId })),

  /** A window hears that the network came or went; main looks for itself. */
  'network.changed': command<null>()(noArgs),

  'settings.change': command<Settings>()(settingsPatchSchema),
  'notifications.test': command<string>()(noArgs),

  'window.open': command<null>()(z.strictObject({ window: z.enum(openable) })),
  'window.close': command<null>()(noArgs),
  /** Opens an `https:` or `mailto:` address outside the app. */
  'link.open': command<null>()(z.strictObject({ url: link })),
  'clipboard.write': command<null>()(z.strictObject({ text })),
  /** Without its text. Asked when a form that wants a key gets the keyboard. */
  'clipboard.look': command<ClipboardLook>()(noArgs),
  /** What is probably an API key, once the person wants it pasted; null where there is none. Nothing of it is kept or logged. */
  'clipboard.readToken': command<string | null>()(noArgs)
} as const

export type Commands = typeof commands
export type CommandName = keyof Commands
export type Args<Name extends CommandName> = z.infer<Commands[Name]['args']>
export type Value<Name extends CommandName> =
  NonNullable<Commands[Name]['value']> | Extract<Commands[Name]['value'], null>

export type { WindowTable }
/** A window, or a screen that the inbox window shows. */
export type Openable = (typeof openable)[number]

/** What the preload puts on `window.bilet`, and the preview speaks over its WebSocket. */
export interface Bridge {
  invoke<Name extends CommandName>(
    name: Name,
    ...args: Args<Name> extends undefined ? [] : [Args<Name>]
  ): Promise<Result<Value<Name>>>
  /** Answers the function that ends it. */
  on<Name extends EventName>(name: Name, listener: (payload: Events[Name]) => void): () => void
}
