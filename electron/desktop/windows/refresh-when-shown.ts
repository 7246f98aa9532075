import type { QuitService } from '../lifecycle/quit.ts'
import type { Windows } from './windows.ts'

/**
 * Milliseconds that an opened inbox shows the tickets that are known before the list is requested: reading a list of thousands of
 * tickets would take its time from the rows that the person waits for.
 */
const afterShownMs = 500

/** Requests the lists when the inbox was opened, once for openings that follow each other. */
export function refreshWhenShown(parts: {
  readonly windows: Pick<Windows, 'onInboxShown'>
  readonly quit: Pick<QuitService, 'onBegin'>
  readonly refresh: () => void
}): void {
  const { windows, quit, refresh } = parts
  let timer: NodeJS.Timeout | undefined
  windows.onInboxShown(() => {
    clearTimeout(timer)
    timer = setTimeout(refresh, afterShownMs)
  })
  quit.onBegin(() => clearTimeout(timer))
}
