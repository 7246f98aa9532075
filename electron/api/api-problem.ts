import type { Problem } from '../tickets/problem.ts'

/** Thrown inside electron/api only; every method of TicketApi turns it into data. */
export class ApiProblem extends Error {
  readonly problem: Problem
  /** Whether the failure happened before anything was sent. */
  readonly neverSent: boolean

  constructor(problem: Problem, neverSent = false) {
    super(problem.kind)
    this.problem = problem
    this.neverSent = neverSent
  }
}
