import { z } from 'zod'
import { filters } from '../tickets/list/filters.ts'
import { orders } from '../tickets/list/order.ts'
import { maxSavedSearches } from '../tickets/list/saved-search.ts'
import { locales } from '../tickets/locale.ts'
import type { Weekday } from '../tickets/work/working-hours.ts'
import { statusKinds } from '../tickets/ticket.ts'
import { trayCounts } from '../tickets/work/put-aside.ts'
import { maxTagLength, maxTags, type Tag } from '../tickets/work/ticket-work.ts'
import { textSizes } from '../tickets/text-size.ts'
import { line, text } from './schemas.ts'

/** Local wall-clock time as `HH:MM`. */
const time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/)

/** A department by its name, since the numbers differ between accounts; empty fields leave the ticket's as they are. */
const ticketTemplate = z.strictObject({
  name: line.min(1),
  title: line,
  department: line,
  service: z.string().max(64),
  message: text
})
export type TicketTemplate = z.infer<typeof ticketTemplate>

/** What the first use explains: filters, keys, and what becomes of the app when its window closes. */
export const hints = ['filters', 'keys', 'tray'] as const
export type Hint = (typeof hints)[number]

/** Which notifications are shown: the first rule that fits an event decides. Empty fields and null fit every event. */
const notificationRule = z.strictObject({
  status: z.enum(statusKinds).nullable(),
  /** Name of the department, which is known for tickets created here. */
  department: line,
  /** Part of the staff member's name. */
  sender: line,
  notify: z.boolean()
})

const tag = z.strictObject({
  name: z.string().trim().min(1).max(maxTagLength),
  color: z.int().min(0).max(7)
}) satisfies z.ZodType<Tag>

const workingDay = z.strictObject({ on: z.boolean(), from: time, to: time })

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
    /** When a snoozed ticket returns. */
    snooze: z.boolean(),
    /** When a follow-up is due. */
    followUp: z.boolean(),
    rules: z.array(notificationRule).max(50),
    sound: z.boolean(),
    /** The preferred backend; `auto` chooses by platform (desktop/notifications/notifier.ts). */
    backend: z.enum(['auto', 'electron', 'node-notifier']),
    /** May cross midnight. */
    quiet: z.strictObject({ enabled: z.boolean(), from: time, to: time }),
    /** Notifications are shown within these hours only; a day that is not `on` has none. */
    workingHours: z.strictObject({
      enabled: z.boolean(),
      days: z.strictObject({
        mon: workingDay,
        tue: workingDay,
        wed: workingDay,
        thu: workingDay,
        fri: workingDay,
        sat: workingDay,
        sun: workingDay
      } satisfies Readonly<Record<Weekday, typeof workingDay>>)
    }),
    /** Epoch ms by this machine's clock; `until-on`: until the person resumes; null: not paused. */
    pausedUntil: z.union([z.int().nonnegative(), z.literal('until-on'), z.null()])
  }),
  /** What tray and badge count. */
  trayCounts: z.enum(trayCounts),
  /** Seconds for which a reply or a new ticket is held back so that sending it can be undone; 0: sent at once. */
  undoSendSeconds: z.literal([0, 5, 10]),
  /** What a click on the tray icon opens. `inbox` on macOS: its menu. */
  trayClick: z.enum(['inbox', 'popover']),
  /** Days before a service's renewal on which the person is notified; 0: never. */
  renewalNoticeDays: z.literal([0, 3, 7, 14, 30]),
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
  /** In their order. */
  tags: z.array(tag).max(maxTags),
  /** Searches that are shown as filters, in their order. */
  savedSearches: z
    .array(z.strictObject({ id: z.string().min(1).max(64), name: line.min(1), query: z.string().max(1000) }))
    .max(maxSavedSearches),
  /** New tickets to begin with. Placeholders as in saved replies. */
  templates: z.array(ticketTemplate).max(200),
  /** Saved replies. Placeholders such as `{ticket}` and `{date}` are replaced (`renderer/lib/saved-texts/placeholders.ts`). */
  snippets: z.array(z.strictObject({ name: line, text })).max(200)
})
export type Settings = z.infer<typeof settingsSchema>

export const settingsPatchSchema = settingsSchema.partial().extend({
  notifications: settingsSchema.shape.notifications.partial().optional(),
  inbox: settingsSchema.shape.inbox.partial().optional()
})
export type SettingsPatch = z.infer<typeof settingsPatchSchema>
