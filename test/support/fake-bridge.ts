/** A bridge controlled by the test: it records calls, returns prepared answers and emits events. */
import type {
  Args,
  Bridge,
  CommandName,
  EventName,
  Events,
  Result,
  Value
} from '../../electron/ipc/contract.ts'
import type { Problem, ProblemKind } from '../../electron/tickets/problem.ts'

type Answers = { [Name in CommandName]?: (args: Args<Name>) => Value<Name> | Promise<Value<Name>> }

export interface Invocation {
  readonly name: CommandName
  readonly args: unknown
}

/** Thrown by an answer to make the command fail with this problem. */
export class Refusal extends Error {
  readonly problem: Problem
  constructor(problem: Problem) {
    super(problem.kind)
    this.problem = problem
  }
}

export const refuse = (kind: ProblemKind, more: Partial<Problem> = {}): never => {
  throw new Refusal({ kind, ...more })
}

export class FakeBridge implements Bridge {
  readonly invocations: Invocation[] = []
  readonly #answers: Answers
  readonly #listeners = new Map<string, Set<(payload: never) => void>>()

  constructor(answers: Answers = {}) {
    this.#answers = { ...answers }
  }

  /** Sets the answer of a command. */
  answer<Name extends CommandName>(
    name: Name,
    answer: (args: Args<Name>) => Value<Name> | Promise<Value<Name>>
  ): void {
    this.#answers[name] = answer as never
  }

  /** The arguments of every call of one command, oldest first. */
  argsOf<Name extends CommandName>(name: Name): readonly Args<Name>[] {
    return this.invocations
      .filter((invocation) => invocation.name === name)
      .map((invocation) => invocation.args as Args<Name>)
  }

  emit<Name extends EventName>(name: Name, payload: Events[Name]): void {
    for (const listener of this.#listeners.get(name) ?? []) listener(payload as never)
  }

  listeners(name: EventName): number {
    return this.#listeners.get(name)?.size ?? 0
  }

  invoke: Bridge['invoke'] = async (name, ...args) => {
    this.invocations.push({ name, args: args[0] })
    const answer = this.#answers[name] as ((args: unknown) => unknown) | undefined
    try {
      return { ok: true, value: (await answer?.(args[0])) ?? null } as Result<never>
    } catch (error) {
      if (error instanceof Refusal) return { ok: false, error: error.problem }
      throw error
    }
  }

  on: Bridge['on'] = (name, listener) => {
    const ofName = this.#listeners.get(name) ?? new Set()
    this.#listeners.set(name, ofName.add(listener))
    return () => void ofName.delete(listener)
  }
}
