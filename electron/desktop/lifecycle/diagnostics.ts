import type { ShortcutState } from '../../ipc/host.ts'
import type { PowerStatus } from './power.ts'
import { redact, type RedactOptions } from '../security/redact.ts'

/** The data of a support report: states and kinds, no content. */
export interface DiagnosticFacts {
  readonly version: string
  readonly versions: Readonly<Record<string, string | undefined>>
  readonly platform: string
  readonly arch: string
  readonly systemVersion: string
  readonly locale: string
  /** Session type and desktop, e.g. `wayland GNOME`; empty on macOS and Windows. */
  readonly session: string
  /** Whether the tray has a place, its backend and the last result. */
  readonly tray: string
  /** The keychain and its last result. */
  readonly keychain: string
  /** The notification backend that is tried first. */
  readonly notifier: string
  readonly power: PowerStatus
  /** How this package is updated, and the current update state. */
  readonly updates: string
  readonly shortcut: ShortcutState
  /** Lines of the engine: accounts, pollers, last problems. */
  readonly engine: readonly string[]
  /** The notifier's history, oldest first. */
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

/** The report's lines, all redacted except those about the system and the app's version. */
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
  return [...aboutSystem.map(shortWordsOnly), ...lines.map((line) => redact(line, options))]
}

/** Keeps only short words: the redaction would take version numbers for addresses and remove unknown desktop names. */
const shortWordsOnly = (line: string): string =>
  line
    .replace(/[^\w.,:+?() -]/g, '?')
    .replace(/\w{25,}/g, '?')
    .slice(0, 200)
