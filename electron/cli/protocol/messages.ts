/**
 * The lines of a connection, each one JSON value:
 * 1. command line → app: `hello`, its protocol and a nonce.
 * 2. app → command line: `welcome`, the app's protocol, version, nonce and proof. A command line of another protocol, or
 *    one that does not accept the proof, ends here: it has sent nothing of the person's.
 * 3. command line → app: `call`, its proof and the request.
 * 4. app → command line: `reply`.
 */
import { z } from 'zod'
import { locales } from '../../tickets/locale.ts'
import { allProblemKinds } from './command-problem.ts'

const nonce = z.string().regex(/^[0-9a-f]{64}$/)
const proof = nonce
const protocol = z.int().nonnegative()

/** Further fields are allowed: they may be of a newer version, which the protocol number tells. */
export const helloSchema = z.object({ protocol, nonce })
export const welcomeSchema = z.object({ protocol, version: z.string().max(100), nonce, proof })
export const callSchema = z.strictObject({ proof, request: z.unknown() })

const locale = z.enum(locales)
export const replySchema = z.discriminatedUnion('ok', [
  /** `locale`: the language that the person chose in the app. */
  z.strictObject({ ok: z.literal(true), locale, value: z.unknown() }),
  z.strictObject({
    ok: z.literal(false),
    locale,
    error: z.strictObject({ kind: z.enum(allProblemKinds), detail: z.string().optional() })
  })
])
export type Reply = z.infer<typeof replySchema>
