/** Settings of one account, stored with its name and colour. */

/**
 * In which form texts are sent. `auto`: as the API version specifies, but in ASCII once a message came back with damaged
 * letters. `ascii`: always converted to ASCII. `as-written`: never converted.
 */
export const textForms = ['auto', 'ascii', 'as-written'] as const
export type TextForm = (typeof textForms)[number]

/** The form of one sent text, after applying the rule. */
export const sentForms = ['ascii', 'as-written'] as const
export type SentForm = (typeof sentForms)[number]

/** Local wall-clock times, HH:MM; may cross midnight. */
export interface QuietHours {
  readonly enabled: boolean
  readonly from: string
  readonly to: string
}

/** Reminds of tickets that the staff has not answered for so many hours. */
export interface FollowUpRule {
  readonly hours: number
  /** Only tickets of this department, which is known for tickets created here; null: every ticket. */
  readonly department: number | null
}

export interface AccountRules {
  readonly textForm: TextForm
  /** Whether events of this account show notifications. */
  readonly notify: boolean
  readonly sound: boolean
  /** Whether unread tickets of this account count in the tray and on the app icon. */
  readonly badge: boolean
  /** Replaces the quiet hours of the settings; null: not set. */
  readonly quiet: QuietHours | null
  /** Seconds between two polls, replaces the value of the settings; null: not set. */
  readonly pollSeconds: number | null
  /** Department of new tickets; null for none. */
  readonly departmentId: number | null
  /** Service of new tickets; empty for none. */
  readonly service: string
  /** Address of a ticket in the customer panel, with `{id}` for the ticket number; empty if unknown. */
  readonly panelUrl: string
  /** Of several that apply to a ticket the one for its department, else the shortest. */
  readonly followUp: readonly FollowUpRule[]
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
  panelUrl: '',
  followUp: []
}
