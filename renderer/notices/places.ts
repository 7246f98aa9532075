import type { Notice } from '../../electron/tickets/views.ts'

interface Place {
  readonly tone: 'trouble' | 'info'
  /** Also where a new ticket is written: it is about what becomes of what one writes. Everything else is noise there. */
  readonly isAboutWriting: boolean
}

const trouble: Place = { tone: 'trouble', isAboutWriting: false }
const writingTrouble: Place = { tone: 'trouble', isAboutWriting: true }
const info: Place = { tone: 'info', isAboutWriting: false }
const writingInfo: Place = { tone: 'info', isAboutWriting: true }

/** How each notice is shown, and where. */
export const places: Readonly<Record<Notice['kind'], Place>> = {
  'storage-full': writingTrouble,
  'storage-read-only': writingTrouble,
  'storage-failed': writingTrouble,
  'folder-in-use': writingTrouble,
  'file-set-aside': writingTrouble,
  'file-partly-damaged': writingInfo,
  'file-of-newer-version': writingInfo,
  'file-rejoined': info,
  'partly-not-understood': info,
  'accounts-rebuilt': trouble,
  'read-marks-lost': info,
  'letters-damaged': writingInfo,
  'cache-set-aside': info,
  'no-keychain': writingInfo,
  'password-in-memory': writingInfo,
  'keychain-changed': writingTrouble,
  'keychain-locked': writingTrouble,
  'proxy-sign-in': trouble,
  'proxy-refused': trouble,
  'no-tray': info,
  'shortcut-taken': info,
  'shortcut-invalid': info,
  'still-in-tray': info,
  'login-item-failed': info,
  'login-item-approval': info,
  'notifications-denied': info
}
