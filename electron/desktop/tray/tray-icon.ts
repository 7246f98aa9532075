import type { DesktopState, Platform } from '../types.ts'

/** What the icon shows besides the ticket. Each has its own shape: colour alone tells nothing. */
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
export type TrayPicture = (typeof trayIconNames)[number]

const numbers: readonly TrayPicture[] = ['1', '2', '3', '4', '5', '6', '7', '8', '9']

/**
 * What needs the person comes first, then what they are told, then what goes on by itself. Credentials refused hide
 * the count, because it no longer grows; what was not sent, which the menu tells, and being offline do not.
 */
export function trayPicture(state: DesktopState): TrayPicture {
  if (state.connection === 'attention') return 'attention'
  if (state.unread > 99) return '99+'
  if (state.unread > 9) return '9+'
  if (state.unread > 0) return numbers[state.unread - 1] ?? '9+'
  if (state.refused > 0 || state.undecided > 0) return 'attention'
  if (state.connection === 'offline') return 'offline'
  if (state.connection === 'paused' || state.notificationsPausedUntil !== null) return 'paused'
  return state.sending + state.uncertain > 0 ? 'sending' : 'read'
}

/** macOS draws the count as text beside a template image; Windows picks a size from the ICO, Linux panels scale 64 px down. */
export function trayIconFile(picture: TrayPicture, platform: Platform): string {
  switch (platform) {
    case 'darwin':
      return `${/^\d/.test(picture) ? 'read' : picture}-template.png`
    case 'win32':
      return `${picture}.ico`
    case 'linux':
      return `${picture}.png`
  }
}
