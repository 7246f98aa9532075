import { problemKinds, type ProblemKind } from '../../tickets/problem.ts'

/** Why a command failed, apart from the engine's problems. */
export const commandProblemKinds = [
  'closing', // the app is quitting
  'no-account', // no account is connected yet
  'ambiguous-account', // several accounts, and none was named; `detail` lists them
  'ambiguous-ticket', // the number exists in several accounts; `detail` lists them
  'unknown-department', // `detail` lists the known ones
  'unknown-filter', // a part of the query that looks like a filter but is none; `detail` is that part
  'unknown-entry', // no outbox entry has this id; `detail` is the id
  'changed-text', // the server would not receive the text as typed; `detail` lists what would be lost or changed
  'not-running', // the app is not running, and starting it was forbidden
  'cannot-start', // the app could not be started; `detail` is its exit code, if it ended
  'no-display', // there is no graphical session in which the app could be started
  'no-answer', // the app did not answer in time
  'not-permitted', // the profile belongs to another user; `detail` is the folder
  'untrusted-app', // what answered is not the person's app
  'other-version', // `detail` is the version of the running app
  'not-utf8', // the text is not UTF-8
  'binary-text', // the text contains NUL
  'field-required', // a field of a new ticket is empty; `detail` is its option
  'field-invalid', // `detail` is its option
  'field-too-long', // `detail` is its option
  'no-text', // the text is empty
  'file-failed' // a file could not be read or written; `detail` is its name
] as const
export type CommandProblemKind = (typeof commandProblemKinds)[number]

export const allProblemKinds = [...problemKinds, ...commandProblemKinds] as const

/** An error as data. Never contains a secret. */
export interface CommandProblem {
  readonly kind: ProblemKind | CommandProblemKind
  /** What the kind's comment says, or the name of the invalid field. */
  readonly detail?: string
}

export interface Failure {
  readonly ok: false
  readonly error: CommandProblem
}
export type CommandOutcome<T> = { readonly ok: true; readonly value: T } | Failure

export const failWith = (kind: CommandProblem['kind'], detail?: string): Failure => ({
  ok: false,
  error: detail === undefined ? { kind } : { kind, detail }
})
