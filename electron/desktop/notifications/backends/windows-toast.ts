/**
 * Toasts of Windows, and what comes back when one is clicked. The XML is Bilet's own and not the one that Electron
 * makes, because a click may come long after: out of the Action Center, to an app that was started by it and never
 * showed this toast. Windows hands back the `launch` and `arguments` written here, and nothing else.
 * https://learn.microsoft.com/en-us/windows/apps/design/shell/tiles-and-notifications/adaptive-interactive-toasts
 */
import type { ActivationArguments } from 'electron'
import { buttonKinds, replyChoice, type Choice, type NotificationText } from '../notification.ts'

/**
 * The COM class through which Windows tells Bilet of a click. Electron writes it into the Start-menu entry and the
 * person's registry at each start; the uninstaller takes the registry key away (build/windows/installer.nsh).
 */
export const toastActivatorClsid = '{6EFC1846-EFE6-4764-AB7F-616938DC1525}'

export interface Activation {
  readonly group: string
  /** Which toast it was: one of this run's, or of an earlier one. */
  readonly toast: string
  readonly choice: Choice
}

/** Removes characters that XML 1.0 does not allow: control characters and lone surrogates. */
const escapeXml = (text: string): string =>
  text
    .replace(/(?![\t\n\r])[\p{Cc}\p{Cs}\ufffe\uffff]/gu, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')

/** In the form that Electron itself reads (`type`, `action`), with what Bilet needs beside it. */
function argumentsOf(
  type: 'click' | 'reply' | 'action',
  group: string,
  toast: string,
  action?: number
): string {
  const pairs: readonly (readonly [string, string])[] = [
    ['type', type],
    ...(action === undefined ? [] : [['action', String(action)] as const]),
    ['group', group],
    ['toast', toast]
  ]
  return pairs.map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join('&')
}

/** `toast` names this one toast, so that its click is known from that of another of the same group. */
export function toastXml(text: NotificationText, toast: string): string {
  const { title, body, silent, group, buttons, reply } = text
  const element = (name: string, attributes: Readonly<Record<string, string>>, inner = ''): string => {
    const written = Object.entries(attributes).map(([key, value]) => ` ${key}="${escapeXml(value)}"`)
    return `<${name}${written.join('')}>${inner}</${name}>`
  }
  const line = (words: string): string => element('text', {}, escapeXml(words))
  const button = (content: string, args: string, more: Readonly<Record<string, string>> = {}): string =>
    element('action', { content, arguments: args, activationType: 'foreground', ...more })
  const actions = [
    ...(reply
      ? [
          element('input', { id: 'reply', type: 'text', placeHolderContent: reply.placeholder }),
          button(reply.label, argumentsOf('reply', group, toast), { 'hint-inputId': 'reply' })
        ]
      : []),
    ...buttons.map(({ label }, index) => button(label, argumentsOf('action', group, toast, index)))
  ]
  return element(
    'toast',
    { launch: argumentsOf('click', group, toast) },
    [
      element('visual', {}, element('binding', { template: 'ToastGeneric' }, line(title) + line(body))),
      actions.length > 0 ? element('actions', {}, actions.join('')) : '',
      silent ? element('audio', { silent: 'true' }) : ''
    ].join('')
  )
}

/** What was done with which toast; null for one that is not Bilet's own, or says nothing. */
export function readActivation(details: ActivationArguments): Activation | null {
  const fields = new URLSearchParams(details.arguments)
  const [group, toast] = [fields.get('group'), fields.get('toast')]
  if (group === null || toast === null) return null
  const choiceOf = (): Choice | null => {
    switch (fields.get('type')) {
      case 'reply':
        return replyChoice(details.reply ?? details.userInputs?.reply)
      case 'action':
        return { kind: buttonKinds[Number(fields.get('action'))] ?? 'open' }
      default:
        return { kind: 'open' }
    }
  }
  const choice = choiceOf()
  return choice && { group, toast, choice }
}
