import { Notification, type ActivationArguments, type NotificationConstructorOptions } from 'electron'
import { randomUUID } from 'node:crypto'
import {
  buttonKinds,
  replyChoice,
  type Choice,
  type Ended,
  type NotificationText,
  type NotificationBackend,
  type ShowOutcome
} from './notification.ts'
import type { Platform } from '../types.ts'
import { readActivation, toastXml } from './windows-toast.ts'

/** No event at all after this long: the system neither showed nor refused it. macOS does so while it asks the person. */
const patienceMs = 5000
/**
 * A silent one is asked for again after each of these. macOS' question stays for about a minute, and a question that
 * nobody answered counts as a refusal, which the next attempt is told.
 */
const retryAfterMs = [15_000, 60_000, 300_000]
/** A collected notification loses its click, also in the system's list of old ones; this many are kept. */
const mostKept = 50

type Heard = 'show' | 'click' | 'close' | 'failed' | 'action' | 'reply'

/** As much of Electron's Notification as is used. */
export interface ElectronNotification {
  readonly id?: string
  on(event: Heard, listener: (details: unknown) => void): unknown
  show(): void
  close(): void
}

export interface ElectronNotifications {
  isSupported(): boolean
  /** May throw. */
  create(options: NotificationConstructorOptions): ElectronNotification
  /** Windows only: every click on a toast, also of an earlier run, also the one that started the app. */
  handleActivation?(callback: (details: ActivationArguments) => void): void
  /** macOS only: what lies in the Notification Center since an earlier run. */
  getHistory?(): Promise<readonly ElectronNotification[]>
}

/** Electron's events have a type each; here all are told what Electron tells. */
const listenable = (notification: Notification): ElectronNotification => notification

export function systemNotifications(platform: Platform): ElectronNotifications {
  return {
    isSupported: () => Notification.isSupported(),
    create: (options) => listenable(new Notification(options)),
    ...(platform === 'win32'
      ? {
          handleActivation: (callback) => {
            Notification.handleActivation(callback)
          }
        }
      : {}),
    ...(platform === 'darwin'
      ? { getHistory: async () => (await Notification.getHistory()).map(listenable) }
      : {})
  }
}

/** As Electron takes it. Linux has neither reply field nor buttons, and ignores them. */
export function electronOptions(
  text: NotificationText,
  platform: Platform,
  icon: string,
  toast: string
): NotificationConstructorOptions {
  const { title, body, silent, group, buttons, reply } = text
  const common = { title, body, silent, id: group }
  // The Start-menu entry brings the icon there, and a file inside the app Windows cannot read.
  if (platform === 'win32') return { ...common, toastXml: toastXml(text, toast) }
  return {
    ...common,
    groupId: group,
    // macOS shows the app's own icon; a second one beside it would be a picture of the content.
    ...(platform === 'darwin' ? {} : { icon }),
    ...(reply ? { hasReply: true, replyPlaceholder: reply.placeholder } : {}),
    actions: buttons.map(({ label }) => ({ type: 'button', text: label }))
  }
}

const field = (details: unknown, name: string): unknown =>
  typeof details === 'object' && details !== null ? (details as Record<string, unknown>)[name] : undefined

/** What the events `click`, `action` and `reply` mean; null for an empty answer. */
function hearChoices(notification: ElectronNotification, chosen: (choice: Choice | null) => void): void {
  notification.on('click', () => chosen({ kind: 'open' }))
  notification.on('action', (details) =>
    chosen({ kind: buttonKinds[Number(field(details, 'actionIndex'))] ?? 'open' })
  )
  notification.on('reply', (details) => chosen(replyChoice(field(details, 'reply'))))
}

interface Kept {
  readonly notification: ElectronNotification
  /** Its name in what Windows tells of a click. */
  readonly toast: string
  readonly end: (choice: Choice | null) => void
  retry: ReturnType<typeof setTimeout> | undefined
}

export function electronBackend(
  platform: Platform,
  icon: string,
  api: ElectronNotifications = systemNotifications(platform)
): NotificationBackend {
  const kept = new Map<string, Kept>()
  /** Those that the system has not said a word about. */
  const silent = new Set<Kept>()
  /** Toasts that were answered: Windows may tell of one click twice. */
  const handled = new Set<string>()
  const run = randomUUID()
  let count = 0

  function forget(group: string, one: Kept): void {
    clearTimeout(one.retry)
    silent.delete(one)
    if (kept.get(group) === one) kept.delete(group)
  }
  function close({ notification }: Kept): void {
    try {
      notification.close()
    } catch {
      // Gone already is as well.
    }
  }
  function withdraw(group: string): void {
    const old = kept.get(group)
    if (!old) return
    forget(group, old)
    close(old)
  }
  function keep(group: string, one: Kept): void {
    withdraw(group)
    kept.set(group, one)
    const [oldest] = kept
    if (kept.size > mostKept && oldest) forget(...oldest)
  }

  /** The same one again: it takes its own place. */
  function showAgain(one: Kept): void {
    try {
      one.notification.show()
    } catch {
      // As silent as before.
    }
  }
  function retryLater(one: Kept, [next, ...later]: readonly number[]): void {
    silent.add(one)
    if (next === undefined || platform !== 'darwin') return
    one.retry = setTimeout(() => {
      if (!silent.has(one)) return
      showAgain(one)
      retryLater(one, later)
    }, next).unref()
  }
  /** The system shows notifications now: those that it kept silent about have their turn, once. */
  function showSilent(): void {
    const waiting = [...silent]
    silent.clear()
    for (const one of waiting) {
      clearTimeout(one.retry)
      if (platform === 'darwin') showAgain(one)
    }
  }

  function present(
    text: NotificationText,
    ended: (how: Ended) => void,
    answer: (outcome: ShowOutcome) => void
  ): void {
    const toast = `${run}-${++count}`
    const notification = api.create(electronOptions(text, platform, icon, toast))
    const one: Kept = {
      notification,
      toast,
      end: (choice) => {
        handled.add(toast)
        forget(text.group, one)
        if (choice) ended({ outcome: choice.kind === 'reply' ? 'replied' : 'clicked', choice })
        else ended({ outcome: 'dismissed' })
        // Not every system takes away what was clicked.
        close(one)
      },
      retry: undefined
    }
    let state: 'asked' | 'silent' | 'told' = 'asked'
    const tell = (outcome: 'shown' | 'no-permission'): void => {
      clearTimeout(timer)
      if (state === 'asked') answer(outcome)
      else ended({ outcome })
      state = 'told'
    }
    const timer = setTimeout(() => {
      state = 'silent'
      retryLater(one, retryAfterMs)
      answer('silent')
    }, patienceMs)

    notification.on('show', () => {
      silent.delete(one)
      clearTimeout(one.retry)
      if (state !== 'told') tell('shown')
      showSilent()
    })
    notification.on('failed', () => {
      forget(text.group, one)
      tell('no-permission')
    })
    hearChoices(notification, one.end)
    notification.on('close', (details) => {
      // On macOS and Windows it may lie in the system's list now, where it can still be clicked.
      if (platform === 'linux') forget(text.group, one)
      // To be shown again it is taken away first.
      if (state === 'silent') return
      const byItself = ['timedOut', 'applicationHidden'].includes(String(field(details, 'reason')))
      ended({ outcome: byItself ? 'timed-out' : 'dismissed' })
    })
    keep(text.group, one)
    try {
      notification.show()
    } catch (error) {
      clearTimeout(timer)
      forget(text.group, one)
      throw error
    }
  }

  return {
    withdraw,
    show: (text, ended) =>
      new Promise((resolve) => {
        try {
          if (api.isSupported()) present(text, ended, resolve)
          else resolve('no-helper')
        } catch {
          resolve('failed')
        }
      }),
    hearEarlier(act) {
      try {
        // Windows only tells whom it knows of, and it gets to know with the first question.
        if (!api.isSupported()) return
        api.handleActivation?.((details) => {
          const activation = readActivation(details)
          if (!activation) return
          const { group, toast, choice } = activation
          const ofThisRun = kept.get(group)
          if (ofThisRun?.toast === toast) ofThisRun.end(choice)
          else if (!handled.has(toast)) {
            handled.add(toast)
            act(group, choice)
          }
        })
      } catch {
        // Without it, clicks on what an earlier run showed are lost.
      }
      api
        .getHistory?.()
        .then((earlier) => {
          for (const notification of earlier) {
            const group = notification.id ?? ''
            const one: Kept = {
              notification,
              toast: '',
              end: (choice) => {
                forget(group, one)
                if (choice) act(group, choice)
                close(one)
              },
              retry: undefined
            }
            hearChoices(notification, one.end)
            if (!kept.has(group)) keep(group, one)
          }
        })
        .catch(() => undefined)
    }
  }
}
