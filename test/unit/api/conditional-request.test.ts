/** Lists that the server calls unchanged, by what it said of the one before. */
import type { ServerResponse } from 'node:http'
import { describe, expect, it } from 'vitest'
import type { KnownList, ListAnswer, TicketApi } from '../../../electron/api/api.ts'
import { api, serve, v1Ticket, type Asked } from './serve.ts'

const tag = '"list-1"'
const body = JSON.stringify({ data: [v1Ticket] })
const conditions = ({ headers }: Asked): readonly unknown[] => [
  headers['if-none-match'],
  headers['if-modified-since']
]

const knownOf = (answer: ListAnswer): KnownList => {
  if (answer.outcome !== 'tickets') throw new Error(answer.outcome)
  return answer.known
}

/** A server that answers a request for what it has already given by 304. */
const honest =
  (headers: Record<string, string>) =>
  (response: ServerResponse, { headers: asked }: Asked): void => {
    const isKnown = asked['if-none-match'] === headers.ETag || asked['if-modified-since'] !== undefined
    response.writeHead(isKnown && conditions({ headers: asked } as Asked).some(Boolean) ? 304 : 200, headers)
    response.end(response.statusCode === 304 ? undefined : body)
  }

async function twice(client: TicketApi): Promise<readonly [KnownList, ListAnswer]> {
  const known = knownOf(await client.list(null))
  return [known, await client.list(known)]
}

describe('a list with a validator', () => {
  it('is asked for by its tag, and a 304 is the list as it was', async () => {
    const { origin, asked } = await serve(honest({ ETag: tag, Date: 'Tue, 24 Nov 2026 12:00:05 GMT' }))
    const [, answer] = await twice(api(origin))
    expect(asked.map(conditions)).toEqual([
      [undefined, undefined],
      [tag, undefined]
    ])
    expect(answer).toEqual({ outcome: 'unchanged', serverNow: Date.UTC(2026, 10, 24, 12, 0, 5) })
  })

  it('is asked for by its time only when that cannot be the second of another change', async () => {
    const modified = 'Tue, 24 Nov 2026 11:59:00 GMT'
    for (const [date, wanted] of [
      ['Tue, 24 Nov 2026 12:00:00 GMT', modified],
      ['Tue, 24 Nov 2026 11:59:30 GMT', undefined]
    ] as const) {
      const { origin, asked } = await serve(honest({ 'Last-Modified': modified, Date: date }))
      await twice(api(origin))
      expect(asked.map(conditions)[1]).toEqual([undefined, wanted])
    }
  })

  it('still comes as a whole after nine answers that it is unchanged', async () => {
    const { origin, asked } = await serve(honest({ ETag: tag }))
    const client = api(origin)
    const known = knownOf(await client.list(null))
    for (let i = 0; i < 11; i++) expect((await client.list(known)).outcome).toBe('unchanged')
    expect(asked.map(conditions).map(([first]) => first)).toEqual([
      ...[undefined, ...Array<string>(9).fill(tag)],
      ...[undefined, tag]
    ])
  })

  it('comes as a whole when it has to prove what became of a message', async () => {
    const { origin, asked } = await serve(honest({ ETag: tag }))
    const client = api(origin)
    const known = knownOf(await client.list(null))
    await client.list({ ...known, needsProof: true })
    expect(asked.map(conditions)).toEqual([
      [undefined, undefined],
      [undefined, undefined]
    ])
  })

  it('is not asked for by the tag of a list that was not accepted', async () => {
    const { origin, asked } = await serve(honest({ ETag: tag }))
    const client = api(origin)
    const known = knownOf(await client.list(null))
    await client.list({ ...known, fingerprint: 'of another list' })
    await client.list(null)
    expect(asked.slice(1).map(conditions)).toEqual([
      [undefined, undefined],
      [undefined, undefined]
    ])
  })

  it('is read anew when it changed', async () => {
    let status = 'Open'
    const { origin } = await serve((response) => {
      response
        .writeHead(200, { ETag: `"${status}"` })
        .end(JSON.stringify({ data: [{ ...v1Ticket, status }] }))
    })
    const client = api(origin)
    const known = knownOf(await client.list(null))
    status = 'Closed'
    expect(await client.list(known)).toMatchObject({
      outcome: 'tickets',
      tickets: [{ status: { kind: 'closed' } }]
    })
  })
})

describe('a 304', () => {
  const failed = { outcome: 'failed', problem: { kind: 'unexpected-shape', httpStatus: 304 } }

  it('that was not asked for is a failure, and no list', async () => {
    const { origin } = await serve((response) => void response.writeHead(304).end())
    expect(await api(origin).list(null)).toMatchObject(failed)
  })

  it('for another tag is a failure, after which the list comes as a whole', async () => {
    const { origin, asked } = await serve((response, { headers }) => {
      const isAsked = headers['if-none-match'] !== undefined
      response
        .writeHead(isAsked ? 304 : 200, { ETag: isAsked ? '"another"' : tag })
        .end(isAsked ? undefined : body)
    })
    const client = api(origin)
    const [known, answer] = await twice(client)
    expect(answer).toMatchObject(failed)
    expect((await client.list(known)).outcome).toBe('unchanged')
    expect(asked.map(conditions).map(([first]) => first)).toEqual([undefined, tag, undefined])
  })

  it('that a proxy marked as weak is for the same tag', async () => {
    const { origin } = await serve((response, { headers }) => {
      const isAsked = headers['if-none-match'] !== undefined
      response
        .writeHead(isAsked ? 304 : 200, { ETag: isAsked ? `W/${tag}` : tag })
        .end(isAsked ? undefined : body)
    })
    expect((await twice(api(origin)))[1].outcome).toBe('unchanged')
  })

  it.each(['no quotes', '"a"b"', ''])('is never asked for by a malformed tag: %j', async (malformed) => {
    const { origin, asked } = await serve(
      (response) => void response.writeHead(200, { ETag: malformed }).end(body)
    )
    await twice(api(origin))
    expect(asked.map(conditions)[1]).toEqual([undefined, undefined])
  })
})
