import type { OutboxChange, OutboxItem } from './views.ts'

/** The items after a change: known ones stay in their place, new ones come last. */
export function withOutboxChange(
  items: readonly OutboxItem[],
  { changed, removed }: OutboxChange
): readonly OutboxItem[] {
  const byId = new Map(items.map((item) => [item.id, item]))
  for (const id of removed) byId.delete(id)
  for (const item of changed) byId.set(item.id, item)
  return [...byId.values()]
}
