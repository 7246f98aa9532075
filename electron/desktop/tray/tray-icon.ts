import type { DesktopState, Platform } from '../types.ts'

/** Icon variants. Each has its own shape, so that none is told apart by colour alone. */
export const trayIconNames = [
  'read',
  '1',
  '2',
  '3',
  '4',
  '5',
  '6',
  '7',
  '8',
  '9',
  '9+',
  '99+',
  'offline',
  'attention',
  'paused',
  'sending'
] as const
export type TrayIconName = (typeof trayIconNames)[number]

const numbers: readonly TrayIconName[] = ['1', '2', '3', '4', '5', '6', '7', '8', '9']

/**
 * Precedence: first what needs the person's action, then unread tickets, then background activity. Refused credentials
 * hide the count because it no longer grows; refused outbox entries, which the menu lists, and being offline do not.
 */
export function trayIconName(state: DesktopState): TrayIconName {
  if (state.connection === 'attention') return 'attention'
  if (state.counted > 99) return '99+'
  if (state.counted > 9) return '9+'
  if (state.counted > 0) return numbers[state.counted - 1] ?? '9+'
  if (state.refused > 0 || state.undecided > 0) return 'attention'
  if (state.connection === 'offline') return 'offline'
  if (state.connection === 'paused' || state.notificationsPausedUntil !== null) return 'paused'
  return state.sending + state.uncertain > 0 ? 'sending' : 'read'
}

/**
 * Icon file per platform: a template image on macOS (the count is text beside it), an ICO with several sizes on
 * Windows, a 64 px PNG for Linux panels, which scale it.
 */
export function trayIconFile(picture: TrayIconName, platform: Platform): string {
  switch (platform) {
    case 'darwin':
      return `${/^\d/.test(picture) ? 'read' : picture}-template.png`
    case 'win32':
      return `${picture}.ico`
    case 'linux':
      return `${picture}.png`
  }
}
