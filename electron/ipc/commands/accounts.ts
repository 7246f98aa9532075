import type { ConnectWatch, Engine, Outcome } from '../../sync/types.ts'
import type { AccountView } from '../../tickets/views.ts'
import type { Handlers } from '../dispatch.ts'
import type { Broadcast } from '../events.ts'
import type { Host } from '../host.ts'
import { done } from './outcomes.ts'

/** Commands that connect, change, remove and poll accounts. */
export function accountCommands({
  engine,
  host,
  broadcast,
  connectDemo
}: {
  readonly engine: Engine
  readonly host: Pick<Host, 'mayContact'>
  readonly broadcast: Broadcast
  readonly connectDemo: () => Promise<Outcome<AccountView>>
}) {
  const connecting = new Set<AbortController>()

  /** Runs `connect` with progress events and `accounts.cancelConnect`. `address`: the server that main is asked to contact. */
  async function connectWithProgress(
    address: string | undefined,
    connect: (watch: ConnectWatch) => Promise<Outcome<AccountView>>
  ): Promise<Outcome<AccountView>> {
    const cancel = new AbortController()
    connecting.add(cancel)
    try {
      if (address !== undefined && !(await host.mayContact(address, 'account')))
        return { ok: false, error: { kind: 'host-refused', field: 'baseUrl' } }
      return await connect({
        signal: cancel.signal,
        onProgress: (loading) => broadcast('connecting', loading)
      })
    } finally {
      connecting.delete(cancel)
    }
  }

  return {
    'accounts.connect': ({ auth, ...input }) =>
      connectWithProgress(input.baseUrl, (watch) =>
        engine.accounts.connect({ ...input, credentials: auth }, watch)
      ),
    'accounts.cancelConnect': () => {
      for (const cancel of connecting) cancel.abort()
      return done
    },
    'accounts.demo': () => connectDemo(),
    'accounts.reconnect': ({ accountId, auth, thisRunOnly, otherCustomer, address }) =>
      connectWithProgress(address?.baseUrl, (watch) =>
        engine.accounts.reconnect(accountId, auth, thisRunOnly, otherCustomer, address, watch)
      ),
    'accounts.rename': ({ accountId, name }) => engine.accounts.rename(accountId, name),
    'accounts.recolor': ({ accountId, color }) => engine.accounts.recolor(accountId, color),
    'accounts.pause': ({ accountId, paused }) => engine.accounts.pause(accountId, paused),
    'accounts.setRules': ({ accountId, rules }) => engine.accounts.setRules(accountId, rules),
    'accounts.remove': ({ accountId }) => engine.accounts.remove(accountId),

    'services.list': ({ accountId }) => engine.accounts.services(accountId),
    'sync.check': async () => {
      await engine.control.check('asked')
      return done
    },
    'sync.stopLoading': ({ accountId }) => {
      engine.control.stopLoading(accountId)
      return done
    }
  } satisfies Partial<Handlers>
}
