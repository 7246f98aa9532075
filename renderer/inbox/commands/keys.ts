import type { WorkKey } from '../work/work-commands.svelte.ts'

/** A key that means something in the inbox wherever the focus is, outside fields. */
export type Key =
  | WorkKey
  | 'j'
  | 'k'
  | 'r'
  | 'e'
  | 'Shift+E'
  | 'Shift+J'
  | 'Shift+K'
  | 'c'
  | 'u'
  | 'm'
  | 'x'
  | 'n'
  | 'z'
  | 'g'
  | '/'
  | '?'
  | 'Enter'
  | 'Escape'
  | 'palette'

const single: ReadonlySet<string> = new Set([
  'j',
  'k',
  'c',
  'r',
  'e',
  'u',
  'm',
  'x',
  'n',
  'z',
  'g',
  'd',
  'h',
  'f',
  'p',
  't',
  'F2',
  '/',
  '?'
])

const isField = (target: EventTarget | null): boolean =>
  target instanceof HTMLInputElement ||
  target instanceof HTMLTextAreaElement ||
  target instanceof HTMLSelectElement

/** Elements that handle Enter themselves. */
const takesEnter = (target: EventTarget | null): boolean =>
  target instanceof Element && target.closest('a, button, summary') !== null

/** A reply box keeps the focus after sending, so there the key of text fields takes back what was sent. */
const isEmptyTextBox = (target: EventTarget | null): boolean =>
  target instanceof HTMLTextAreaElement && target.value === ''

/**
 * Which of our keys this is; null for all others, and for what belongs to a field or the system. `canUndo`: something was sent
 * or closed that can be taken back.
 */
export function keyOfEvent(event: KeyboardEvent, canUndo: boolean): Key | null {
  if (event.defaultPrevented || event.isComposing) return null
  const mod = event.ctrlKey || event.metaKey
  if (mod && !event.altKey && !event.shiftKey && event.key.toLowerCase() === 'k') return 'palette'
  if (mod && !event.altKey && !event.shiftKey && event.key.toLowerCase() === 'f') return '/'
  if (event.key === 'Escape') return 'Escape'
  if (event.altKey) return null
  const isUndo = mod && event.key.toLowerCase() === 'z' && !event.shiftKey
  if (isUndo && canUndo && isEmptyTextBox(event.target)) return 'z'
  if (isField(event.target)) return null
  if (mod) return isUndo ? 'z' : null
  if (event.key === 'Enter') return takesEnter(event.target) ? null : 'Enter'
  if (event.shiftKey && /^[ejkmn]$/i.test(event.key)) return `Shift+${event.key.toUpperCase()}` as Key
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key
  return single.has(key) ? (key as Key) : null
}

/** Null for any other key, and in a field. */
export function digitOfKey(event: KeyboardEvent): number | null {
  const isPlain = !event.ctrlKey && !event.metaKey && !event.altKey && !isField(event.target)
  return isPlain && /^\d$/.test(event.key) ? Number(event.key) : null
}
