import type { SentForm } from '../../electron/tickets/account-rules.ts'
import { app } from './app.svelte.ts'

const notAscii = /[^\x00-\x7f]/ // eslint-disable-line no-control-regex -- all that is not ASCII

/** Something of this text is sent otherwise. */
export const isSentOtherwise = (text: string, form: SentForm | undefined): boolean =>
  form === 'ascii' && notAscii.test(text)

/** What the person was warned of in a text. */
interface Warning {
  readonly text: string
  /** Something would be lost, or what looks like a password, path, address or command would be changed. */
  readonly isChanged: boolean
  /** Placeholders of saved replies and templates that nobody filled in, with their braces. */
  readonly unfilled: readonly string[]
}

async function isChangedByAscii(text: string): Promise<boolean> {
  const { asciiWarnings } = await import('../../electron/tickets/text/sent-form/ascii-warnings.ts')
  const { lostCount, words } = asciiWarnings(text)
  return lostCount + words.length > 0
}

async function unfilledIn(text: string): Promise<readonly string[]> {
  const { unfilledPlaceholders } = await import('./saved-texts/unfilled-placeholders.ts')
  const { snippets = [], templates = [] } = app.settings ?? {}
  const saved = templates.flatMap(({ title, message }) => [title, message])
  return unfilledPlaceholders(text, [...snippets.map((snippet) => snippet.text), ...saved])
}

/** Holds a text back once that the person should look at before it is sent. */
export class SendCheck {
  /** The text that the person was warned about; the second attempt sends it unchanged. */
  #warning = $state.raw<Warning | null>(null)

  /** Null if the person was not warned of this text. */
  warningOf(text: string): Warning | null {
    return this.#warning?.text === text ? this.#warning : null
  }

  /** False where the person must look at it first. */
  async mayGo(text: string, form: SentForm | undefined): Promise<boolean> {
    if (this.warningOf(text)) return true
    const isChanged = isSentOtherwise(text, form) && (await isChangedByAscii(text))
    const unfilled = text.includes('{') ? await unfilledIn(text) : []
    if (!isChanged && unfilled.length === 0) return true
    this.#warning = { text, isChanged, unfilled }
    return false
  }
}
