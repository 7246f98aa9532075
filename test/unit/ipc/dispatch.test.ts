import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { commands, type CommandName } from '../../../electron/ipc/contract.ts'
import { dispatch, type Handlers } from '../../../electron/ipc/dispatch.ts'
import { caller } from '../../support/caller.ts'

const names = Object.keys(commands) as CommandName[]

/** Handlers that record the calls. */
function recording(behave: (name: string) => unknown = () => ({ ok: true, value: null })): {
  readonly handlers: Handlers
  readonly calls: [string, unknown][]
} {
  const calls: [string, unknown][] = []
  const entries = names.map((name) => [
    name,
    (args: unknown) => {
      calls.push([name, args])
      return behave(name)
    }
  ])
  return { handlers: Object.fromEntries(entries) as Handlers, calls }
}

const ignore = (): void => undefined

describe('a command from a window', () => {
  it('reaches its handler with validated arguments', async () => {
    const { handlers, calls } = recording()
    const ref = { accountId: 'a', ticketId: 272298 }
    const answer = await dispatch(handlers, 'tickets.reply', { ref, text: 'Merhaba' }, caller, ignore)
    expect(answer).toEqual({ ok: true, value: null })
    expect(calls).toEqual([['tickets.reply', { ref, text: 'Merhaba' }]])
  })

  it.each(['toString', '__proto__', 'constructor', 'tickets.nothing', '', 7, null, undefined, {}])(
    'of an unknown name (%s) is refused as data',
    async (name) => {
      const { handlers, calls } = recording()
      expect(await dispatch(handlers, name, undefined, caller, ignore)).toEqual({
        ok: false,
        error: { kind: 'invalid-arguments' }
      })
      expect(calls).toEqual([])
    }
  )

  it('with a wrong argument names the field and never reaches the handler', async () => {
    const { handlers, calls } = recording()
    const args = { ref: { accountId: 'a', ticketId: -1 }, text: 'x' }
    expect(await dispatch(handlers, 'tickets.reply', args, caller, ignore)).toEqual({
      ok: false,
      error: { kind: 'invalid-arguments', field: 'ref.ticketId' }
    })
    expect(calls).toEqual([])
  })

  it.each([
    [new Date()],
    [new Map()],
    [{ notifications: new Set() }],
    [/x/],
    [new Uint8Array(2)],
    [new Error('x')]
  ])('with what is no plain data (%s) is refused, also where every field may be missing', async (args) => {
    const { handlers, calls } = recording()
    expect((await dispatch(handlers, 'settings.change', args, caller, ignore)).ok).toBe(false)
    expect(calls).toEqual([])
  })

  it('whose arguments hold themselves is answered', async () => {
    const { handlers } = recording()
    const args: Record<string, unknown> = {}
    args.notifications = args
    expect((await dispatch(handlers, 'settings.change', args, caller, ignore)).ok).toBe(false)
  })

  it('with an unknown key is refused', async () => {
    const { handlers, calls } = recording()
    const answer = await dispatch(handlers, 'link.open', { url: 'https://a.test', x: 1 }, caller, ignore)
    expect(answer.ok).toBe(false)
    expect(calls).toEqual([])
  })

  it('that breaks inside becomes an internal error and is reported by name, without its arguments', async () => {
    const reported: string[] = []
    const { handlers } = recording(() => {
      throw new Error('broken')
    })
    const answer = await dispatch(handlers, 'sync.check', undefined, caller, (name) => reported.push(name))
    expect(answer).toEqual({ ok: false, error: { kind: 'internal' } })
    expect(reported).toEqual(['sync.check'])
  })

  it('never throws, whatever is sent to whichever command', async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...names), fc.anything(), async (name, args) => {
        const { handlers } = recording()
        const answer = await dispatch(handlers, name, args, caller, ignore)
        if (!answer.ok) expect(answer.error.kind).toBe('invalid-arguments')
      }),
      { numRuns: 5000 }
    )
  })
})
