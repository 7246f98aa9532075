/** Waits until what the engine knows can be answered. */
import type { Engine } from '../../sync/types.ts'

/** Milliseconds for the first answers of the servers, or for a refresh; then what is known is answered. */
const maxWaitMs = 30_000

/** Calls the listener after changes of what the engine knows, until the returned function is called. */
export type Subscribe = (listener: () => void) => () => void

/** Resolves with true when `isReached` is true, with false after `ms` milliseconds. */
export function waitFor(isReached: () => boolean, ms: number, subscribe: Subscribe): Promise<boolean> {
  if (isReached()) return Promise.resolve(true)
  return new Promise((resolve) => {
    const finish = (reached: boolean): void => {
      clearTimeout(timer)
      unsubscribe()
      resolve(reached)
    }
    const timer = setTimeout(() => finish(false), ms)
    const unsubscribe = subscribe(() => {
      if (isReached()) finish(true)
    })
  })
}

/** Whether an account has no list of this run yet and expects one. */
const isAwaitingFirstList = (engine: Engine): boolean =>
  engine.accounts
    .list()
    .some(
      ({ connection: { state, freshAt } }) =>
        state === 'opening' || state === 'connecting' || (state === 'asking' && freshAt === null)
    )

/** Resolves when the caches are read and, shortly after a start, the first lists arrived; with `refresh`, new lists. */
export async function untilUpToDate(engine: Engine, refresh: boolean, subscribe: Subscribe): Promise<void> {
  await engine.control.opened()
  if (!refresh) {
    await waitFor(() => !isAwaitingFirstList(engine), maxWaitMs, subscribe)
    return
  }
  let timer: NodeJS.Timeout | undefined
  const timeout = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, maxWaitMs)
  })
  await Promise.race([engine.control.check('asked'), timeout])
  clearTimeout(timer)
}
