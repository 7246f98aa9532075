/**
 * Asks for a list only if it has changed, where the server names a validator for it (RFC 9110, 8.8 and 13.1). A validator
 * is the server's own claim, so it is never trusted alone: the whole list comes again after some answers without one, and
 * whenever only the list itself can prove something.
 */
import type { KnownList } from '../api.ts'
import { ApiProblem } from '../api-problem.ts'
import type { HttpAnswer } from '../http/request.ts'
import { dateHeader } from '../http/status.ts'

/** Answers without a list, one after another, until the list is requested as a whole: some ten minutes of polls. */
const maxUnchangedInRow = 9
/**
 * A modification time has whole seconds, and a list may change twice within one. It is used only if the answer was made at
 * least this many milliseconds after it.
 */
const settledAfterMs = 60_000

interface Validator {
  /** Hash of the list that it belongs to. */
  readonly fingerprint: string
  readonly headers: Readonly<Record<string, string>>
}

function validatorOf({ headers }: HttpAnswer): Readonly<Record<string, string>> | null {
  const tag = headers.get('etag')
  if (tag !== null && /^(W\/)?"[\x21\x23-\x7e]*"$/.test(tag)) return { 'If-None-Match': tag }
  const modified = headers.get('last-modified')
  const [modifiedAt, madeAt] = [dateHeader(modified), dateHeader(headers.get('date'))]
  if (modified === null || modifiedAt === null || madeAt === null) return null
  return madeAt - modifiedAt >= settledAfterMs ? { 'If-Modified-Since': modified } : null
}

export class ConditionalRequest {
  #validator: Validator | null = null
  #unchangedInRow = 0

  /** Headers for the next request; empty if the whole list is needed. `known`: the list that the answer is compared with. */
  headersFor(known: KnownList | null): Readonly<Record<string, string>> {
    const validator = this.#validator
    if (validator === null || known === null || known.needsProof === true) return {}
    const isDue = this.#unchangedInRow >= maxUnchangedInRow
    return isDue || known.fingerprint !== validator.fingerprint ? {} : validator.headers
  }

  /** A list arrived. */
  noteList(answer: HttpAnswer, fingerprint: string): void {
    const headers = validatorOf(answer)
    this.#validator = headers && { fingerprint, headers }
    this.#unchangedInRow = 0
  }

  /**
   * A 304 arrived. Throws ApiProblem if nothing was asked that it could answer, or if it names another list; the next
   * request then asks for the whole list.
   */
  noteNotModified(answer: HttpAnswer, asked: Readonly<Record<string, string>>): void {
    const tag = answer.headers.get('etag')
    const wanted = asked['If-None-Match']
    const isOurs = tag === null || wanted === undefined || opaque(tag) === opaque(wanted)
    if (Object.keys(asked).length === 0 || !isOurs) {
      this.#validator = null
      throw new ApiProblem({ kind: 'unexpected-shape', httpStatus: answer.status })
    }
    this.#unchangedInRow += 1
  }
}

/** A tag without the mark of a weak one, which a proxy that compresses may add. */
const opaque = (tag: string): string => tag.replace(/^W\//, '')
