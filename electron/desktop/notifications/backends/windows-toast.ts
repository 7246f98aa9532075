/**
 * XML of Windows toasts, and parsing of their activation. Bilet writes its own XML instead of Electron's, because a
 * click in the Action Center may start the app anew, and Windows then returns only the `launch` and `arguments` written
 * here.
 * https://learn.microsoft.com/en-us/windows/apps/design/shell/tiles-and-notifications/adaptive-interactive-toasts
 */
import type { ActivationArguments } from 'electron'
import { buttonKinds, replyChoice, type Choice, type NotificationText } from '../notification.ts'

/**
 * CLSID of the COM class through which Windows reports clicks. Electron writes it into the Start-menu entry and the
 * user's registry at each start; the uninstaller removes the registry key (build/windows/installer.nsh).
 */
export const toastActivatorClsid = '{6EFC1846-EFE6-4764-AB7F-616938DC1525}'

export interface Activation {
  readonly group: string
  /** Id of the toast, of this run or an earlier one. */
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

/** Arguments in the format that Electron itself reads (`type`, `action`), plus `group` and `toast`. */
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

/** `toast`: id of this toast, to tell its click from that of another toast of the same group. */
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

/** The choice and the toast it was made on; null if the arguments are not Bilet's, or the reply is empty. */
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
