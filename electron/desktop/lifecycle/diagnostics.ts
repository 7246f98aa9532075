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

/** Lines to copy or save; every one goes through the redaction. */
export function diagnosticLines(facts: DiagnosticFacts, options: RedactOptions): readonly string[] {
  const { electron, chrome, node } = facts.versions
  const { onBattery, locked, online, asleep } = facts.power
  const lines = [
    `Bilet ${facts.version}, Electron ${electron ?? '?'}, Chromium ${chrome ?? '?'}, Node ${node ?? '?'}`,
    `${facts.platform} ${facts.arch} ${facts.systemVersion}, locale ${facts.locale}`,
    ...(facts.session ? [`session ${facts.session}`] : []),
    `tray ${facts.tray}, keychain ${facts.keychain}, shortcut ${shortcutWords[facts.shortcut]}`,
    `updates ${facts.updates}`,
    `power: ${onBattery ? 'battery' : 'mains'}, screen ${locked ? 'locked' : 'open'}, network ${online ? 'there' : 'missing'}, ${asleep ? 'asleep' : 'awake'}`,
    ...facts.engine,
    `notifications first by ${facts.notifier}`,
    ...facts.notifications.map((line) => `notification by ${line}`),
    ...facts.log.map((line) => `log ${line}`)
  ]
  return lines.map((line) => versionsKept(line, options))
}

/** Version numbers look like addresses to the redaction. */
function versionsKept(line: string, options: RedactOptions): string {
  return /^(Bilet|session) |^(darwin|win32|linux) /.test(line) ? line : redact(line, options)
}
