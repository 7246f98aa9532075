/**
 * The contract between main and its windows: every command with the schema of its argument, every event with its type.
 * Windows import only the types. No other code uses Electron's IPC.
 */
import { z } from 'zod'
import { accountRulesPatchSchema } from '../storage/account-rules-schema.ts'
import type { Locale } from '../tickets/locale.ts'
import { statisticsPeriods, type Statistics } from '../tickets/list/statistics.ts'
import type { Problem } from '../tickets/problem.ts'
import type { TicketRef } from '../tickets/ticket.ts'
import type { ClipboardLook } from '../tickets/text/token.ts'
import type {
  AccountView,
  Notice,
  OutboxItem,
  SearchAnswer,
  Thread,
  TicketRow,
  ServiceList
} from '../tickets/views.ts'
import { maxTagLength } from '../tickets/work/ticket-work.ts'
import type { ImportSummary } from '../tickets/work/import-summary.ts'
import { command } from './commands/command.ts'
import { writingCommands } from './commands/writing-contract.ts'
import type { EventName, Events, UpdateView } from './events.ts'
import {
  accountId,
  apiVersionChoice,
  authSchema,
  baseUrl,
  draftText,
  line,
  newTicketSchema,
  ref,
  refs,
  text,
  workChangeSchema
} from './schemas.ts'
import { settingsPatchSchema, type Settings } from './settings-schema.ts'
import type { TicketMenuChoice } from './commands/ticket-menu-choice.ts'
import type { WindowTable } from './windows.ts'

export type { ComposeStart } from './commands/writing-contract.ts'
export type { ComposePrefill, EventName, Events, HelpPage, UpdateView } from './events.ts'
export type { TicketMenuChoice } from './commands/ticket-menu-choice.ts'
export type { Auth } from './schemas.ts'
export type { Hint, Settings, SettingsPatch, TicketTemplate } from './settings-schema.ts'

export type Result<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: Problem }

const noArgs = z.undefined()
const link = z.string().max(4096)
const openable = ['inbox', 'compose', 'settings'] as const

export interface AppInfo {
  readonly version: string
  /** `process.platform`, e.g. darwin, win32, linux. */
  readonly platform: string
  /** `preview`: the page runs in a browser. */
  readonly host: 'electron' | 'preview'
  /** False: there is no keychain, so secrets are kept in memory for this run only. */
  readonly keychain: boolean
  /**
   * The command line that opens a new ticket, to be bound to a key in the desktop's settings on Wayland, where apps cannot
   * register keys reliably. Null where the app registers its shortcut itself.
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

/** What the popover shows. */
export interface NewestUnread {
  readonly rows: readonly TicketRow[]
  /** Number of all of them. */
  readonly count: number
}

export const commands = {
  'app.state': command<AppState>()(noArgs),
  'app.diagnostics': command<string>()(noArgs),
  /** Asks for a file and writes the text to it; false if the person cancels. */
  'diagnostics.save': command<boolean>()(z.strictObject({ text })),
  /**
   * `later`: offers the update again the next day. `skip`: never offers this version again. `page`: opens the release page
   * in the browser, for packages that cannot update themselves. Returns the state afterwards.
   */
  'updates.act': command<UpdateView>()(
    z.strictObject({ act: z.enum(['check', 'download', 'later', 'skip', 'install', 'page']) })
  ),
  'notices.dismiss': command<null>()(
    z.strictObject({ kind: z.string().max(64), detail: z.string().max(500).optional() })
  ),
  /** Shows a damaged file that was set aside in the system's file manager; false if it no longer exists. */
  'notices.showFile': command<boolean>()(z.strictObject({ name: line })),

  /** Credentials for the system's proxy. Resolves when all accounts have been polled with them. */
  'proxy.signIn': command<null>()(
    z.strictObject({
      user: z.string().min(1).max(1000),
      password: z.string().max(1000),
      /** True: stored in the keychain. False: kept for this run only. */
      remember: z.boolean()
    })
  ),

  'accounts.connect': command<AccountView>()(
    z.strictObject({
      name: line,
      baseUrl,
      version: apiVersionChoice,
      auth: authSchema,
      /** True: the secret is kept in memory only, which the person is asked about if there is no keychain. */
      thisRunOnly: z.boolean()
    })
  ),
  /** Aborts a running `accounts.connect` or `accounts.reconnect`, which fails with `stopped` and changes nothing. */
  'accounts.cancelConnect': command<null>()(noArgs),
  'accounts.demo': command<AccountView>()(noArgs),
  /**
   * Replaces an account's credentials after testing the new ones. If they belong to another customer: `ask` fails with
   * `other-customer`; `add` creates a second account; `replace` removes this account's tickets and marks and refuses its
   * queued entries with `other-customer`.
   */
  'accounts.reconnect': command<AccountView>()(
    z.strictObject({
      accountId,
      auth: authSchema,
      thisRunOnly: z.boolean(),
      otherCustomer: z.enum(['ask', 'add', 'replace']),
      /** Only for an account whose address was lost. */
      address: z.strictObject({ baseUrl, version: apiVersionChoice }).optional()
    })
  ),
  'accounts.rename': command<null>()(z.strictObject({ accountId, name: line.min(1) })),
  'accounts.recolor': command<null>()(z.strictObject({ accountId, color: z.int().min(0).max(7) })),
  'accounts.pause': command<null>()(z.strictObject({ accountId, paused: z.boolean() })),
  'accounts.setRules': command<null>()(z.strictObject({ accountId, rules: accountRulesPatchSchema })),
  'accounts.remove': command<null>()(z.strictObject({ accountId })),

  /** Rows from position `from`, pinned ones first, then the newest. Fewer than `count` means that the list ends there. */
  'tickets.rows': command<readonly TicketRow[]>()(
    z.strictObject({ from: z.int().nonnegative(), count: z.int().positive().max(20_000) })
  ),
  'tickets.thread': command<Thread>()(ref),
  /** Unread tickets that are neither done nor snoozed nor muted, newest first. `rows` is limited in number. */
  'tickets.newestUnread': command<NewestUnread>()(noArgs),
  /** Shows a ticket in the inbox window; null shows all unread ones. */
  'tickets.show': command<null>()(z.strictObject({ ref: ref.nullable() })),
  'tickets.read': command<null>()(z.strictObject({ refs })),
  'tickets.unread': command<null>()(z.strictObject({ refs })),
  /** Changes what the person keeps about these tickets on this machine: one write and one `rows` event per account. */
  'tickets.setWork': command<null>()(z.strictObject({ refs, change: workChangeSchema })),
  /** Also tickets that are not in the list any more. */
  'tickets.withTag': command<readonly TicketRef[]>()(z.strictObject({ name: z.string().max(maxTagLength) })),
  /** Held back as the setting `undoSendSeconds` says; until then `outbox.cancel` makes it a draft again. */
  'tickets.reply': command<OutboxItem>()(z.strictObject({ ref, text: draftText.min(1) })),
  /** Queues the reply and then the close as one batch. Both are held back a few seconds, so that both can be cancelled. */
  'tickets.replyAndClose': command<readonly OutboxItem[]>()(z.strictObject({ ref, text: draftText.min(1) })),
  /** Closes all tickets or none, as one batch. Sent a few seconds later; until then `outbox.cancel` undoes it. */
  'tickets.close': command<readonly OutboxItem[]>()(z.strictObject({ refs })),
  /** Held back as `tickets.reply`. */
  'tickets.create': command<OutboxItem>()(
    z.strictObject({ accountId, draft: newTicketSchema, password: z.string().max(1000) })
  ),
  'tickets.search': command<SearchAnswer>()(z.strictObject({ query: z.string().max(1000) })),
  /** Asks for a file; returns the number of exported tickets, null if the person cancels. */
  'tickets.export': command<number | null>()(
    z.strictObject({ refs: refs.nullable(), format: z.enum(['markdown', 'json']) })
  ),
  'tickets.cancelExport': command<null>()(noArgs),
  'tickets.statistics': command<Statistics>()(z.strictObject({ period: z.enum(statisticsPeriods) })),

  /** An image that a message links to, as a `data:` URL; null if it is not a supported image. */
  'attachments.image': command<string | null>()(z.strictObject({ ref, url: link })),
  /** Asks for a file and saves the linked file; false if the person cancels. */
  'attachments.save': command<boolean>()(z.strictObject({ ref, url: link })),
  /** Reports which ticket is open in the inbox; null for none. */
  'tickets.shown': command<null>()(z.strictObject({ ref: ref.nullable() })),
  /** Opens the native context menu of these tickets at `x`, `y` (CSS pixels of the page). Null if nothing was chosen. */
  'tickets.menu': command<TicketMenuChoice | null>()(
    z.strictObject({ refs: refs.min(1), x: z.number(), y: z.number() })
  ),
  /**
   * Opens a ticket in the customer panel, or the panel's start page if `ticketId` is null. If the account has no panel
   * address, opens the settings at that field instead.
   */
  'tickets.openInPanel': command<null>()(
    z.strictObject({ accountId, ticketId: z.int().positive().nullable() })
  ),

  ...writingCommands,
  'services.list': command<ServiceList>()(z.strictObject({ accountId })),

  /** Polls every account that is not paused. Resolves when all polls have ended. */
  'sync.check': command<null>()(noArgs),
  /** Aborts the list that this account is loading; it is requested again as after a failure. */
  'sync.stopLoading': command<null>()(z.strictObject({ accountId })),

  /** A window received an `online` or `offline` event; main then checks the network itself. */
  'network.changed': command<null>()(noArgs),

  /** Writes settings and own data, without secrets, to a file that the person chooses; false if they cancel. */
  'data.export': command<boolean>()(noArgs),
  /**
   * Reads such a file, which is checked before anything is changed: `import-damaged` or `import-newer` if it cannot be taken.
   * Null if the person cancels.
   */
  'data.import': command<ImportSummary | null>()(noArgs),

  'settings.change': command<Settings>()(settingsPatchSchema),
  'notifications.test': command<string>()(noArgs),

  /** `template`: the name of the template that a new ticket begins with. */
  'window.open': command<null>()(z.strictObject({ window: z.enum(openable), template: line.optional() })),
  'window.close': command<null>()(noArgs),
  /** Answers the event `leave`: what the page shows and main does not know; null: it would be lost, and the page stays. */
  'window.leave': command<null>()(z.strictObject({ view: z.string().max(4_000_000).nullable() })),
  /** What `window.leave` handed over when this window was let go; null for any other start, and for a second call. */
  'window.view': command<string | null>()(noArgs),
  /** Opens an `https:` or `mailto:` address outside the app. */
  'link.open': command<null>()(z.strictObject({ url: link })),
  'clipboard.write': command<null>()(z.strictObject({ text })),
  /** Whether the clipboard seems to hold an API key, without its text. Used when a form for a key gets the focus. */
  'clipboard.look': command<ClipboardLook>()(noArgs),
  /** The probable API key in the clipboard, when the person pastes it; null if there is none. Never stored or logged. */
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

/** The API on `window.bilet` that the preload provides, and that the preview implements over its WebSocket. */
export interface Bridge {
  invoke<Name extends CommandName>(
    name: Name,
    ...args: Args<Name> extends undefined ? [] : [Args<Name>]
  ): Promise<Result<Value<Name>>>
  /** Returns the function that removes the listener. */
  on<Name extends EventName>(name: Name, listener: (payload: Events[Name]) => void): () => void
}
