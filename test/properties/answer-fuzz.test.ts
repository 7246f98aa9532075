/** Mutated answers: no answer that a server, proxy or bad connection can produce may cause a loss of known data. */
import { isDeepStrictEqual } from 'node:util'
import { describe, expect, it } from 'vitest'
import { parseAnswer } from '../../electron/api/reading/parse-answer.ts'
import { loadHash } from '../../electron/api/list/hash.ts'
import { ApiProblem } from '../../electron/api/api-problem.ts'
import { readList, type ReadList } from '../../electron/api/list/read-list.ts'
import { readInThisThread } from '../../electron/api/list/whole-list.ts'
import { parseTickets } from '../../electron/api/list/parse-tickets.ts'
import { parseJson } from '../../electron/tickets/json.ts'
import { problemKinds } from '../../electron/tickets/problem.ts'
import { segments } from '../../electron/tickets/text/segments.ts'
import { apiVersions, type ApiVersion, type Ticket } from '../../electron/tickets/ticket.ts'
import { isRepeat, seedOf } from '../support/seed.ts'
import { RandomSource, isContainer, mutate, samples } from '../support/mutate.ts'

/** Per API version. */
const runs = 100_000
const only = isRepeat('FUZZ_SEED')
const seed = seedOf('FUZZ_SEED')
/** Seed of the previous answer, which is never the sample itself. */
const seedBefore = process.env.FUZZ_BEFORE

const isMoment = (value: unknown): boolean => value === null || Number.isSafeInteger(value)

const unclean =
  // eslint-disable-next-line no-control-regex -- these must be removed
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]|[\ud800-\udbff](?![\udc00-\udfff])/

/** Checks all guarantees of a ticket to the rest of the app. Null if none is violated. */
function broken(ticket: Ticket): string | null {
  if (!Number.isSafeInteger(ticket.id) || ticket.id < 0) return 'id'
  if (!isMoment(ticket.createdAt) || !isMoment(ticket.lastReplyAt)) return 'date'
  if (typeof ticket.status.text !== 'string' || unclean.test(ticket.status.text)) return 'status'
  for (const { message, attachments } of [ticket, ...ticket.replies]) {
    if (typeof message !== 'string' || unclean.test(message)) return 'message'
    for (const attachment of attachments)
      if (attachment.kind === 'link' && !/^https?:/.test(attachment.url)) return 'attachment'
  }
  for (const { id, name, sentAt } of ticket.replies) {
    if (id !== null && !(Number.isSafeInteger(id) && id > 0)) return 'reply id'
    if (unclean.test(name) || name.includes('\n') || !isMoment(sentAt)) return 'reply'
  }
  return null
}

type RawObject = Readonly<Record<string, unknown>>
const isObject = (value: unknown): value is RawObject => isContainer(value) && !Array.isArray(value)

/** A text that is JSON is what it encodes. */
const decoded = (value: unknown): unknown =>
  typeof value === 'string' && /^\s*[[{]/.test(value) ? (parseJson(value) ?? value) : value

/** Every object in the answer, read without the app's rules for fields. */
const objectsIn = (value: unknown): readonly RawObject[] => {
  const container = decoded(value)
  if (!isContainer(container)) return []
  const inner = Object.values(container).flatMap(objectsIn)
  return isObject(container) ? [container, ...inner] : inner
}

const visible = /[^\s\p{Cc}\p{Cf}]/u
const mayBeStaff = (admin: unknown): boolean =>
  typeof admin === 'string' ? visible.test(admin) : admin !== null && admin !== undefined && admin !== false

/** What may be the replies of a ticket: the elements of a list, also inside one more object, or a single reply. */
function rawReplies(value: unknown): readonly (readonly RawObject[])[] {
  const replies = decoded(value)
  if (!isContainer(replies)) return [[]]
  const values = Object.values(replies)
  const inner = values.length === 1 && Array.isArray(values[0]) ? values[0].filter(isObject) : []
  return [values.filter(isObject), inner, ...(isObject(replies) ? [[replies]] : [])]
}

function hasTheseReplies(ticket: Ticket, raw: readonly RawObject[]): boolean {
  const staff = ticket.replies.filter(({ author }) => author === 'staff').length
  // The same reply twice is read once.
  const different = new Set(raw.map((one) => JSON.stringify(one))).size
  const isCount = ticket.replies.length <= raw.length && ticket.replies.length >= Math.min(different, 1)
  return isCount && staff <= raw.filter(({ admin }) => mayBeStaff(admin)).length
}

const idOf = (id: unknown): number => Number(String(id).replace(/[#., \u00a0]|\.0+\s*$/g, ''))

/** Checks that all data of a ticket is in the answer: no emptied threads, no replies of another ticket. */
function invented(ticket: Ticket, objects: readonly RawObject[]): string | null {
  const sources = objects.filter(({ id }) => idOf(id) === ticket.id)
  if (sources.length === 0) return 'no such ticket in the answer'
  if (ticket.repliesMissing)
    return sources.every(({ replies }) => Array.isArray(replies)) ? 'missing replies' : null
  const withReplies = sources.filter(({ replies }) =>
    rawReplies(replies).some((raw) => hasTheseReplies(ticket, raw))
  )
  if (withReplies.length === 0) return 'replies'
  const hasText = ({ message }: RawObject): boolean =>
    typeof message === 'string' && visible.test(message) && !message.includes('&#')
  return ticket.message === '' && withReplies.every(hasText) ? 'text' : null
}

type Answer = Pick<ReadList, 'tickets' | 'broken'> | { readonly kind: string }

/** The kind of a failure. Any other error is a crash and is rethrown. */
function outcomeOf(error: unknown): { readonly kind: string } {
  if (error instanceof ApiProblem) return { kind: error.problem.kind }
  throw error
}
function readWhole(bytes: Uint8Array, version: ApiVersion): Answer {
  try {
    return parseTickets(bytes, version)
  } catch (error) {
    return outcomeOf(error)
  }
}

const hash = await loadHash()

/** Reads the answer like the client: in pieces, reusing those of an earlier list. */
async function readPieces(
  bytes: Uint8Array,
  version: ApiVersion,
  known: ReadList['pieces']
): Promise<ReadList | { readonly kind: string }> {
  try {
    return await readList(bytes, version, known, {
      hash: (piece) => hash.piece(piece),
      yieldToEventLoop: () => Promise.resolve(),
      readWhole: readInThisThread
    })
  } catch (error) {
    return outcomeOf(error)
  }
}

describe.each(apiVersions)('%s', (version) => {
  it(`survives ${runs} mutated answers: each is a failure of a known kind or tickets that keep every promise`, async () => {
    const sample = samples[version]
    const seen = { tickets: 0, broken: 0, failed: new Map<string, number>() }
    const first = await readPieces(Buffer.from(JSON.stringify(sample)), version, new Map())
    if ('kind' in first) throw new Error(first.kind)
    let earlier = first.pieces
    let earlierSeed = ''
    if (seedBefore) {
      const before = await readPieces(
        mutate(sample, new RandomSource(Number(seedBefore))),
        version,
        first.pieces
      )
      if (!('kind' in before)) earlier = before.pieces
    }
    let found = 0
    for (let run = 0; run < (only ? 1 : runs); run++) {
      const start = only ? seed : seed + run * apiVersions.length + apiVersions.indexOf(version)
      const dice = new RandomSource(start)
      const bytes = mutate(sample, dice)
      const isSample = !only && run % 2 === 1
      const where = `FUZZ_SEED=${start}${isSample || !earlierSeed ? '' : ` FUZZ_BEFORE=${earlierSeed}`} repeats it`
      const answer = readWhole(bytes, version)
      // Reading only the new pieces must give the same result as reading the whole answer, whatever was known before.
      const pieces = await readPieces(bytes, version, isSample ? first.pieces : earlier)
      const same = 'kind' in pieces ? pieces : { tickets: pieces.tickets, broken: pieces.broken }
      if (!isDeepStrictEqual(same, answer)) expect(same, where).toEqual(answer)
      if (!('kind' in pieces) && pieces.pieces.size > 0) {
        earlier = pieces.pieces
        earlierSeed = String(start)
        found += pieces.tickets.filter((ticket) => [...first.pieces.values()].includes(ticket)).length
      }
      if ('kind' in answer) {
        if (!problemKinds.some((kind) => kind === answer.kind))
          expect.fail(`${answer.kind} is no kind (${where})`)
        seen.failed.set(answer.kind, (seen.failed.get(answer.kind) ?? 0) + 1)
        continue
      }
      const raw = answer.tickets.length > 0 ? objectsIn(parseAnswer(bytes)) : []
      for (const ticket of answer.tickets) {
        const fault = broken(ticket) ?? invented(ticket, raw)
        if (fault !== null) expect.fail(`${fault}: ${JSON.stringify(ticket)} (${where})`)
      }
      if (new Set(answer.tickets.map(({ id }) => id)).size !== answer.tickets.length)
        expect.fail(`an id twice (${where})`)
      if (answer.tickets.length === 0 && rawData(bytes).length > 0)
        expect.fail(`a full list became an empty one (${where})`)
      if (run % 50 === 0) for (const { message } of answer.tickets) segments(message)
      seen.tickets += answer.tickets.length
      seen.broken += answer.broken.length
    }
    const failures = [...seen.failed].map(([kind, count]) => `${count} ${kind}`).join(', ')
    console.log(
      `fuzz ${version}: ${only ? 1 : runs} answers, ${seen.tickets} tickets read, ${seen.broken} broken, ${failures} (FUZZ_SEED=${seed})`
    )
    if (only) return
    // All kinds of results must occur, otherwise the mutations do not test what they should.
    expect(seen.tickets).toBeGreaterThan(runs / 10)
    expect(seen.broken).toBeGreaterThan(runs / 200)
    expect(found, 'tickets that needed no second reading').toBeGreaterThan(runs / 10)
    expect([...seen.failed.keys()].sort()).toEqual(
      expect.arrayContaining(['not-json', 'truncated', 'unexpected-shape'])
    )
  }, 120_000)
})

function rawData(bytes: Uint8Array): readonly unknown[] {
  const { data } = (parseAnswer(bytes) ?? {}) as { data: unknown }
  const list = isObject(data) && 'data' in data ? data.data : data
  return isContainer(list) ? Object.values(list) : []
}
