import { randomUUID } from 'node:crypto'
import type { Platform } from '../../types.ts'
import {
  electronOptions,
  field,
  onChoice,
  systemNotifications,
  type ElectronNotification,
  type ElectronNotifications
} from './electron-notification-api.ts'
import { KeptNotifications, type KeptNotification } from './kept-notifications.ts'
import type {
  Choice,
  LaterOutcome,
  NotificationBackend,
  NotificationText,
  ShowOutcome
} from '../notification.ts'
import { SilentNotifications } from './silent-notifications.ts'
import { readActivation } from './windows-toast.ts'

/**
 * Without any event for this long the notification counts as silent. On macOS this happens while it asks for
 * permission.
 */
const silentAfterMs = 5000
/** Number of answered toasts that are remembered; a second report of a click follows the first at once. */
const maxAnswered = 100

class ElectronBackend implements NotificationBackend {
  readonly #platform: Platform
  readonly #icon: string
  readonly #api: ElectronNotifications
  readonly #silent: SilentNotifications
  readonly #kept: KeptNotifications
  /** Ids of the toasts answered last: Windows may report one click twice. */
  readonly #answeredToasts = new Set<string>()
  readonly #run = randomUUID()
  #count = 0

  constructor(platform: Platform, icon: string, api: ElectronNotifications) {
    this.#platform = platform
    this.#icon = icon
    this.#api = api
    this.#silent = new SilentNotifications(platform === 'darwin')
    this.#kept = new KeptNotifications((kept) => this.#silent.delete(kept))
  }

  show(text: NotificationText, onOutcome: (later: LaterOutcome) => void): Promise<ShowOutcome> {
    return new Promise((resolve) => {
      try {
        if (this.#api.isSupported()) this.#display(text, onOutcome, resolve)
        else resolve('no-helper')
      } catch {
        resolve('failed')
      }
    })
  }

  withdraw(group: string): void {
    this.#kept.withdraw(group)
  }

  onEarlierChoice(act: (group: string, choice: Choice) => void): void {
    try {
      // Windows reports activations only to apps it knows; the first call of isSupported registers the app.
      if (!this.#api.isSupported()) return
      this.#listenToActivations(act)
    } catch {
      // If this fails, clicks on notifications of earlier runs are lost.
    }
    this.#api
      .getHistory?.()
      .then((notifications) => {
        for (const notification of notifications) this.#keepEarlier(notification, act)
      })
      .catch(() => undefined)
  }

  #display(
    text: NotificationText,
    onOutcome: (later: LaterOutcome) => void,
    answer: (outcome: ShowOutcome) => void
  ): void {
    const toast = `${this.#run}-${++this.#count}`
    const notification = this.#api.create(electronOptions(text, this.#platform, this.#icon, toast))
    const kept: KeptNotification = {
      group: text.group,
      notification,
      toast,
      end: (choice) => {
        this.#noteAnswered(toast)
        this.#kept.forget(kept)
        if (choice) onOutcome({ outcome: choice.kind === 'reply' ? 'replied' : 'clicked', choice })
        else onOutcome({ outcome: 'dismissed' })
        // Some systems keep a notification after it was clicked.
        this.#kept.close(kept)
      }
    }
    const cancel = this.#track(kept, onOutcome, answer)
    this.#kept.add(kept)
    try {
      notification.show()
    } catch (error) {
      cancel()
      this.#kept.forget(kept)
      throw error
    }
  }

  /**
   * Calls `answer` once with the first result and `onOutcome` with later ones. Returns a function that stops waiting.
   */
  #track(
    kept: KeptNotification,
    onOutcome: (later: LaterOutcome) => void,
    answer: (outcome: ShowOutcome) => void
  ): () => void {
    const { notification } = kept
    let state: 'asked' | 'silent' | 'told' = 'asked'
    const timer = setTimeout(() => {
      state = 'silent'
      this.#silent.add(kept)
      answer('silent')
    }, silentAfterMs)
    const tell = (outcome: 'shown' | 'no-permission'): void => {
      clearTimeout(timer)
      if (state === 'asked') answer(outcome)
      else onOutcome({ outcome })
      state = 'told'
    }
    notification.on('show', () => {
      this.#silent.delete(kept)
      if (state !== 'told') tell('shown')
      this.#silent.showAll()
    })
    notification.on('failed', () => {
      this.#kept.forget(kept)
      tell('no-permission')
    })
    onChoice(notification, kept.end)
    notification.on('close', (details) => {
      // On macOS and Windows a closed notification may still be in the system's list, where it can be clicked.
      if (this.#platform === 'linux') this.#kept.forget(kept)
      // A silent notification is closed before it is shown again; that is no outcome.
      if (state === 'silent') return
      const byItself = ['timedOut', 'applicationHidden'].includes(String(field(details, 'reason')))
      onOutcome({ outcome: byItself ? 'timed-out' : 'dismissed' })
    })
    return () => clearTimeout(timer)
  }

  /** Windows: handles clicks on toasts, also of an earlier run. May throw. */
  #listenToActivations(act: (group: string, choice: Choice) => void): void {
    this.#api.handleActivation?.((details) => {
      const activation = readActivation(details)
      if (!activation) return
      const { group, toast, choice } = activation
      const current = this.#kept.get(group)
      if (current?.toast === toast) current.end(choice)
      else if (!this.#answeredToasts.has(toast)) {
        this.#noteAnswered(toast)
        act(group, choice)
      }
    })
  }

  #noteAnswered(toast: string): void {
    this.#answeredToasts.add(toast)
    const [oldest] = this.#answeredToasts
    if (this.#answeredToasts.size > maxAnswered && oldest !== undefined) this.#answeredToasts.delete(oldest)
  }

  /** macOS: tracks a notification of an earlier run that is still in the Notification Center. */
  #keepEarlier(notification: ElectronNotification, act: (group: string, choice: Choice) => void): void {
    const group = notification.id ?? ''
    const kept: KeptNotification = {
      group,
      notification,
      toast: '',
      end: (choice) => {
        this.#kept.forget(kept)
        if (choice) act(group, choice)
        this.#kept.close(kept)
      }
    }
    onChoice(notification, kept.end)
    if (!this.#kept.get(group)) this.#kept.add(kept)
  }
}

export const electronBackend = (
  platform: Platform,
  icon: string,
  api: ElectronNotifications = systemNotifications(platform)
): NotificationBackend => new ElectronBackend(platform, icon, api)
