import type { Settings } from './contract.ts'

const workday = { on: true, from: '09:00', to: '18:00' }
const dayOff = { ...workday, on: false }

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
    snooze: true,
    followUp: true,
    rules: [],
    sound: true,
    backend: 'auto',
    quiet: { enabled: false, from: '22:00', to: '08:00' },
    workingHours: {
      enabled: false,
      days: {
        mon: workday,
        tue: workday,
        wed: workday,
        thu: workday,
        fri: workday,
        sat: dayOff,
        sun: dayOff
      }
    },
    pausedUntil: null
  },
  trayCounts: 'unread',
  undoSendSeconds: 5,
  trayClick: 'inbox',
  renewalNoticeDays: 0,
  launchAtLogin: false,
  closeToTray: true,
  stayWithoutTray: false,
  spelling: 'ask',
  inboxAccount: '',
  shortcut: 'Ctrl+Alt+Shift+B',
  inbox: { filter: 'all', order: 'newest', listWidth: 0, openSelected: true, openNextAfterClose: false },
  newsShownFor: '',
  dismissedHints: [],
  tags: [],
  savedSearches: [],
  templates: [],
  snippets: []
}
