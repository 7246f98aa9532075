import { z } from 'zod'
import { filters } from '../tickets/list/filters.ts'
import { orders } from '../tickets/list/order.ts'
import { locales } from '../tickets/locale.ts'
import { textSizes } from '../tickets/text-size.ts'
import { line, text } from './schemas.ts'

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
    /** Who shows them first; `auto` is what suits the system (desktop/notifications/notifier.ts says why). */
    backend: z.enum(['auto', 'electron', 'node-notifier']),
    /** Local wall-clock times; may cross midnight. */
    quiet: z.strictObject({ enabled: z.boolean(), from: time, to: time }),
    /** Epoch ms by this machine's clock; 'until-on' has no end; null is not paused. */
    pausedUntil: z.union([z.int().nonnegative(), z.literal('until-on'), z.null()])
  }),
  launchAtLogin: z.boolean(),
  closeToTray: z.boolean(),
  /** Where there is no tray: go on unseen when the window closes; a second start brings it back. */
  stayWithoutTray: z.boolean(),
  /** Electron accelerator for the new-ticket window; empty for none. */
  shortcut: z.string().max(64),
  /** Of several accounts the one whose tickets the inbox lists; empty for all. */
  inboxAccount: z.string().max(64),
  /** How the inbox was left, and how tickets open and close in it. */
  inbox: z.strictObject({
    filter: z.enum(filters),
    order: z.enum(orders),
    /** Width of the list in rem, so that larger text keeps its room; 0 for what suits the window. */
    listWidth: z.number().min(0).max(200),
    /** Where list and thread stand side by side, the ticket that the keyboard rests on opens. */
    openSelected: z.boolean(),
    /** After the open ticket was closed the next one in the list opens. */
    openNextAfterClose: z.boolean()
  }),
  /** The version whose changes were shown, or the first one that was started; empty where an update came before that was kept. */
  newsShownFor: z.string().max(64),
  /** Hints of the first use that were dismissed. */
  dismissedHints: z.array(z.enum(hints)).max(hints.length),
  /** Saved replies; `{ticket}` `{name}` `{date}` are filled in. */
  snippets: z.array(z.strictObject({ name: line, text })).max(200)
})
export type Settings = z.infer<typeof settingsSchema>

export const settingsPatchSchema = settingsSchema.partial().extend({
  notifications: settingsSchema.shape.notifications.partial().optional(),
  inbox: settingsSchema.shape.inbox.partial().optional()
})
export type SettingsPatch = z.infer<typeof settingsPatchSchema>
