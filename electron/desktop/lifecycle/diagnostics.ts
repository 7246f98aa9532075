import type { ShortcutState } from '../../ipc/host.ts'
import type { PowerStatus } from './power.ts'
import { redact, type RedactOptions } from '../security/redact.ts'

/** What a report for support may hold: states and kinds, no content. */
export interface DiagnosticFacts {
  readonly version: string
  readonly versions: Readonly<Record<string, string | undefined>>
  readonly platform: string
  readonly arch: string
  readonly systemVersion: string
  readonly locale: string
  /** `x11`, `wayland`, … and the desktop's name; empty where there is no such thing. */
  readonly session: string
  /** Whether there is a tray, its backend and the last result. */
  readonly tray: string
  /** The keychain and its last result. */
  readonly keychain: string
  /** The backend that shows notifications first. */
  readonly notifier: string
  readonly power: PowerStatus
  /** How this package gets its updates, and what is so now. */
  readonly updates: string
  readonly shortcut: ShortcutState
  /** The engine's own lines: accounts, pollers, last problems. */
  readonly engine: readonly string[]
  /** As the notifier keeps it, oldest first. */
  readonly notifications: readonly string[]
  /** The newest lines of the log, oldest first. */
  readonly log: readonly string[]
}

const shortcutWords: Readonly<Record<ShortcutState, string>> = {
  none: 'none',
  registered: 'registered',
  asked: 'asked of the desktop',
  unavailable: 'unavailable: the desktop gives none',
  taken: 'taken',
  invalid: 'invalid'
}

/** Lines to copy or save. What is no fact of this system's goes through the redaction. */
export function diagnosticLines(facts: DiagnosticFacts, options: RedactOptions): readonly string[] {
  const { electron, chrome, node } = facts.versions
  const { onBattery, locked, online, asleep } = facts.power
  const aboutSystem = [
    `Bilet ${facts.version}, Electron ${electron ?? '?'}, Chromium ${chrome ?? '?'}, Node ${node ?? '?'}`,
    `${facts.platform} ${facts.arch} ${facts.systemVersion}, locale ${facts.locale}`,
    ...(facts.session ? [`session ${facts.session}`] : [])
  ]
  const lines = [
    `tray ${facts.tray}, keychain ${facts.keychain}, shortcut ${shortcutWords[facts.shortcut]}`,
    `updates ${facts.updates}`,
    `power: ${onBattery ? 'battery' : 'mains'}, screen ${locked ? 'locked' : 'open'}, network ${online ? 'there' : 'missing'}, ${asleep ? 'asleep' : 'awake'}`,
    ...facts.engine,
    `notifications first by ${facts.notifier}`,
    ...facts.notifications.map((line) => `notification by ${line}`),
    ...facts.log.map((line) => `log ${line}`)
  ]
  return [...aboutSystem.map(withoutText), ...lines.map((line) => redact(line, options))]
}

/** Numbers of versions look like addresses to the redaction, and desktops have any name; but it is one line of short words. */
const withoutText = (line: string): string =>
  line
    .replace(/[^\w.,:+?() -]/g, '?')
    .replace(/\w{25,}/g, '?')
    .slice(0, 200)
