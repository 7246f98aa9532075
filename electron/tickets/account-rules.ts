/** What a person set for one account; stored beside its name and colour. */

/**
 * How text goes to the server. `auto`: as the API's version asks for it, and transliterated once a message of the
 * person's came back mangled. `ascii`: always transliterated. `as-written`: never.
 */
export const textForms = ['auto', 'ascii', 'as-written'] as const
export type TextForm = (typeof textForms)[number]

/** In which a text goes, once the rule is applied. */
export const sentForms = ['ascii', 'as-written'] as const
export type SentForm = (typeof sentForms)[number]

/** Local wall-clock times, HH:MM; may cross midnight. */
export interface QuietHours {
  readonly enabled: boolean
  readonly from: string
  readonly to: string
}

export interface AccountRules {
  readonly textForm: TextForm
  /** Its events raise notifications. */
  readonly notify: boolean
  readonly sound: boolean
  /** Its unread tickets count in the tray and on the app's icon. */
  readonly badge: boolean
  /** Instead of those of the settings; null for none of its own. */
  readonly quiet: QuietHours | null
  /** Seconds between two polls, instead of those of the settings; null for none of its own. */
  readonly pollSeconds: number | null
  /** What a new ticket begins with; null and empty for none. */
  readonly departmentId: number | null
  readonly service: string
  /** Address of a ticket in the customer panel, with `{id}` in the number's place; empty where it is not known. */
  readonly panelUrl: string
}

export const defaultAccountRules: AccountRules = {
  textForm: 'auto',
  notify: true,
  sound: true,
  badge: true,
  quiet: null,
  pollSeconds: null,
  departmentId: null,
  service: '',
  panelUrl: ''
}
