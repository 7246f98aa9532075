import type { BrowserWindow } from 'electron'

/** On Wayland a window that was asked to come to the front has the keyboard within this time, or the desktop refused. */
const focusTimeoutMs = 400

/** Brings windows to the front, with the keyboard; one at a time, for the person looks at one. */
export class Foreground {
  readonly #onWayland: boolean
  #remapping: ReturnType<typeof setTimeout> | undefined

  constructor(onWayland: boolean) {
    this.#onWayland = onWayland
  }

  /**
   * On Wayland the desktop decides, by the activation token that Electron took over from a click or a second start.
   * Without a good one the window stays behind and only blinks; mapped anew, it is a new window, and that comes to the
   * front. The same brings up one that Electron took for shown and no compositor did.
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
    // The person may go on to another window from then on.
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
