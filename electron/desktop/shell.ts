/** The desktop around the core: renders tray and badge after every change, and does what people choose there. */
import { app } from 'electron'
import type { Settings } from '../ipc/contract.ts'
import type { SettingsStore } from '../storage/settings.ts'
import type { Engine, Finding } from '../sync/types.ts'
import { appendParagraph } from '../tickets/text/text.ts'
import { isPaused, pauseUntil } from '../tickets/pause.ts'
import type { TicketId, TicketRef } from '../tickets/ticket.ts'
import type { Activation } from './lifecycle/activation.ts'
import {
  isHeldBack,
  notificationOf,
  notificationsFor,
  RecentAlerts,
  summaryOf
} from './notifications/alerts.ts'
import { createBadge } from './tray/badge.ts'
import type { CommandLine } from './lifecycle/command-line.ts'
import { ticketOfGroup, type Choice, type NotificationText } from './notifications/notification.ts'
import type { Delivery, Notifier } from './notifications/notifier.ts'
import type { Locale } from '../tickets/locale.ts'
import type { Act, DeliveryOutcome, DesktopAction, Platform } from './types.ts'
import type { Unsent } from './lifecycle/quit.ts'
import { createSnoozes } from './notifications/snooze.ts'
import { desktopState } from './tray/desktop-state.ts'
import { tellLauncher } from './tray/launcher-count.ts'
import { sessionBus } from './linux/session-bus.ts'
import type { TrayHost } from './tray/tray-host.ts'
import { createTray } from './tray/tray.ts'
import { isUndelivered, Undelivered } from './notifications/undelivered.ts'
import type { Windows } from './windows/windows.ts'
import { wordsOf } from './words.ts'

export interface Shell {
  readonly act: Act
  /** Tray and badge as things are now; many calls in a row render once. */
  changed(): void
  tell(findings: readonly Finding[]): void
  obey(commandLine: CommandLine): void
  testNotification(): Promise<DeliveryOutcome>
  /** How showing the icon went last, for diagnostics. */
  trayOutcome(): string
  /** What waits for the next start, or for the person. */
  tellUnsent(unsent: Unsent): Promise<void>
  /** That closing the window did not end the app. */
  tellStillInTray(): Promise<DeliveryOutcome>
  /** From now on, what the person does with notifications of an earlier run is done, too. */
  hearEarlierNotifications(): void
}

/** Longer than this a timer cannot wait (2^31 ms). */
const longestTimerMs = 2_147_483_647

export function createShell(parts: {
  readonly platform: Platform
  readonly iconFolder: string
  /** The app behind it; asked anew each time, because each needs the other to be made. */
  readonly core: () => { readonly engine: Engine; locale(): Locale }
  readonly settings: SettingsStore<Settings>
  readonly windows: Windows
  readonly notifier: Notifier
  readonly trayHost: TrayHost
  readonly activation: Activation
  /** Milliseconds that the machine's sleep counts among and nobody sets; by default the wall clock's. */
  readonly uptime?: () => number
  /** macOS asks the person at the first notification; whether that was brought about, across restarts. */
  readonly askedForNotifications: () => boolean
  readonly setAskedForNotifications: () => void
}): Shell {
  const { platform, iconFolder, settings, windows, notifier, core, trayHost, activation } = parts
  const badge = createBadge({
    platform,
    iconFolder,
    inbox: () => windows.inbox(),
    tellLauncher: (count) => {
      sessionBus()
        .then((bus) => bus && tellLauncher(bus, count))
        .catch(() => undefined)
    }
  })
  const tray = createTray({ platform, iconFolder, act, onMade: () => trayHost.offered() })
  const snoozes = createSnoozes<NotificationText>({ now: parts.uptime ?? Date.now, remind })
  const recent = new RecentAlerts()
  const undelivered = new Undelivered()
  let planned = false
  let pauseTimer: ReturnType<typeof setTimeout> | undefined
  /** Groups that may be on screen, and whose ticket was unread when they were shown. */
  const told = new Map<string, TicketRef>()

  function act(action: DesktopAction): void {
    const { engine } = core()
    switch (action.kind) {
      case 'open-ticket':
        windows.navigate({ to: 'ticket', ...action.ref })
        break
      case 'mark-read':
        engine.markRead([action.ref])
        break
      case 'reply':
        reply(action.ref, action.text)
        break
      case 'snooze':
        snooze(action.ref, action.minutes)
        break
      case 'new-ticket':
        windows.showCompose(action.prefill)
        break
      case 'check-now':
        engine.check('asked').catch(() => undefined)
        break
      case 'pause-notifications':
        settings.change({ notifications: { pausedUntil: pauseUntil(action.for, new Date()) } })
        break
      case 'inbox':
        windows.showInbox()
        break
      case 'outbox':
        windows.navigate({ to: 'outbox' })
        break
      case 'settings':
        windows.navigate({ to: 'settings' })
        break
      case 'quit':
        app.quit()
        break
    }
  }

  /**
   * Through the outbox, as from the thread. What it does not take comes under the ticket's draft, before the
   * person's eyes. The draft is another text, half written in the window, so it stays whatever happens to this one.
   */
  function reply(ref: TicketRef, text: string): void {
    const { engine } = core()
    const keep = (): void => {
      const written = engine.replyDraft(ref)
      engine.setReplyDraft(ref, appendParagraph(written, text))
      windows.broadcast('draft', { ...ref, added: text })
      act({ kind: 'open-ticket', ref })
    }
    engine.reply(ref, text, 'notification').then(({ ok }) => {
      if (!ok) keep()
    }, keep)
  }

  function snooze(ref: TicketRef, minutes: number): void {
    const row = core().engine.ticket(ref)?.row
    if (!row) return
    const finding: Finding = {
      kind: 'reply',
      ref,
      subject: row.subject,
      name: row.lastSpeakerName,
      excerpt: row.excerpt
    }
    const text = notificationOf(finding, settings.current().notifications.sound, core().locale())
    snoozes.add(text.group, minutes, text)
  }

  const unreadNow = (ref: TicketRef): boolean => (core().engine.ticket(ref)?.row.unread ?? 0) > 0

  /**
   * Asked for by the person, so quiet hours do not hold it back; turning notifications off or pausing them came
   * later, and counts. Read meanwhile, it is not needed.
   */
  function remind(text: NotificationText): void {
    const { enabled, pausedUntil } = settings.current().notifications
    if (!enabled || isPaused(pausedUntil, Date.now())) return
    if (text.ref && unreadNow(text.ref)) show(text)
  }

  /** Brings up a window by a click on a notification. */
  function openBy(choice: Choice, action: DesktopAction): void {
    if (choice.kind !== 'open' || choice.activationToken === undefined) {
      act(action)
      return
    }
    activation.take(choice.activationToken).then(
      () => act(action),
      () => undefined
    )
  }

  /** `ref`: what the notification was about; null for one of no ticket. */
  function choose(ref: TicketRef | null, choice: Choice): void {
    if (!ref) openBy(choice, { kind: 'inbox' })
    else if (choice.kind === 'reply') act({ kind: 'reply', ref, text: choice.text })
    else if (choice.kind === 'snooze') act({ kind: 'snooze', ref, minutes: 60 })
    else if (choice.kind === 'mark-read') act({ kind: 'mark-read', ref })
    else openBy(choice, { kind: 'open-ticket', ref })
  }

  function show(text: NotificationText): void {
    const { ref } = text
    if (ref && unreadNow(ref)) told.set(text.group, ref)
    snoozes.cancel(text.group)
    notifier
      .deliver({
        text,
        onChoice: (choice) => {
          choose(ref, choice)
        }
      })
      .then((outcome) => {
        if (isUndelivered(outcome, platform)) undelivered.add(text)
        else sumUpUndelivered()
      })
      .catch(() => undefined)
  }

  /** Somebody shows notifications again: what came meanwhile is told, as one. Held back, it waits for the next occasion. */
  function sumUpUndelivered(): void {
    const { notifications } = settings.current()
    if (undelivered.size === 0 || isHeldBack(notifications, new Date())) return
    const isNews = ({ ref, reply }: NotificationText): boolean => !reply || !ref || unreadNow(ref)
    const missed = undelivered.take().filter(isNews)
    const words = wordsOf(core().locale())
    const [first, ...others] = missed
    if (!first) return
    if (others.length === 0) show(first)
    else show(summaryOf(missed, words.missed(missed.length), !notifications.sound))
  }

  /** The app speaks of itself. */
  function ownDelivery(
    group: string,
    title: string,
    body: string,
    opens: 'inbox' | 'outbox' | 'settings'
  ): Delivery {
    const silent = !settings.current().notifications.sound
    return {
      text: { title, body, ref: null, silent, group, buttons: [], reply: null },
      onChoice: (choice) => openBy(choice, { kind: opens })
    }
  }

  function ownMessage(
    group: string,
    title: string,
    body: string,
    opens: 'inbox' | 'outbox' | 'settings'
  ): Promise<DeliveryOutcome> {
    return notifier.deliver(ownDelivery(group, title, body, opens))
  }

  /**
   * The system's question comes with the first notification. Brought about when the first account is connected, it is
   * plain what it is for; with the first reply it would hide that reply.
   */
  function askForNotifications(): void {
    if (platform !== 'darwin' || parts.askedForNotifications()) return
    if (!settings.current().notifications.enabled || core().engine.accounts().length === 0) return
    parts.setAskedForNotifications()
    const words = wordsOf(core().locale())
    notifier
      .ask(ownDelivery('permission', words.notificationsHere, words.notificationsHereBody, 'inbox'))
      .catch(() => undefined)
  }

  /** A notification of what was read elsewhere is old news. */
  function withdrawRead(): void {
    for (const [group, ref] of told) {
      if (unreadNow(ref)) continue
      told.delete(group)
      snoozes.cancel(group)
      notifier.withdraw(group)
    }
  }

  function render(): void {
    planned = false
    const now = Date.now()
    const state = desktopState(core().engine, settings.current(), core().locale(), now)
    if (trayHost.isThere()) tray.render(state)
    badge(state)
    withdrawRead()
    askForNotifications()
    const until = state.notificationsPausedUntil
    clearTimeout(pauseTimer)
    if (typeof until === 'number' && isPaused(until, now))
      pauseTimer = setTimeout(changed, Math.min(until - now, longestTimerMs))
  }

  /** A ticket that is not known yet, because it is new or the list was never fetched, is looked for once. */
  function openLinked(ticketId: TicketId): void {
    const { engine } = core()
    const found = (): TicketRef | null => {
      const row = engine.rows().find(({ id }) => id === ticketId)
      return row ? { accountId: row.accountId, ticketId } : null
    }
    const now = found()
    if (now) {
      act({ kind: 'open-ticket', ref: now })
      return
    }
    act({ kind: 'inbox' })
    const look = async (): Promise<void> => {
      // It may be in a cache that is still being read.
      await engine.opened()
      if (!found()) await engine.check('asked')
      const ref = found()
      // The server may have taken its time, and the person gone on to something else.
      if (ref) windows.navigateInBackground({ to: 'ticket', ...ref })
    }
    look().catch(() => undefined)
  }

  function changed(): void {
    if (planned) return
    planned = true
    setImmediate(render)
  }

  trayHost.onArrival(() => {
    tray.renew()
    changed()
  })
  trayHost.onChange(changed)
  notifier.onServer(sumUpUndelivered)

  return {
    act,
    changed,
    tell(findings) {
      const { notifications } = settings.current()
      const texts = notificationsFor(findings, notifications, new Date(), core().locale(), recent)
      for (const text of texts) show(text)
    },
    obey({ newTicket, check, hidden, link }) {
      if (check) act({ kind: 'check-now' })
      if (link?.kind === 'new') act({ kind: 'new-ticket', prefill: link.prefill })
      else if (link?.kind === 'ticket') openLinked(link.ticketId)
      else if (newTicket) act({ kind: 'new-ticket' })
      // Without a tray there is no other way in, unless the person wants it to go on unseen.
      else if ((!trayHost.isThere() && !settings.current().stayWithoutTray) || (!hidden && !check))
        act({ kind: 'inbox' })
    },
    trayOutcome: () => tray.lastOutcome(),
    testNotification() {
      const words = wordsOf(core().locale())
      return ownMessage('test', words.test, words.testBody, 'inbox')
    },
    async tellUnsent({ waiting, uncertain, undecided, notShown }) {
      // What the server has taken is no reason to speak; beside the rest it is told, so that the numbers are true.
      if (waiting + uncertain + undecided === 0 || !settings.current().notifications.enabled) return
      const words = wordsOf(core().locale())
      const lines = [
        { count: waiting, title: words.sending, body: words.unsentBody },
        { count: uncertain, title: words.uncertain, body: words.uncertainBody },
        { count: undecided, title: words.undecided, body: words.undecidedBody },
        { count: notShown, title: words.notShown, body: '' }
      ].filter(({ count }) => count > 0)
      await ownMessage(
        'unsent',
        lines.map(({ count, title }) => title(count)).join(', '),
        lines
          .map(({ body }) => body)
          .join(' ')
          .trim(),
        'outbox'
      )
    },
    tellStillInTray() {
      const words = wordsOf(core().locale())
      return ownMessage('still-in-tray', words.stillInTray, words.stillInTrayBody, 'settings')
    },
    hearEarlierNotifications() {
      notifier.onEarlierChoice((group, choice) => {
        const ref = ticketOfGroup(group)
        const { engine } = core()
        const isThere = (): boolean => ref !== null && engine.ticket(ref) !== null
        // An answer is kept also where its ticket is not in the list any more.
        if (isThere() || choice.kind === 'reply') choose(ref, choice)
        else
          engine.opened().then(
            () => choose(isThere() ? ref : null, choice),
            () => undefined
          )
      })
    }
  }
}
