/** Whether files were dropped or pasted, which stops the event. Office programs copy text with a picture of it: text. */
export function holdsFiles(event: ClipboardEvent | DragEvent): boolean {
  const data = 'dataTransfer' in event ? event.dataTransfer : event.clipboardData
  if (!data || data.files.length === 0 || data.types.includes('text/plain')) return false
  event.preventDefault()
  return true
}

/** Over a field: without it, a dropped file is not told of. */
export function acceptFiles(event: DragEvent): void {
  if (event.dataTransfer?.types.includes('Files')) event.preventDefault()
}
