import type { Notice } from '../../electron/tickets/views.ts'

interface Place {
  readonly tone: 'trouble' | 'info'
  /** Also shown in the new-ticket window, because it affects what is written there. */
  readonly isAboutWriting: boolean
}

const trouble: Place = { tone: 'trouble', isAboutWriting: false }
const writingTrouble: Place = { tone: 'trouble', isAboutWriting: true }
const info: Place = { tone: 'info', isAboutWriting: false }
const writingInfo: Place = { tone: 'info', isAboutWriting: true }

/** Tone and windows of each kind of notice. */
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
