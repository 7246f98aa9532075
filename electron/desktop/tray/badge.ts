import { app, nativeImage, type BrowserWindow } from 'electron'
import type { DesktopState, Platform } from '../types.ts'
import { countText } from './tray-menu.ts'

export type Badge =
  /** The dock on macOS; on Linux, launchers that support Unity's protocol. */
  | { readonly kind: 'count'; readonly count: number }
  /** An overlay icon on the taskbar button; a null `file` removes it. */
  | { readonly kind: 'overlay'; readonly file: string | null; readonly description: string }

/** The badge for a state. A count of zero removes it. */
export function badgeOf(state: DesktopState, platform: Platform): Badge {
  const { counted } = state
  if (platform !== 'win32') return { kind: 'count', count: counted }
  if (counted === 0) return { kind: 'overlay', file: null, description: '' }
  const number = counted > 99 ? '99+' : counted > 9 ? '9+' : String(counted)
  return { kind: 'overlay', file: `${number}-overlay.png`, description: countText(state) }
}

/**
 * `inbox`: the window whose taskbar button carries the overlay; null while there is none. On Windows the button flashes
 * when the count rises while another program has the focus, and stops when the window gets the focus.
 */
export function createBadge(options: {
  readonly platform: Platform
  readonly iconFolder: string
  inbox(): BrowserWindow | null
  /** Linux: sends the count to launchers. */
  sendLauncherCount(count: number): void
}): (state: DesktopState) => void {
  const { platform, iconFolder } = options
  let count = 0
  let overlay: Extract<Badge, { kind: 'overlay' }> = { kind: 'overlay', file: null, description: '' }
  let attachedTo: BrowserWindow | null = null

  function draw(window: BrowserWindow): void {
    const image = overlay.file === null ? null : nativeImage.createFromPath(`${iconFolder}/${overlay.file}`)
    window.setOverlayIcon(image, overlay.description)
  }
  function attach(window: BrowserWindow): void {
    attachedTo = window
    window.on('focus', () => window.flashFrame(false))
    // A hidden window has no taskbar button, and a new button starts without the overlay.
    window.on('show', () => draw(window))
  }

  return (state) => {
    const badge = badgeOf(state, platform)
    const before = count
    count = state.counted
    if (badge.kind === 'count') {
      if (count === before) return
      if (platform === 'linux') options.sendLauncherCount(badge.count)
      else app.setBadgeCount(badge.count)
      return
    }
    const window = options.inbox()
    if (!window || (count === before && window === attachedTo)) return
    overlay = badge
    if (window !== attachedTo) attach(window)
    draw(window)
    if (count === 0) window.flashFrame(false)
    else if (count > before && !window.isFocused()) window.flashFrame(true)
  }
}
