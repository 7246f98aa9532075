import type { Settings } from '../../ipc/contract.ts'
import type { KeyValueStore, SettingsStore } from '../../storage/settings.ts'
import type { Engine } from '../../sync/types.ts'
import type { Locale } from '../../tickets/locale.ts'
import type { Activation } from '../lifecycle/activation.ts'
import type { Unsent } from '../lifecycle/quit-when-sent.ts'
import { plainLine } from '../plain-line.ts'
import type { EpochMs, Service, TicketRef } from '../../tickets/ticket.ts'
import type { Act, DeliveryOutcome, DesktopAction, HeldBackReason, Platform } from '../types.ts'
import { wordsOf } from '../words.ts'
import type { Delivery, Notifier } from './notifier.ts'
import { openByChoice } from './open-by-choice.ts'

export interface AppMessageParts {
  readonly platform: Platform
  readonly engine: Pick<Engine, 'accounts'>
  readonly settings: SettingsStore<Settings>
  /** Stores across restarts that macOS has asked the person for permission. */
  readonly store: KeyValueStore
  readonly locale: () => Locale
  readonly notifier: Notifier
  readonly activation: Activation
  readonly act: Act
}

const permissionAskedKey = 'askedForNotifications'

/** Notifications about the app itself, not about ticket events. */
export class AppMessages {
  readonly #parts: AppMessageParts

  constructor(parts: AppMessageParts) {
    this.#parts = parts
  }

  sendTest(): Promise<DeliveryOutcome> {
    const words = wordsOf(this.#parts.locale())
    return this.#deliver('test', words.test, words.testBody, { kind: 'inbox' })
  }

  /** Summarizes what is unsent when the app quits. */
  async notifyUnsent({ waiting, uncertain, undecided, notShown }: Unsent): Promise<void> {
    const { settings, locale } = this.#parts
    // Entries that the server accepted are only mentioned together with others, not by themselves.
    if (waiting + uncertain + undecided === 0 || !settings.current().notifications.enabled) return
    const words = wordsOf(locale())
    const lines = [
      { count: waiting, title: words.sending, body: words.unsentBody },
      { count: uncertain, title: words.uncertain, body: words.uncertainBody },
      { count: undecided, title: words.undecided, body: words.undecidedBody },
      { count: notShown, title: words.notShown, body: '' }
    ].filter(({ count }) => count > 0)
    const title = lines.map(({ count, title }) => title(count)).join(', ')
    const body = lines
      .map(({ body }) => body)
      .join(' ')
      .trim()
    await this.#deliver('unsent', title, body, { kind: 'outbox' })
  }

  /** Says whether the app keeps running after its last window was closed. */
  notifyClosed(what: 'stay' | 'stay-unseen' | 'quit-without-tray'): Promise<DeliveryOutcome> {
    const words = wordsOf(this.#parts.locale())
    switch (what) {
      case 'stay':
        return this.#deliver('still-in-tray', words.stillInTray, words.stillInTrayBody, { kind: 'settings' })
      case 'stay-unseen':
        return this.#deliver('stays-unseen', words.staysUnseen, words.staysUnseenBody, { kind: 'settings' })
      case 'quit-without-tray':
        return this.#deliver('ended', words.endedWithoutTray, words.endedWithoutTrayBody, {
          kind: 'settings'
        })
    }
  }

  /** A new ticket was sent or refused while no window showed it. `title`: the ticket's subject. */
  async notifyTicket(end: 'sent' | 'refused', title: string): Promise<void> {
    if (!this.#parts.settings.current().notifications.enabled) return
    const words = wordsOf(this.#parts.locale())
    const line = plainLine(title, 140)
    if (end === 'sent') await this.#deliver('ticket-sent', words.ticketSent, line, { kind: 'inbox' })
    else await this.#deliver('ticket-refused', words.ticketRefused, line, { kind: 'outbox' })
  }

  /** A service is renewed soon. `renewsAt`: epoch ms. */
  async notifyRenewal(account: string, service: Service, renewsAt: EpochMs): Promise<void> {
    const { settings, locale } = this.#parts
    if (!settings.current().notifications.enabled) return
    const words = wordsOf(locale())
    const date = new Intl.DateTimeFormat(locale(), { day: 'numeric', month: 'long', year: 'numeric' }).format(
      renewsAt
    )
    const name = plainLine(service.product || service.id, 100)
    const body = [date, service.price ?? '', account].filter(Boolean).join(' · ')
    await this.#deliver(`renewal ${service.id}`, words.renewsSoon(name), plainLine(body, 140), {
      kind: 'inbox'
    })
  }

  /** A reply typed into a notification was kept as a draft. The notification does not quote it. */
  notifyHeldBack(ref: TicketRef, reason: HeldBackReason): Promise<DeliveryOutcome> {
    const words = wordsOf(this.#parts.locale())
    return this.#deliver('held-back', words.heldBack(ref.ticketId), words.heldBackBody[reason], {
      kind: 'open-ticket',
      ref
    })
  }

  /**
   * macOS asks for permission at the first notification. Sending one when the first account is connected makes clear
   * what the question is about; otherwise the question would hide the first reply.
   */
  askForPermission(): void {
    const { platform, engine, settings, store, locale, notifier } = this.#parts
    if (platform !== 'darwin' || store.get(permissionAskedKey) === true) return
    if (!settings.current().notifications.enabled || engine.accounts.list().length === 0) return
    store.set(permissionAskedKey, true)
    const words = wordsOf(locale())
    notifier
      .ask(
        this.#delivery('permission', words.notificationsHere, words.notificationsHereBody, { kind: 'inbox' })
      )
      .catch(() => undefined)
  }

  #deliver(group: string, title: string, body: string, opens: DesktopAction): Promise<DeliveryOutcome> {
    return this.#parts.notifier.deliver(this.#delivery(group, title, body, opens))
  }

  #delivery(group: string, title: string, body: string, opens: DesktopAction): Delivery {
    const silent = !this.#parts.settings.current().notifications.sound
    return {
      text: { title, body, ref: null, silent, group, buttons: [], reply: null },
      onChoice: (choice) => openByChoice(this.#parts, choice, opens)
    }
  }
}
