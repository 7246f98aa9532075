import type { SentForm } from '../../electron/tickets/account-rules.ts'

const notAscii = /[^\x00-\x7f]/ // eslint-disable-line no-control-regex -- all that is not ASCII

/** Something of this text is sent otherwise. */
export const isSentOtherwise = (text: string, form: SentForm | undefined): boolean =>
  form === 'ascii' && notAscii.test(text)

/** Holds a text back once that would lose something, or change what looks like a password, path, address or command. */
export class SendCheck {
  /** The text that the person was warned about; the second attempt sends it unchanged. */
  #warned = $state<string | null>(null)

  isWarnedOf(text: string): boolean {
    return this.#warned === text
  }

  /** False where the person must look at it first. */
  async mayGo(text: string, form: SentForm | undefined): Promise<boolean> {
    if (!isSentOtherwise(text, form) || this.isWarnedOf(text)) return true
    const { asciiWarnings } = await import('../../electron/tickets/text/sent-form/ascii-warnings.ts')
    const { lostCount, words } = asciiWarnings(text)
    if (lostCount + words.length === 0) return true
    this.#warned = text
    return false
  }
}
