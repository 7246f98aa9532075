/** The words that are selected inside an element; empty when the selection is elsewhere. */
export function selectionIn(element: Element | undefined): string {
  const selection = getSelection()
  if (!element || !selection || selection.isCollapsed || !element.contains(selection.anchorNode)) return ''
  return selection.toString().trim()
}

/** Every line as a quotation, the way mail does it. */
export const quotation = (text: string): string => text.replace(/^/gm, '> ').replace(/^> $/gm, '>')
