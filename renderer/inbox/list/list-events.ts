/** Where a key leads in a list; null when it leads nowhere. `at`: the cursor, -1 for nowhere; `page`: rows in view. */
export function positionOfKey(
  key: string,
  { at, page, count }: { readonly at: number; readonly page: number; readonly count: number }
): number | null {
  const to: Readonly<Record<string, number>> = {
    ArrowDown: at + 1,
    ArrowUp: at === -1 ? count - 1 : at - 1,
    PageDown: at + page,
    PageUp: at - page,
    Home: 0,
    End: count - 1
  }
  const position = to[key]
  return position === undefined ? null : Math.max(0, Math.min(count - 1, position))
}

/** The row that a menu was asked for, and its place in the document: that under the pointer, else the cursor's. */
export function rowOfMenu(
  event: MouseEvent,
  box: Element | undefined
): { readonly element: Element | null; readonly isUnder: boolean; readonly position: number } {
  const under = event.target instanceof Element ? event.target.closest('.row') : null
  const element = under ?? box?.querySelector('.cursor') ?? null
  const position = [...(box?.querySelectorAll('.row') ?? [])].findIndex((one) => one === element)
  return { element, isUnder: under !== null, position }
}
