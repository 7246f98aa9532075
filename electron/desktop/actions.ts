/** Performs the actions that people choose in the tray, a notification, a menu, by a shortcut or a link. */
import type { Settings } from '../ipc/contract.ts'
import type { SettingsStore } from '../storage/settings.ts'
import type { Engine } from '../sync/types.ts'
import { pauseUntil } from '../tickets/pause.ts'
import { nextTextSize } from '../tickets/text-size.ts'
import { appendParagraph } from '../tickets/text/text.ts'
import type { TicketRef } from '../tickets/ticket.ts'
import { asciiWarnings } from '../tickets/text/sent-form/ascii-warnings.ts'
import type { Act, DesktopAction, HeldBackReason } from './types.ts'
import type { Windows } from './windows/windows.ts'

export interface ActionParts {
  readonly engine: Engine
  readonly settings: SettingsStore<Settings>
  readonly windows: Windows
  readonly quit: () => void
  /** Tells the person that a reply was kept as a draft, and why. */
  readonly notifyHeldBack: (ref: TicketRef, reason: HeldBackReason) => void
}

/** How long the button of a notification puts a ticket aside. */
const snoozeMs = 3_600_000

export const createActions =
  (parts: ActionParts): Act =>
  (action) => {
    perform(parts, action)
  }

function perform(parts: ActionParts, action: DesktopAction): void {
  const { engine, settings, windows } = parts
  switch (action.kind) {
    case 'open-ticket':
      windows.navigate({ to: 'ticket', ...action.ref })
      break
    case 'mark-read':
      void engine.tickets.markRead([action.ref])
      break
    case 'snooze':
      void engine.tickets.setWork([action.ref], { snoozedUntil: Date.now() + snoozeMs })
      break
    case 'reply':
      sendReply(parts, action.ref, action.text)
      break
    case 'new-ticket':
      windows.showCompose(action.prefill)
      break
    case 'check-now':
      engine.control.check('asked').catch(() => undefined)
      break
    case 'pause-notifications':
      settings.change({ notifications: { pausedUntil: pauseUntil(action.for, new Date()) } })
      break
    case 'inbox':
      windows.showInbox()
      break
    case 'popover':
      windows.togglePopover(action.anchor)
      break
    case 'unread':
      windows.navigate({ to: 'unread' })
      break
    case 'panel-address':
      windows.navigate({ to: 'settings', panelOf: action.accountId })
      break
    case 'outbox':
      windows.navigate({ to: 'outbox' })
      break
    case 'settings':
      windows.navigate({ to: 'settings' })
      break
    case 'help':
      windows.navigate({ to: 'help', page: action.page })
      break
    case 'text-size':
      settings.change({ textSize: nextTextSize(settings.current().textSize, action.step) })
      break
    case 'quit':
      parts.quit()
      break
  }
}

/**
 * Sends a reply through the outbox, like the thread view does. A reply that the outbox refuses, or that would be
 * changed in a way that matters (a notification cannot show a warning), is appended to the ticket's draft, and the
 * ticket is shown. An existing draft is a different text and stays.
 */
function sendReply({ engine, windows, notifyHeldBack }: ActionParts, ref: TicketRef, text: string): void {
  const keepAsDraft = (): void => {
    engine.outgoing.setReplyDraft(ref, appendParagraph(engine.outgoing.replyDraft(ref), text))
    windows.broadcast('draft', { ...ref, added: text })
    windows.navigate({ to: 'ticket', ...ref })
  }
  const reason = heldBackReason(engine, ref, text)
  if (reason) {
    keepAsDraft()
    notifyHeldBack(ref, reason)
    return
  }
  engine.outgoing.reply(ref, text, 'notification').then(({ ok }) => {
    if (!ok) keepAsDraft()
  }, keepAsDraft)
}

function heldBackReason(engine: Engine, { accountId }: TicketRef, text: string): HeldBackReason | null {
  const account = engine.accounts.list().find(({ id }) => id === accountId)
  if (account?.sentForm !== 'ascii') return null
  const { lostCount, words } = asciiWarnings(text)
  return lostCount > 0 ? 'lost-characters' : words.length > 0 ? 'changed-words' : null
}
