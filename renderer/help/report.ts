/** Where reports go. Nobody has published an address yet: the person chooses one in the draft. */
const reportAddress = ''

/** The longest address that every system hands to its e-mail program: Windows takes 2,081 characters, Electron no more. */
const longestAddress = 2000

export interface MailDraft {
  readonly url: string
  /** False: the draft has `otherwise` in place of the text. */
  readonly isWhole: boolean
}

/** A `mailto:` address with the text, or where that is too long for one, with `otherwise`. */
export function mailDraft(subject: string, text: string, otherwise: string): MailDraft {
  const addressOf = (body: string): string =>
    `mailto:${reportAddress}?subject=${encodeURIComponent(subject)}&body=${encodeURIComponent(body.replaceAll('\n', '\r\n'))}`
  const whole = addressOf(text)
  return whole.length <= longestAddress
    ? { url: whole, isWhole: true }
    : { url: addressOf(otherwise), isWhole: false }
}
