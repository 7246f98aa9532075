/** In which form texts are sent, accounts whose server damages letters, and that people can read what they typed. */
import { describe, expect, it } from 'vitest'
import { letterDamages } from '../../support/demo/rewrites.ts'
import type { AccountView } from '../../../electron/tickets/views.ts'
import { newTicketOf } from '../../support/builders.ts'
import { Rig } from '../../support/sync/rig.ts'

const typed = 'Sunucu çalışmıyor, lütfen bakın'
const inAscii = 'Sunucu calismiyor, lutfen bakin'

async function rigWith(
  version: 'v1' | 'v2',
  rewrite: (text: string) => string = (text) => text
): Promise<Rig> {
  const rig = new Rig()
  rig.server.add(1)
  rig.server.setBehaviour({ name: 'test', rewrite })
  await rig.connect({ version })
  await rig.time.advance(2000)
  return rig
}

const viewOf = (rig: Rig): AccountView | undefined => rig.engine.accounts.list()[0]

async function reply(rig: Rig, text: string): Promise<void> {
  await rig.engine.outgoing.reply(rig.ref(1), text)
  await rig.time.advance(120_000)
}

const messages = (rig: Rig): readonly string[] => {
  const thread = rig.engine.tickets.thread(rig.ref(1))
  return thread.ok ? thread.value.messages.map(({ text }) => text) : []
}

const lastMessage = (rig: Rig) => {
  const thread = rig.engine.tickets.thread(rig.ref(1))
  return thread.ok ? thread.value.messages.at(-1) : undefined
}

describe('the form in which texts go', () => {
  it.each([
    ['v1', 'auto', inAscii],
    ['v2', 'auto', typed],
    ['v1', 'as-written', typed],
    ['v2', 'ascii', inAscii]
  ] as const)('of an account of %s set to %s is %j', async (version, textForm, sent) => {
    const rig = await rigWith(version)
    rig.engine.accounts.setRules(rig.accountId, { textForm })
    await reply(rig, typed)
    const draft = newTicketOf({ title: 'Başlık', departmentId: 3, service: '1', message: typed })
    await rig.engine.outgoing.create(rig.accountId, draft, '')
    await rig.time.advance(120_000)
    expect(rig.server.repliesOf(1)).toEqual([sent])
    expect(rig.server.created).toEqual([sent])
    expect(viewOf(rig)?.sentForm).toBe(sent === typed ? 'as-written' : 'ascii')
  })

  it('changes with the rule for what waits already', async () => {
    const rig = await rigWith('v2')
    rig.engine.control.setOnline(false)
    await rig.engine.outgoing.reply(rig.ref(1), typed)
    rig.engine.accounts.setRules(rig.accountId, { textForm: 'ascii' })
    rig.engine.control.setOnline(true)
    await rig.time.advance(120_000)
    expect(rig.server.repliesOf(1)).toEqual([inAscii])
  })
})

describe('a server that damages letters', () => {
  it.each(letterDamages)(
    '$name: is found out by the first message, once, and sent plain letters from then on',
    async (damage) => {
      const rig = await rigWith('v2', damage.apply)
      await reply(rig, typed)
      expect(rig.server.repliesOf(1)).toEqual([typed])
      expect(rig.engine.outgoing.items()).toEqual([])
      expect(rig.notices).toEqual([{ kind: 'letters-damaged', detail: 'Test' }])
      expect(viewOf(rig)).toMatchObject({ sentForm: 'ascii', damagesLetters: true })
      rig.engine.control.dismiss('letters-damaged', 'Test')
      await reply(rig, 'Düzeldi mi?')
      expect(rig.server.repliesOf(1)).toEqual([typed, 'Duzeldi mi?'])
      expect(rig.notices).toEqual([])
    }
  )

  it('stays known after a restart, and is told of until the person dismisses it', async () => {
    const rig = await rigWith('v2', (text) => text.replace(/[^ -~]/g, '?'))
    await reply(rig, typed)
    await rig.crash()
    expect(rig.notices).toEqual([{ kind: 'letters-damaged', detail: 'Test' }])
    rig.engine.control.dismiss('letters-damaged', 'Test')
    await rig.crash()
    expect(rig.engine.control.notices()).toEqual([])
    await rig.time.advance(70_000)
    await reply(rig, 'Düzeldi mi?')
    expect(rig.server.repliesOf(1)[1]).toBe('Duzeldi mi?')
  })

  it('changes nothing for an account whose person wants texts to go as they are written', async () => {
    const rig = await rigWith('v2', (text) => text.replace(/[^ -~]/g, '?'))
    rig.engine.accounts.setRules(rig.accountId, { textForm: 'as-written' })
    await reply(rig, typed)
    await reply(rig, typed)
    expect(rig.server.repliesOf(1)).toEqual([typed, typed])
    expect(rig.notices).toEqual([])
  })

  it.each([
    ['keeps every letter', (text: string) => text],
    ['escapes signs', (text: string) => text.replaceAll('&', '&amp;').replaceAll("'", '&#039;')],
    ['takes marks off by itself', () => inAscii],
    ['loses an emoji only', (text: string) => text.replace('👍', '????')]
  ])('is none that %s', async (_, rewrite) => {
    const rig = await rigWith('v2', rewrite)
    await reply(rig, `${typed} 👍`)
    expect(rig.engine.outgoing.items()).toEqual([])
    expect(viewOf(rig)?.sentForm).toBe('as-written')
    expect(rig.notices).toEqual([])
  })
})

describe('one’s own messages', () => {
  it.each([
    ['transliterated', 'v1', (text: string) => text, inAscii, null],
    [
      'damaged',
      'v2',
      (text: string) => text.replace(/[^ -~]/g, '?'),
      'Sunucu ?al??m?yor, l?tfen bak?n',
      'letters'
    ],
    ['cut', 'v2', (text: string) => text.replace(/[^ -~].*/s, ''), 'Sunucu', 'letters']
  ] as const)(
    'are read as they were typed where they were %s, also after a restart',
    async (_, version, rewrite, text, damage) => {
      const rig = await rigWith(version, rewrite)
      await reply(rig, typed)
      for (const restart of [false, true]) {
        if (restart) await rig.crash()
        expect(lastMessage(rig)).toMatchObject({ text: typed, atServer: { text, damage } })
        expect(rig.row(1)?.excerpt).toBe(typed)
      }
    }
  )

  it('carry nothing beside them where the server has what was typed', async () => {
    const rig = await rigWith('v2')
    await reply(rig, 'İki satır\r\n\r\nburada')
    expect(lastMessage(rig)).toMatchObject({ text: 'İki satır\n\nburada', atServer: null })
  })

  it('are found by what was typed and by what the server made of it', async () => {
    const rig = await rigWith('v1')
    await reply(rig, 'Ücret 100 € oldu, 5° arttı')
    for (const query of ['€', 'EUR', 'derece', '5°', 'ucret'])
      expect([query, rig.engine.tickets.search(query).hits.length]).toEqual([query, 1])
  })

  it('are known again where the server gives a message its number later', async () => {
    const rig = await rigWith('v1')
    rig.server.setBehaviour({ name: 'late ids', omitsReplyIds: true })
    await reply(rig, typed)
    rig.server.setBehaviour({ name: 'ids' })
    await rig.time.advance(120_000)
    expect(messages(rig).at(-1)).toBe(typed)
  })

  it('show what somebody made of them at the server since', async () => {
    const rig = await rigWith('v1')
    await reply(rig, `Şifre: gizli1881`)
    const ticket = rig.server.tickets.get(1)
    if (!ticket) throw new Error('no ticket')
    rig.server.put({
      ...ticket,
      replies: ticket.replies.map((reply) => ({ ...reply, message: 'Sifre: ********' }))
    })
    await rig.time.advance(120_000)
    expect(messages(rig).at(-1)).toBe('Sifre: ********')
  })

  it('of a new ticket are read as they were typed, too', async () => {
    const rig = await rigWith('v1')
    const draft = newTicketOf({ title: 'Başlık', departmentId: 3, service: '1', message: typed })
    await rig.engine.outgoing.create(rig.accountId, draft, '')
    await rig.time.advance(120_000)
    const id = Math.max(...rig.engine.tickets.rows().map((row) => row.id))
    const thread = rig.engine.tickets.thread(rig.ref(id))
    expect(thread.ok && thread.value.messages[0]?.text).toBe(typed)
  })
})
