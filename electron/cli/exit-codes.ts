/** Exit codes of the command line. Scripts depend on them: a meaning is never changed, new ones are added at the end. */
export const exitCodes = {
  done: 0,
  /** The disk, the profile or the program itself failed. */
  failed: 1,
  /** Wrong arguments, or a text that cannot be sent. */
  usage: 2,
  /** A ticket, account, department or outbox entry that does not exist, or a name that fits several. */
  notFound: 3,
  /** The app is not running, could not be started, is closing, or belongs to another user. */
  noApp: 4,
  /** The server refused the message, or the person took it back. */
  refused: 5,
  /** Only the person can decide whether the message arrived. */
  undecided: 6,
  /** Still in the outbox when the time was up; it will be sent later. */
  waiting: 7,
  /** The running app is of another version. */
  otherVersion: 8
} as const
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes]

/** Exit codes of monitoring plugins (Nagios, Icinga, Zabbix), used with `status --nagios`. */
export const nagiosCodes = { ok: 0, warning: 1, critical: 2, unknown: 3 } as const
export type NagiosState = keyof typeof nagiosCodes
