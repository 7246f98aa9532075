import type { FollowUpRule } from '../account-rules.ts'

/** The rule that applies to a ticket of this department, which is null if unknown; null if none does. */
export function followUpRuleOf(
  rules: readonly FollowUpRule[],
  department: number | null
): FollowUpRule | null {
  const own = rules.filter((rule) => rule.department !== null && rule.department === department)
  const general = rules.filter((rule) => rule.department === null)
  const among = own.length > 0 ? own : general
  return among.reduce<FollowUpRule | null>(
    (shortest, rule) => (shortest === null || rule.hours < shortest.hours ? rule : shortest),
    null
  )
}
