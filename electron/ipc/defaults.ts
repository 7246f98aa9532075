import type { Settings } from './contract.ts'

export const defaultSettings: Settings = {
  language: 'system',
  theme: 'system',
  textSize: 'normal',
  pollSeconds: 60,
  notifications: {
    enabled: true,
    reply: true,
    status: true,
    closed: true,
    sound: true,
    backend: 'auto',
    quiet: { enabled: false, from: '22:00', to: '08:00' },
    pausedUntil: null
  },
  launchAtLogin: false,
  closeToTray: true,
  stayWithoutTray: false,
  spelling: 'ask',
  inboxAccount: '',
  shortcut: 'Ctrl+Alt+Shift+B',
  inbox: { filter: 'all', order: 'newest', listWidth: 0, openSelected: true, openNextAfterClose: false },
  newsShownFor: '',
  dismissedHints: [],
  snippets: []
}
