/** Windows hands addresses of up to 2,081 characters to its e-mail program, Electron no longer ones. */
const maxAddressLength = 2000

export interface MailDraft {
  readonly url: string
  /** False: the draft has `otherwise` in place of the text. */
  readonly isWhole: boolean
}

/** The `mailto:` address `to` with subject and text; with `otherwise` where the text is too long for an address. */
export function mailDraft(to: string, subject: string, text: string, otherwise: string): MailDraft {
  const addressOf = (body: string): string =>
    `${to}?subject=${encodeURIComponent(subject)}&body=${encodeURIComponent(body.replaceAll('\n', '\r\n'))}`
  const whole = addressOf(text)
  return whole.length <= maxAddressLength
    ? { url: whole, isWhole: true }
    : { url: addressOf(otherwise), isWhole: false }
}
