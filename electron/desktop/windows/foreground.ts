import type { BrowserWindow } from 'electron'

/** Milliseconds after which a raised window on Wayland has the focus, or the compositor refused it. */
const focusTimeoutMs = 400

/** Brings windows to the front with the keyboard focus, one at a time. */
export class Foreground {
  readonly #onWayland: boolean
  #remapping: ReturnType<typeof setTimeout> | undefined

  constructor(onWayland: boolean) {
    this.#onWayland = onWayland
  }

  /**
   * On Wayland the compositor decides by the activation token that Electron took over from a click or a second
   * instance. Without a valid token the window stays behind others and only demands attention; hidden and shown again
   * it counts as a new window, which comes to the front. The same shows a window that Electron considers visible
   * although the compositor never mapped it.
   */
  bring(window: BrowserWindow): void {
    if (window.isMinimized()) window.restore()
    window.show()
    window.focus()
    if (!this.#onWayland) return
    clearTimeout(this.#remapping)
    if (window.isFocused()) return
    this.#remapping = setTimeout(() => {
      if (!window.isDestroyed() && window.isVisible() && !window.isFocused()) this.#remap(window)
    }, focusTimeoutMs)
    // After that the person may change to another window.
    window.once('focus', () => clearTimeout(this.#remapping))
  }

  #remap(window: BrowserWindow): void {
    const isMaximized = window.isMaximized()
    window.hide()
    window.show()
    if (isMaximized) window.maximize()
    window.focus()
  }
}
