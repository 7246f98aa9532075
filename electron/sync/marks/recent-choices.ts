/** What the person chose for new tickets, the latest first. */
import type { Marks } from './marks.ts'

const maxRecent = 20

const recentFirst = <T>(one: T, others: readonly T[]): readonly T[] =>
  [one, ...others.filter((other) => other !== one)].slice(0, maxRecent)

export function rememberRecent(marks: Marks, departmentId: number, service: string): void {
  marks.recentDepartments = recentFirst(departmentId, marks.recentDepartments)
  marks.recentServices = recentFirst(service, marks.recentServices)
}
