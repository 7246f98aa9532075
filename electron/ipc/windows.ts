/**
 * Every window of the app, as data. Used by the build, the contract, the main process, the preview and the checks; it has no
 * imports, so that all of them can import it.
 */
interface Size {
  readonly width: number
  readonly height: number
}

/** How a window is placed, and the keys of the settings file that store its bounds between runs. */
type Placement =
  /** Restores position and size for the current displays; on Wayland, which hides positions, only the size. */
  | {
      readonly kind: 'remembered'
      readonly boundsKey: string
      readonly sizeKey: string
      readonly maximizedKey: string
    }
  /** Opens in the centre of the display with the pointer, with the last size. */
  | { readonly kind: 'at-pointer'; readonly sizeKey: string }
  /** Opens beside the tray icon; on X11, which does not tell where the icon is, beside the pointer that clicked it. */
  | { readonly kind: 'at-tray' }

interface WindowSpec {
  /** Path relative to `renderer/`. */
  readonly page: `${string}.html`
  /** The section of `renderer/lib/i18n` with the window's `title`. */
  readonly words: string
  /** Initial size, in device-independent pixels. */
  readonly size: Size
  readonly minSize: Size
  /**
   * Every window is hidden when it is closed. `main`: closing it may quit the app. `panel`: closing it quits the app only if
   * the main window is closed or cannot be reached; it stays above other windows until another one gets the focus, and cannot
   * be maximized. `popover`: has no frame, and is hidden once another window gets the focus; whether it is shown decides about
   * nothing else.
   */
  readonly role: 'main' | 'panel' | 'popover'
  readonly placement: Placement
  /**
   * Key of the settings file with the time of the last use: used within a day, the window is loaded hidden after the start
   * and stays loaded, so that it opens without delay. Null: a closed window is let go after some minutes in any case.
   */
  readonly usedAtKey: string | null
  /** The contract's event that tells the window what to show. */
  readonly event: string
}

export const windowTable = {
  inbox: {
    page: 'inbox.html',
    words: 'inbox',
    size: { width: 980, height: 660 },
    minSize: { width: 480, height: 400 },
    role: 'main',
    placement: {
      kind: 'remembered',
      boundsKey: 'inboxBounds',
      sizeKey: 'inboxSize',
      maximizedKey: 'inboxMaximized'
    },
    usedAtKey: null,
    event: 'navigate'
  },
  compose: {
    page: 'compose.html',
    words: 'compose',
    size: { width: 480, height: 640 },
    minSize: { width: 400, height: 420 },
    role: 'panel',
    placement: { kind: 'at-pointer', sizeKey: 'composeSize' },
    usedAtKey: 'composeUsedAt',
    event: 'compose'
  },
  popover: {
    page: 'popover.html',
    words: 'popover',
    size: { width: 400, height: 480 },
    minSize: { width: 320, height: 240 },
    role: 'popover',
    placement: { kind: 'at-tray' },
    usedAtKey: null,
    event: 'popover'
  }
} as const satisfies Readonly<Record<string, WindowSpec>>

export type WindowTable = typeof windowTable
export type WindowName = keyof WindowTable
export const windowNames = Object.keys(windowTable) as readonly WindowName[]
