import { app } from 'electron'
import type { DesktopState } from './port.ts'

/** Dock on macOS, launcher on Unity and KDE; Windows has none of it. Zero takes it away. */
export function createBadge(): (state: DesktopState) => void {
  let shown = 0
  return ({ unread }) => {
    if (unread === shown) return
    app.setBadgeCount(unread)
    shown = unread
  }
}
