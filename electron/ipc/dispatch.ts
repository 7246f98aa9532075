import type { Outcome } from '../sync/types.ts'
import { commands, type Args, type CommandName, type Result, type Value } from './contract.ts'

/** Who asks. Only what a command may need of it: its own window. */
export interface Caller {
  /** `BrowserWindow.id`; null in a plain browser. */
  readonly windowId: number | null
  closeWindow(): void
}

/** One function per command; the compiler misses none. */
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
 * Validates what a window asks and runs it. Never throws: an unknown command or wrong arguments are
 * `invalid-arguments`, anything unforeseen is `internal` and goes to `report` without its arguments.
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
  // JSON (the preview's transport) knows no undefined.
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

/** Electron's transport also carries dates, maps and the like, which a schema of optional fields takes for empty records. */
function isPlainData(value: unknown): boolean {
  const seen = new Set<object>()
  const left: unknown[] = [value]
  while (left.length > 0) {
    const next = left.pop()
    // Data may contain cycles.
    if (typeof next !== 'object' || next === null || seen.has(next)) continue
    seen.add(next)
    const kind: unknown = Object.getPrototypeOf(next)
    if (!Array.isArray(next) && kind !== Object.prototype && kind !== null) return false
    for (const inner of Object.values(next) as unknown[]) left.push(inner)
  }
  return true
}
