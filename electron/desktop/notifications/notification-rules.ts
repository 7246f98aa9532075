/** Decides which ticket events become notifications, and when several are merged into a summary. Pure functions. */
import { isPaused, type PausedUntil } from '../../tickets/pause.ts'
import { sameRef, type AccountId, type StatusKind, type TicketRef } from '../../tickets/ticket.ts'
import type { AccountRules, QuietHours } from '../../tickets/account-rules.ts'
import { isOutsideWorkingHours, isWithin, type WorkingHours } from '../../tickets/work/working-hours.ts'
import { fold } from '../../tickets/text/turkish.ts'
import type { AccountView, TicketRow } from '../../tickets/views.ts'
import type { Reminder, TicketEvent } from '../../sync/types.ts'
import {
  accountGroup,
  accountOfGroup,
  buttonKinds,
  summaryGroup,
  ticketGroup,
  type NotificationText
} from './notification.ts'
import { maxAtOnce, RecentNotifications } from './recent-notifications.ts'
import type { Locale } from '../../tickets/locale.ts'
import { plainLine } from '../plain-line.ts'
import { eventText, wordsOf } from '../words.ts'

/** Empty fields and null fit every event. */
export interface NotificationRule {
  readonly status: StatusKind | null
  /** Name of the department. */
  readonly department: string
  /** Part of the staff member's name. */
  readonly sender: string
  readonly notify: boolean
}

export interface NotificationRules {
  readonly enabled: boolean
  readonly reply: boolean
  readonly status: boolean
  readonly closed: boolean
  readonly sound: boolean
  readonly snooze: boolean
  readonly followUp: boolean
  /** The first that fits an event decides. */
  readonly rules: readonly NotificationRule[]
  readonly quiet: QuietHours
  readonly workingHours: WorkingHours
  readonly pausedUntil: PausedUntil
}

/** The fields of an account that its notifications need. */
export type NotifiedAccount = Pick<AccountView, 'id' | 'name' | 'rules'>

/** The global rules, overridden by the account's own rules where it has some. */
export const rulesOf = (rules: NotificationRules, account: NotifiedAccount | undefined): NotificationRules =>
  account ? mergeRules(rules, account.rules) : rules

const mergeRules = (
  rules: NotificationRules,
  own: Pick<AccountRules, 'notify' | 'sound' | 'quiet'>
): NotificationRules => ({
  ...rules,
  enabled: rules.enabled && own.notify,
  sound: rules.sound && own.sound,
  quiet: own.quiet ?? rules.quiet
})

export const accountOfEvent = (event: TicketEvent): AccountId =>
  event.kind === 'signed-out' ? event.accountId : event.ref.accountId

/** The account's name if there is more than one account, else null. */
export const nameIfSeveral = (accounts: readonly NotifiedAccount[], id: AccountId): string | null =>
  accounts.length < 2 ? null : (accounts.find((account) => account.id === id)?.name ?? null)

/** `localMinutes`: minutes since local midnight. A range from 22:00 to 08:00 crosses midnight. */
export function isQuiet(quiet: QuietHours, localMinutes: number): boolean {
  return quiet.enabled && isWithin(quiet, localMinutes)
}

/**
 * Keeps one event per ticket: a reply wins over a reminder, that over a close, a close over another status change; of equal
 * ones the newest.
 */
function mergeByTicket(events: readonly TicketEvent[]): readonly TicketEvent[] {
  const weight = {
    reply: 5,
    'snooze-over': 4,
    'follow-up': 3,
    closed: 2,
    status: 1,
    'signed-out': 0
  } as const
  const best = new Map<string, TicketEvent>()
  for (const event of events) {
    const group = event.kind === 'signed-out' ? accountGroup(event.accountId) : ticketGroup(event.ref)
    const other = best.get(group)
    if (!other || weight[event.kind] >= weight[other.kind]) best.set(group, event)
  }
  return [...best.values()]
}

/** The notification for one event; also used for reminders. `accountName` is null when there is only one account. */
export function notificationOf(
  event: TicketEvent,
  accountName: string | null,
  sound: boolean,
  locale: Locale
): NotificationText {
  const words = wordsOf(locale)
  const text = {
    ...eventText(event, accountName, locale),
    silent: !sound,
    ...(accountName === null ? {} : { account: plainLine(accountName, 60) })
  }
  if (event.kind === 'signed-out')
    return {
      ...text,
      ref: null,
      group: accountGroup(event.accountId),
      buttons: [],
      reply: null
    }
  // A snoozed ticket that returns can be answered or snoozed again.
  const isReply = event.kind === 'reply' || event.kind === 'snooze-over'
  const labels = { 'mark-read': words.markAsRead, snooze: words.snoozeHour }
  return {
    ...text,
    ref: event.ref,
    ...(event.kind === 'reply' ? { untilRead: true as const } : {}),
    group: ticketGroup(event.ref),
    buttons: isReply ? buttonKinds.map((kind) => ({ kind, label: labels[kind] })) : [],
    reply: isReply ? { label: words.reply, placeholder: words.replyHere } : null
  }
}

export const isSuppressed = (rules: NotificationRules, now: Date): boolean =>
  isTurnedOff(rules, now) || isOffTime(rules, now)

/** Quiet hours, or outside of the working hours. */
const isOffTime = (
  { quiet, workingHours }: Pick<NotificationRules, 'quiet' | 'workingHours'>,
  now: Date
): boolean =>
  isQuiet(quiet, now.getHours() * 60 + now.getMinutes()) || isOutsideWorkingHours(workingHours, now)

const isTurnedOff = ({ enabled, pausedUntil }: NotificationRules, now: Date): boolean =>
  !enabled || isPaused(pausedUntil, now.getTime())

/** The setting that turns notifications of a kind on and off; those of an account are always on. */
const settingOf = {
  reply: 'reply',
  status: 'status',
  closed: 'closed',
  'snooze-over': 'snooze',
  'follow-up': 'followUp'
} as const satisfies Readonly<Record<Exclude<TicketEvent['kind'], 'signed-out'>, keyof NotificationRules>>

/** Whether the person has asked for this reminder, which then is shown outside of working hours and in quiet hours, too. */
const isAskedFor = (event: TicketEvent): boolean =>
  event.kind === 'snooze-over' || (event.kind === 'follow-up' && !event.byRule)

/**
 * Whether a reminder waits until a pause, quiet hours or the time outside of the working hours are over. Not where such
 * notifications are turned off, which has no end. `own`: the rules of its account.
 */
export function holdsBack(
  rules: NotificationRules,
  own: Pick<AccountRules, 'notify' | 'sound' | 'quiet'>,
  reminder: Reminder,
  now: Date
): boolean {
  const { enabled, pausedUntil, quiet } = mergeRules(rules, own)
  if (!enabled || !rules[settingOf[reminder.kind]]) return false
  if (isPaused(pausedUntil, now.getTime())) return true
  return !isAskedFor(reminder) && isOffTime({ quiet, workingHours: rules.workingHours }, now)
}

/** Whether the rules by status, department and sender let the event through. `row`: its ticket; null if it is gone. */
export function isAllowed(
  rules: readonly NotificationRule[],
  event: Exclude<TicketEvent, { readonly kind: 'signed-out' }>,
  row: Pick<TicketRow, 'status' | 'department'> | null
): boolean {
  const status = 'status' in event ? event.status : row?.status
  const department = fold(row?.department ?? '')
  const sender = fold('name' in event ? event.name : '')
  const fits = (rule: NotificationRule): boolean =>
    (rule.status === null || rule.status === status?.kind) &&
    (rule.department.trim() === '' || fold(rule.department.trim()) === department) &&
    (rule.sender.trim() === '' || sender.includes(fold(rule.sender.trim())))
  return rules.find(fits)?.notify ?? true
}

/** A summary: the number in its title, the first titles in its body. Silent if all of its notifications are silent. */
export function summaryOf(texts: readonly NotificationText[], title: string): NotificationText {
  const titles = texts
    .slice(0, maxAtOnce)
    .map(({ title, account }) => (account === undefined ? title : `${title} · ${account}`))
  return {
    title,
    body: [...titles, ...(texts.length > maxAtOnce ? ['…'] : [])].join('\n'),
    ref: null,
    silent: texts.every(({ silent }) => silent),
    group: summaryGroup,
    buttons: [],
    reply: null,
    summarized: texts
  }
}

export interface NotificationContext {
  readonly rules: NotificationRules
  readonly accounts: readonly NotifiedAccount[]
  readonly now: Date
  readonly locale: Locale
  readonly recent?: RecentNotifications
  /** The ticket that is open in a focused window; events of it need no notification. */
  readonly shown?: TicketRef | null
  /** The ticket of an event; null if it is gone. */
  readonly rowOf?: (ref: TicketRef) => TicketRow | null
}

/**
 * The notifications to show for events that were found together. None while notifications are off, paused or in quiet
 * hours, by the settings or by the account's own rules; the tray count changes all the same. Up to three tickets get a
 * notification each; more, or too many within ten seconds, become one summary.
 */
export function notificationsFor(
  events: readonly TicketEvent[],
  {
    rules,
    accounts,
    now,
    locale,
    recent = new RecentNotifications(),
    shown = null,
    rowOf = () => null
  }: NotificationContext
): readonly NotificationText[] {
  const byId = new Map(accounts.map((account) => [account.id, account]))
  const ofAccount = (event: TicketEvent): NotificationRules => rulesOf(rules, byId.get(accountOfEvent(event)))
  const isWanted = (event: TicketEvent): boolean => {
    const own = ofAccount(event)
    if (isAskedFor(event) ? isTurnedOff(own, now) : isSuppressed(own, now)) return false
    if (event.kind === 'signed-out') return true
    if (!rules[settingOf[event.kind]] || (shown && sameRef(shown, event.ref))) return false
    return isAskedFor(event) || isAllowed(rules.rules, event, rowOf(event.ref))
  }
  const texts = mergeByTicket(events.filter(isWanted)).map((event) =>
    notificationOf(event, nameIfSeveral(accounts, accountOfEvent(event)), ofAccount(event).sound, locale)
  )
  return recent.take(texts, now.getTime(), (all) => summaryOf(all, wordsOf(locale).several(all.length)))
}

/** The rules that apply to a notification shown later: those of its account. */
export function rulesOfText(
  rules: NotificationRules,
  accounts: readonly NotifiedAccount[],
  { group }: NotificationText
): NotificationRules {
  const accountId = accountOfGroup(group)
  return rulesOf(
    rules,
    accounts.find(({ id }) => id === accountId)
  )
}
