/** A window's bridge from its first moment on, while its program is still being read. */
import type { Args, Bridge, CommandName, EventName } from '../../../electron/ipc/contract.ts'

type Ask<Name extends CommandName> = Args<Name> extends undefined ? [Name] : [Name, Args<Name>]
/** A command with what it is asked with. */
export type EarlyAsk = { [Name in CommandName]: Ask<Name> }[CommandName]

/** Sends `asks` at once and keeps their answers, and early `events`, for the first who asks or listens. */
export function early(bridge: Bridge, asks: readonly EarlyAsk[], events: readonly EventName[]): Bridge {
  const answers = new Map<string, Promise<unknown>>()
  const kept = new Map<EventName, { readonly told: unknown[]; stop(): void }>()
  const keyOf = (ask: readonly unknown[]): string => JSON.stringify(ask)

  for (const name of events) {
    const told: unknown[] = []
    kept.set(name, { told, stop: bridge.on(name, (payload) => told.push(payload)) })
  }
  // Cast to one command: the compiler cannot keep a command and its arguments paired here.
  for (const ask of asks) answers.set(keyOf(ask), bridge.invoke(...(ask as ['app.state'])))

  return {
    invoke(name, ...args) {
      const key = keyOf([name, ...args])
      const answer = answers.get(key)
      answers.delete(key)
      return answer ? (answer as never) : bridge.invoke(name, ...args)
    },
    on(name, listener) {
      const before = kept.get(name)
      kept.delete(name)
      before?.stop()
      const stop = bridge.on(name, listener)
      for (const payload of before?.told ?? []) listener(payload as Parameters<typeof listener>[0])
      return stop
    }
  }
}
