/** The nearest element around this one that scrolls up and down; null where none does. */
function scrollerOf(element: Element): Element | null {
  for (let around = element.parentElement; around; around = around.parentElement)
    if (/auto|scroll/.test(getComputedStyle(around).overflowY) && around.scrollHeight > around.clientHeight)
      return around
  return null
}

/** Changes the layout of the page, such as the size of its text, and scrolls the focused control back to where it was. */
export function keepFocusInPlace(change: () => void): void {
  const focused = document.activeElement
  const before = focused?.getBoundingClientRect().top ?? 0
  change()
  if (!focused || focused === document.body) return
  const scroller = scrollerOf(focused)
  if (scroller) scroller.scrollTop += focused.getBoundingClientRect().top - before
}
