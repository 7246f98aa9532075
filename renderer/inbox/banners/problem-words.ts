import type { Problem } from '../../../electron/tickets/problem.ts'
import { app } from '../../lib/app.svelte.ts'
import { clock } from '../../lib/format.ts'
import { words } from '../../lib/i18n/index.ts'
import { withoutRetrySentence } from '../../lib/i18n/problems.ts'

/** The problem, with the server's explanation, and when it is retried, which is said only once. */
export function problemWords(
  problem: Problem,
  nextAt: number | null
): { readonly what: readonly string[]; readonly next: readonly string[] } {
  const say = words().inbox
  const text = words().problems[problem.kind]
  const what = [nextAt === null ? text : withoutRetrySentence(text, app.locale)]
  if (problem.serverMessage) what.push(say.serverSays(problem.serverMessage))
  return { what, next: nextAt === null ? [] : [say.nextTry(clock(nextAt, app.locale))] }
}
