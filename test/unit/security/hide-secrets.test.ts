import { describe, expect, it } from 'vitest'
import type { Credentials, TicketApi } from '../../../electron/api/api.ts'
import { withoutSecrets } from '../../../electron/api/hide-secrets.ts'
import type { Problem } from '../../../electron/tickets/problem.ts'

/** A server that says back whatever it was sent. */
function parrot(words: string): TicketApi {
  const problem: Problem = { kind: 'refused', httpStatus: 422, serverMessage: words }
  return {
    version: 'v2',
    list: () => Promise.resolve({ outcome: 'failed', problem }),
    create: (_draft, password) =>
      Promise.resolve({ outcome: 'refused', problem: { ...problem, serverMessage: `${words} ${password}` } }),
    reply: () => Promise.resolve({ outcome: 'done', message: words }),
    close: () => Promise.resolve({ outcome: 'unknown', problem }),
    services: () => Promise.resolve({ outcome: 'failed', problem })
  }
}
const draft = { title: '', departmentId: 1, service: '', message: '', serverIp: '', serverUser: '' }

async function everythingSaid(api: TicketApi): Promise<string> {
  const answers = await Promise.all([
    api.list(null),
    api.create(draft, 'gizli-şifre-81'),
    api.reply(1, 'x'),
    api.close(1),
    api.services()
  ])
  return JSON.stringify(answers)
}

describe('what a server says back of a secret', () => {
  const cases: readonly (readonly [Credentials, string])[] = [
    [{ kind: 'bearer', token: 'tok-3f9c71' }, 'Invalid token "tok-3f9c71"'],
    [{ kind: 'header', header: 'X-Api-Key', token: 'tok-3f9c71' }, 'tok-3f9c71?'],
    [
      { kind: 'pair', access: 'acc-1177', secret: 's3cret&x' },
      'GET /tickets?access=acc-1177&secret=s3cret%26x'
    ]
  ]
  it.each(cases)('goes no further (%o)', async (credentials, words) => {
    const said = await everythingSaid(withoutSecrets(parrot(words), credentials))
    for (const secret of ['tok-3f9c71', 'acc-1177', 's3cret', 'gizli-şifre-81'])
      expect(said).not.toContain(secret)
    expect(said).toContain('…')
  })

  it('leaves every other word as the server wrote it', async () => {
    const api = withoutSecrets(parrot('Yanıt çok kısa.'), { kind: 'bearer', token: 'kısa' })
    expect(JSON.stringify(await api.list(null))).toContain('Yanıt çok ….')
    const short = withoutSecrets(parrot('Yanıt çok kısa.'), { kind: 'bearer', token: 'çok' })
    expect(JSON.stringify(await short.list(null))).toContain('Yanıt çok kısa.')
  })
})
