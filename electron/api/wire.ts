/** From the bytes of an answer to tickets. Both versions differ in envelope and field names only slightly. */
import { z } from 'zod'
import { parseDate } from '../tickets/dates.ts'
import { attachmentsFrom } from '../tickets/attachments.ts'
import { classifyStatus } from '../tickets/status.ts'
import { cleanText } from '../tickets/text.ts'
import type { ApiVersion, Reply, Service, Ticket } from '../tickets/ticket.ts'
import type { BrokenTicket } from './api.ts'
import { ApiProblem, serverWords } from './problems.ts'

/** Ids come as numbers or numeric strings. */
const id = z.union([
  z.int().positive(),
  z
    .string()
    .regex(/^\d{1,15}$/)
    .transform(Number)
    .pipe(z.int().positive())
])
const text = z.string()
/** Dates may be missing or empty; a wrong type is an error, an unreadable text is no date. */
const date = z
  .union([z.string(), z.null()])
  .optional()
  .transform((value) => (typeof value === 'string' ? parseDate(value) : null))
const attachment = z
  .union([z.string(), z.null(), z.array(z.string())])
  .optional()
  .transform((value) => (Array.isArray(value) ? value.join('|') : (value ?? '')))

const wireReply = z.object({
  id: id.optional(),
  admin: z.union([text, z.null()]).optional(),
  user: z.union([text, z.null()]).optional(),
  date,
  message: text,
  attachment,
  attachments: attachment
})

const wireTicket = z.object({
  id,
  date,
  lastreply: date,
  message: text,
  status: text,
  attachment,
  attachments: attachment,
  replies: z.union([z.array(wireReply), z.null()]).optional()
})

type WireReply = z.infer<typeof wireReply>
type WireTicket = z.infer<typeof wireTicket>

const attachmentsOf = (of: { attachment: string; attachments: string }): Ticket['attachments'] =>
  attachmentsFrom(of.attachments === '' ? of.attachment : of.attachments)

/** The staff's when `admin` is not blank: on the customer's own it is a single space, and `user` is filled on both. */
function toReply(reply: WireReply): Reply {
  const admin = cleanText(reply.admin ?? '').trim()
  return {
    id: reply.id ?? null,
    author: admin === '' ? 'customer' : 'staff',
    name: admin === '' ? cleanText(reply.user ?? '').trim() : admin,
    sentAt: reply.date,
    message: cleanText(reply.message),
    attachments: attachmentsOf(reply)
  }
}

/** Oldest first; replies without a date keep their place. */
function inOrder(replies: readonly Reply[]): readonly Reply[] {
  const dated = replies.every(({ sentAt }) => sentAt !== null)
  if (!dated) return replies
  return [...replies].sort((a, b) => (a.sentAt ?? 0) - (b.sentAt ?? 0) || (a.id ?? 0) - (b.id ?? 0))
}

function toTicket(ticket: WireTicket): Ticket {
  return {
    id: ticket.id,
    createdAt: ticket.date,
    lastReplyAt: ticket.lastreply,
    status: classifyStatus(cleanText(ticket.status)),
    message: cleanText(ticket.message),
    attachments: attachmentsOf(ticket),
    replies: inOrder((ticket.replies ?? []).map(toReply))
  }
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Throws `not-json` for a page or other text, `truncated` for JSON that ends too early. */
export function parseJson(bytes: Uint8Array): unknown {
  let decoded: string
  try {
    decoded = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw new ApiProblem({ kind: 'not-json' })
  }
  try {
    return JSON.parse(decoded)
  } catch {
    const start = decoded.trimStart()[0]
    throw new ApiProblem({ kind: start === '{' || start === '[' ? 'truncated' : 'not-json' })
  }
}

/** The server's own words in an answer of either version. */
export function wordsOf(body: unknown): string | undefined {
  if (!isRecord(body)) return undefined
  const error = isRecord(body.error) ? body.error.message : body.error
  return serverWords(error) ?? serverWords(body.message)
}

/** Did the answer say that it worked: v1 `"success"`, v2 `true`. Null when it says neither. */
export function successOf(body: unknown): boolean | null {
  if (!isRecord(body)) return null
  if (body.status === true || body.status === 'success') return true
  if (body.status === false || typeof body.status === 'string') return false
  return null
}

/** The envelope's data. v1: `{"data":[…]}`; v2 needs `status: true` beside it. */
function dataOf(body: unknown, version: ApiVersion): unknown {
  if (!isRecord(body)) throw new ApiProblem({ kind: 'unexpected-shape' })
  const success = successOf(body)
  const words = wordsOf(body)
  if (success === false) throw new ApiProblem({ kind: 'refused', ...(words ? { serverMessage: words } : {}) })
  if (version === 'v2' && success !== true) throw new ApiProblem({ kind: 'unexpected-shape' })
  return body.data
}

/** One broken ticket loses only itself. Of two with the same id the last counts. Throws ApiProblem. */
export function parseTickets(
  bytes: Uint8Array,
  version: ApiVersion
): { readonly tickets: readonly Ticket[]; readonly broken: readonly BrokenTicket[] } {
  const data = dataOf(parseJson(bytes), version)
  if (!Array.isArray(data)) throw new ApiProblem({ kind: 'unexpected-shape' })
  const tickets = new Map<number, Ticket>()
  const broken: BrokenTicket[] = []
  for (const item of data as readonly unknown[]) {
    const parsed = wireTicket.safeParse(item)
    if (parsed.success) {
      tickets.set(parsed.data.id, toTicket(parsed.data))
      continue
    }
    const own = id.safeParse(isRecord(item) ? item.id : null)
    broken.push({ id: own.success ? own.data : null, field: parsed.error.issues[0]?.path.join('.') ?? '' })
  }
  // A list in which nothing can be read has another shape, whatever it is.
  if (tickets.size === 0 && broken.length > 0) throw new ApiProblem({ kind: 'unexpected-shape' })
  return {
    tickets: [...tickets.values()],
    broken: broken.filter((one) => one.id === null || !tickets.has(one.id))
  }
}

const wireService = z.object({ id, product: text.optional(), status: text.optional() })

/** v2's services; what cannot be read is left out. Throws ApiProblem. */
export function parseServices(bytes: Uint8Array): readonly Service[] {
  const data = dataOf(parseJson(bytes), 'v2')
  if (!Array.isArray(data)) throw new ApiProblem({ kind: 'unexpected-shape' })
  return (data as readonly unknown[]).flatMap((item) => {
    const parsed = wireService.safeParse(item)
    if (!parsed.success) return []
    const { product = '', status = '' } = parsed.data
    return [{ id: String(parsed.data.id), product: cleanText(product), status: cleanText(status) }]
  })
}
