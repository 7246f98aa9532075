import { z } from 'zod'
import { filters } from '../tickets/list/filters.ts'
import { orders } from '../tickets/list/order.ts'
import { locales } from '../tickets/locale.ts'
import { textSizes } from '../tickets/text-size.ts'
import { line, text } from './schemas.ts'

/** Local wall-clock time as `HH:MM`. */
const time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/)

/** What the first use explains: filters, keys, and what becomes of the app when its window closes. */
export const hints = ['filters', 'keys', 'tray'] as const
export type Hint = (typeof hints)[number]

export const settingsSchema = z.strictObject({
  language: z.enum(['system', ...locales]),
  theme: z.enum(['system', 'light', 'dark']),
  textSize: z.enum(textSizes),
  /** Seconds between two polls of one account. */
  pollSeconds: z.int().min(30).max(3600),
  notifications: z.strictObject({
    enabled: z.boolean(),
    reply: z.boolean(),
    status: z.boolean(),
    closed: z.boolean(),
    sound: z.boolean(),
    /** The preferred backend; `auto` chooses by platform (desktop/notifications/notifier.ts). */
    backend: z.enum(['auto', 'electron', 'node-notifier']),
    /** May cross midnight. */
    quiet: z.strictObject({ enabled: z.boolean(), from: time, to: time }),
    /** Epoch ms by this machine's clock; `until-on`: until the person resumes; null: not paused. */
    pausedUntil: z.union([z.int().nonnegative(), z.literal('until-on'), z.null()])
  }),
  launchAtLogin: z.boolean(),
  closeToTray: z.boolean(),
  /** Without a tray: keep running when the window is closed; starting the app again shows the window. */
  stayWithoutTray: z.boolean(),
  /** Electron accelerator for the new-ticket window; empty for none. */
  shortcut: z.string().max(64),
  /** `ask`: uses an installed dictionary and asks the person before downloading one. */
  spelling: z.enum(['ask', 'on', 'off']),
  /** Id of the account whose tickets the inbox shows; empty for all. */
  inboxAccount: z.string().max(64),
  /** Last state and behaviour of the inbox. */
  inbox: z.strictObject({
    filter: z.enum(filters),
    order: z.enum(orders),
    /** Width of the list in rem, so that it grows with the text size; 0: automatic. */
    listWidth: z.number().min(0).max(200),
    /** In the two-column layout, moving the selection in the list opens the ticket. */
    openSelected: z.boolean(),
    /** Closing the open ticket opens the next one in the list. */
    openNextAfterClose: z.boolean()
  }),
  /** The version whose changes were shown, or the first one that was started; empty if the app was updated before this was stored. */
  newsShownFor: z.string().max(64),
  /** Dismissed hints of the first use. */
  dismissedHints: z.array(z.enum(hints)).max(hints.length),
  /** Saved replies. The placeholders `{ticket}`, `{name}` and `{date}` are replaced. */
  snippets: z.array(z.strictObject({ name: line, text })).max(200)
})
export type Settings = z.infer<typeof settingsSchema>

export const settingsPatchSchema = settingsSchema.partial().extend({
  notifications: settingsSchema.shape.notifications.partial().optional(),
  inbox: settingsSchema.shape.inbox.partial().optional()
})
export type SettingsPatch = z.infer<typeof settingsPatchSchema>
