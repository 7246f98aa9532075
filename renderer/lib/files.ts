/**
 * Files were dropped or pasted: the API takes none. Text that was copied with a picture of itself, as office programs do,
 * is text. The event goes no further where it holds files.
 */
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
