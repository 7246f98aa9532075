/** Which options the command line has. */

export const commandNames = ['list', 'show', 'reply', 'new', 'close', 'status'] as const
export type CommandName = (typeof commandNames)[number]

/** `optional`: a value only after `=`, as in `--wait=30`. */
export type OptionKind = 'flag' | 'value' | 'optional'
export type OptionTable = Readonly<Record<string, OptionKind>>

/** Of every command. */
const commonOptions: OptionTable = {
  json: 'flag',
  lang: 'value',
  output: 'value',
  'no-start': 'flag',
  timeout: 'value',
  help: 'flag',
  version: 'flag'
}

const ownOptions: Readonly<Record<CommandName, OptionTable>> = {
  list: { account: 'value', filter: 'value', limit: 'value', refresh: 'flag' },
  show: { account: 'value', refresh: 'flag', 'mark-read': 'flag', 'show-secrets': 'flag' },
  reply: { account: 'value', text: 'value', close: 'flag', 'allow-changes': 'flag', wait: 'optional' },
  new: {
    account: 'value',
    department: 'value',
    service: 'value',
    title: 'value',
    text: 'value',
    'server-ip': 'value',
    'server-user': 'value',
    'server-password-file': 'value',
    'allow-changes': 'flag',
    wait: 'optional'
  },
  close: { account: 'value', wait: 'optional' },
  status: { refresh: 'flag', nagios: 'flag', warning: 'value', critical: 'value', wait: 'optional' }
}

export const optionsOf = (command: CommandName): OptionTable => ({ ...commonOptions, ...ownOptions[command] })

/** Of a start of the app without a command. `take-activation` and `updated` are not for people. */
export const startOptions: OptionTable = {
  hidden: 'flag',
  new: 'flag',
  check: 'flag',
  demo: 'flag',
  smoke: 'flag',
  lang: 'optional',
  help: 'flag',
  version: 'flag',
  'json-schema': 'flag',
  'take-activation': 'flag',
  updated: 'flag'
}

/**
 * Switches of Chromium, Electron, Node and GTK, which people put into desktop entries; there are over a thousand, but
 * their names begin with few words.
 */
const systemSwitch = new RegExp(
  `^(?:${[
    '(?:allow|app|audio|auth|auto|autoplay|blink|cc|cipher|component|crash|default|device|diagnostics|disable|display)',
    '(?:dns|enable|ensure|experimental|explicitly|expose|field|force|g|gpu|gtk|hide|high|host|ignore|in-process)',
    '(?:inspect|js|load|log|max|media|mute|net|no|original|overscroll|ozone|password|prefetch|process|profiler?)',
    '(?:proxy|raster|remote|render|renderer|request|root|screen|secure|show|single|site|ssl|sync|system|test|time)',
    '(?:tls|top|touch|trace|ui|unlimited|unsafely|use|user|wait-for|wayland|web|webrtc|widevine|window|winhttp|wm|x11)'
  ]
    .map((names) => `${names}-.*`)
    .join('|')}|class|display|inspect|kiosk|name|sync|v|vmodule)$`
)

/** `name`: without dashes and value. */
export const isSystemSwitch = (name: string): boolean => systemSwitch.test(name)

/** Arguments that macOS and Windows add, also after a click on a notification, and settings of Cocoa. */
export const isSystemArgument = (argument: string): boolean =>
  /^-+(?:psn_|NS|Apple|Embedding$|ToastActivated|AppNotificationActivated)/.test(argument)
