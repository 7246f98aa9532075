/** What the two choosers offer, and what typed text means among it. */
import { serviceKey } from '../../electron/tickets/services.ts'
import type { Service } from '../../electron/tickets/ticket.ts'
import { fold, foldedWords } from '../../electron/tickets/text/turkish.ts'
import type { Department } from '../../electron/tickets/views.ts'

export interface Choice {
  readonly value: string
  readonly label: string
  /** Said beside the label, quieter; empty for none. */
  readonly detail: string
  readonly recent: boolean
}

/** Those named in `recent` first, in that order; the others as they came. */
function recentFirst(choices: readonly Choice[], recent: readonly string[]): readonly Choice[] {
  const byValue = new Map(choices.map((choice) => [choice.value, choice]))
  const first = recent.flatMap((value) => {
    const choice = byValue.get(value)
    byValue.delete(value)
    return choice ? [{ ...choice, recent: true }] : []
  })
  return [...first, ...byValue.values()]
}

export const departmentChoices = (
  departments: readonly Department[],
  recent: readonly number[]
): readonly Choice[] =>
  recentFirst(
    departments.map(({ id, name }) => ({ value: String(id), label: name, detail: '', recent: false })),
    recent.map(String)
  )

/** Services by product, and ids used before, also without a list. `said`: our words by the server's state in lower case. */
export function serviceChoices(
  services: readonly Service[],
  recent: readonly string[],
  said: Readonly<Record<string, string>>
): readonly Choice[] {
  const ofServer = new Map(Object.entries(said))
  const choices = new Map<string, Choice>()
  const put = (key: string, choice: Choice): void => {
    if (!choices.has(key)) choices.set(key, choice)
  }
  for (const { id, product, status } of services)
    put(serviceKey(id), {
      value: id,
      label: product || id,
      detail: [product ? id : '', ofServer.get(status.toLowerCase()) ?? status].filter(Boolean).join(' · '),
      recent: false
    })
  for (const id of recent) put(serviceKey(id), { value: id, label: id, detail: '', recent: false })
  return recentFirst(
    [...choices.values()],
    recent.flatMap((id) => choices.get(serviceKey(id))?.value ?? [])
  )
}

const foldedChoices = new WeakMap<Choice, string>()
function folded(choice: Choice): string {
  const known = foldedChoices.get(choice) ?? fold(`${choice.label} ${choice.detail} ${choice.value}`)
  foldedChoices.set(choice, known)
  return known
}

/** Every word that was typed occurs; Turkish letters folded both ways. */
export function matching(choices: readonly Choice[], typed: string): readonly Choice[] {
  const words = foldedWords(typed)
  return choices.filter((choice) => words.every((word) => folded(choice).includes(word)))
}

/** The one choice that typed text can only mean: its whole label, or the only match. */
export function impliedChoice(choices: readonly Choice[], typed: string): Choice | null {
  if (typed.trim() === '') return null
  const whole = choices.filter(({ label }) => fold(label) === fold(typed.trim()))
  const found = whole.length > 0 ? whole : matching(choices, typed)
  return found.length === 1 ? (found[0] ?? null) : null
}
