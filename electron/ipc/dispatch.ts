import type { Outcome } from '../sync/types.ts'
import { commands, type Args, type CommandName, type Result, type Value } from './contract.ts'

/** The window that sent a command. */
export interface Caller {
  /** `BrowserWindow.id`; null in a plain browser. */
  readonly windowId: number | null
  closeWindow(): void
  /** Hands over what the page shows, so that it may be let go; null if it may not. */
  leave(view: string | null): void
  /** What the page before it handed over; only the first call after that returns it. */
  takeView(): string | null
}

/** One function per command of the contract. */
export type Handlers = {
  readonly [Name in CommandName]: (
    args: Args<Name>,
    caller: Caller
  ) => Outcome<Value<Name>> | Promise<Outcome<Value<Name>>>
}

type AnyHandler = (args: unknown, caller: Caller) => Outcome<unknown> | Promise<Outcome<unknown>>

const isCommand = (name: unknown): name is CommandName =>
  typeof name === 'string' && Object.hasOwn(commands, name)

/**
 * Validates a command and runs it. Never throws: an unknown command or invalid arguments return `invalid-arguments`; an
 * exception returns `internal` and is passed to `report` without the arguments.
 */
export async function dispatch(
  handlers: Handlers,
  name: unknown,
  args: unknown,
  caller: Caller,
  report: (command: string, error: unknown) => void
): Promise<Result<unknown>> {
  if (!isCommand(name)) return { ok: false, error: { kind: 'invalid-arguments' } }
  if (!isPlainData(args)) return { ok: false, error: { kind: 'invalid-arguments' } }
  // The preview sends JSON, which has no undefined.
  const parsed = commands[name].args.safeParse(args === null ? undefined : args)
  if (!parsed.success) {
    const field = parsed.error.issues[0]?.path.join('.')
    return { ok: false, error: { kind: 'invalid-arguments', ...(field ? { field } : {}) } }
  }
  try {
    return await (handlers[name] as AnyHandler)(parsed.data, caller)
  } catch (error) {
    report(name, error)
    return { ok: false, error: { kind: 'internal' } }
  }
}

/** Electron also transfers dates, maps etc., which a schema with only optional fields would accept as empty records. */
function isPlainData(value: unknown): boolean {
  const seen = new Set<object>()
  const remaining: unknown[] = [value]
  while (remaining.length > 0) {
    const next = remaining.pop()
    // Data may contain cycles.
    if (typeof next !== 'object' || next === null || seen.has(next)) continue
    seen.add(next)
    const prototype: unknown = Object.getPrototypeOf(next)
    if (!Array.isArray(next) && prototype !== Object.prototype && prototype !== null) return false
    for (const inner of Object.values(next) as unknown[]) remaining.push(inner)
  }
  return true
}
