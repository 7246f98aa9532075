/** Servers that rewrite messages, with the answer lost after a message was stored: it must exist exactly once. */
import { describe, expect, it } from 'vitest'
import { letterDamages, rewrites } from '../support/demo/rewrites.ts'
import { apiVersions, type ApiVersion } from '../../electron/tickets/ticket.ts'
import { Rig } from '../support/sync/rig.ts'
import { sampleTexts } from '../support/sync/texts.ts'
import { httpApi } from '../support/sync/http-server.ts'
import { neverAsked } from '../support/sync/never-questioned.ts'
import { newTicketOf } from '../support/builders.ts'

type Write = 'reply' | 'create'

const writes: readonly Write[] = ['reply', 'create']
const minute = 60_000
const draft = newTicketOf({ title: 'T', departmentId: 20, service: '952157' })

interface Result {
  readonly posts: number
  readonly decided: 'found' | 'asked' | 'neither'
}

async function send(
  text: string,
  version: ApiVersion,
  write: Write,
  rewrite: (text: string) => string
): Promise<Result> {
  const rig: Rig = new Rig(
    () => 0.5,
    () => httpApi(rig.server, rig.time, version)
  )
  rig.server.add(1)
  rig.server.addReply(1, 'staff', 'Buyurun')
  rig.server.setBehaviour({ name: 'rewriting', rewrite })
  await rig.connect({ version })
  await rig.time.advance(minute)
  rig.server.fates = ['cut-after']
  const { engine } = rig
  if (write === 'reply') await engine.outgoing.reply(rig.ref(1), text)
  else await engine.outgoing.create(rig.accountId, { ...draft, message: text }, '')
  const item = (): ReturnType<typeof engine.outgoing.items>[number] | undefined => engine.outgoing.items()[0]
  for (let minutes = 0; minutes < 30 && item() && item()?.state !== 'undecided'; minutes++)
    await rig.time.advance(minute)
  const asked = item()
  if (asked?.question?.kind === 'similar') {
    // Both texts are shown for comparison, and the person confirms the match.
    const [candidate] = asked.question.candidates
    await engine.outgoing.decide(asked.id, 'arrived', candidate?.key ?? null)
  }
  await rig.time.advance(10 * minute)
  const posts = write === 'reply' ? rig.server.repliesOf(1).length : rig.server.created.length
  if (item()) return { posts, decided: 'neither' }
  return { posts, decided: asked ? 'asked' : 'found' }
}

describe('a message whose answer was lost after it was stored', () => {
  it(`stands there once, whatever the server makes of it`, async () => {
    const table: Record<string, Record<string, string>> = {}
    const wrong: string[] = []
    const asked = new Map<string, number>()
    let sent = 0
    for (const { name, apply: rewrite } of [...rewrites, ...letterDamages]) {
      const row: Record<string, string> = {}
      for (const write of writes)
        for (const version of apiVersions) {
          let cells = ''
          for (const sample of sampleTexts) {
            const { posts, decided } = await send(sample.text, version, write, rewrite)
            sent += 1
            cells += posts === 1 ? { found: '.', asked: '?', neither: '-' }[decided] : String(posts)
            if (posts !== 1 || decided === 'neither')
              wrong.push(`${name}, ${sample.name}, ${version}, ${write}: ${posts} posts, ${decided}`)
            if (decided === 'asked') asked.set(name, (asked.get(name) ?? 0) + 1)
          }
          row[`${write} ${version}`] = cells
        }
      table[name] = row
    }
    console.log(
      `Texts: ${sampleTexts.map(({ name }) => name).join(', ')}.\n. found by itself, ? the person was asked, - neither, a number: so many posts`
    )
    console.table(table)
    const all = [...asked.values()].reduce((sum, times) => sum + times, 0)
    console.log(
      `${sent} messages, each stored before its answer was lost: ${wrong.length} not there exactly once, ${all} asked`
    )
    expect(wrong).toEqual([])
    expect(neverAsked.filter((name) => asked.has(name))).toEqual([])
    expect(neverAsked.every((name) => name in table)).toBe(true)
  }, 600_000)
})
