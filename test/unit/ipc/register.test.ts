import { beforeEach, describe, expect, it, vi } from 'vitest'
import type { Handlers } from '../../../electron/ipc/dispatch.ts'
import { caller } from '../../support/caller.ts'

type Listener = (event: unknown, name: unknown, args: unknown) => Promise<{ readonly ok: boolean }>
let listener: Listener | null = null
const channels = new Set(['error', 'electron-store-get-data'])
vi.mock('electron', () => ({
  ipcMain: {
    eventNames: () => [...channels],
    removeAllListeners: (name: string) => channels.delete(name),
    handle: (_channel: string, newListener: Listener) => {
      listener = newListener
    }
  }
}))
const { registerCommands, sendEvent } = await import('../../../electron/ipc/register.ts')

const origin = 'app://bilet'
const page = { url: 'app://bilet/inbox.html', origin }
let asked: number

beforeEach(() => {
  asked = 0
  const handlers = { 'tickets.rows': () => ({ ok: true, value: ++asked }) } as unknown as Handlers
  registerCommands(
    handlers,
    origin,
    () => caller,
    () => undefined
  )
})

/** `main` is the sender's main frame, `from` the frame that sends. */
const ask = (from: unknown, main: unknown = from): Promise<{ readonly ok: boolean }> | undefined =>
  listener?.({ senderFrame: from, sender: { mainFrame: main } }, 'tickets.rows', { from: 0, count: 1 })

describe('main', () => {
  it('hears the main frame of a page of its own', async () => {
    expect(await ask(page)).toMatchObject({ ok: true })
    expect(asked).toBe(1)
  })

  it.each([
    ['a frame inside it', { ...page }, page],
    ['a frame that is gone', null, page],
    ['another scheme', { url: 'https://bilet/inbox.html', origin: 'https://bilet' }, undefined],
    [
      'a host that begins like it',
      { url: 'app://bilet.evil/inbox.html', origin: 'app://bilet.evil' },
      undefined
    ],
    [
      'a host with its name as a user',
      { url: 'app://bilet@evil/inbox.html', origin: 'app://evil' },
      undefined
    ],
    ['a page of its address with no origin, as sandboxed ones have', { ...page, origin: 'null' }, undefined],
    ['a page of its origin made from a string', { url: 'about:blank', origin }, undefined],
    ['a page not loaded yet', { url: '', origin: '' }, undefined]
  ])('does not hear %s, whatever it asks', async (_, from, main) => {
    expect(await ask(from, main ?? from)).toEqual({ ok: false, error: { kind: 'invalid-arguments' } })
    expect(asked).toBe(0)
  })

  it('closes every other channel', () => {
    expect([...channels]).toEqual(['error'])
  })

  it('tells a window that is gone nothing', () => {
    const send = vi.fn()
    const contents = (gone: boolean) => ({ isDestroyed: () => gone, send }) as never
    sendEvent(contents(true), 'compose', null)
    expect(send).not.toHaveBeenCalled()
    sendEvent(contents(false), 'compose', null)
    expect(send).toHaveBeenCalledWith('bilet:event', 'compose', null)
  })
})
