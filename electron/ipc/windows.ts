/**
 * Every window of the app, as data. The build, the contract, the main process, the preview and the checks read it;
 * it imports nothing, so that all of them may.
 */
interface Size {
  readonly width: number
  readonly height: number
}

/** Keys of the settings file under which a place is kept between runs. */
type Placement =
  /** Opens where it was with these displays; on Wayland, where nobody knows its place, as large as it was. */
  | {
      readonly kind: 'remembered'
      readonly boundsKey: string
      readonly sizeKey: string
      readonly maximizedKey: string
    }
  /** Opens in the middle of the display with the pointer, as large as the person made it. */
  | { readonly kind: 'at-pointer'; readonly sizeKey: string }

interface WindowSpec {
  /** Below `renderer/`. */
  readonly page: `${string}.html`
  /** The section of `renderer/lib/i18n` whose `title` the window has. */
  readonly words: string
  /** Of a first start, in device-independent pixels. */
  readonly size: Size
  readonly minSize: Size
  /**
   * Every window hides when it is closed. `main`: that may be the end of the app. `panel`: only where the main window
   * was closed before, or cannot be reached; it floats above other windows until another one gets the keyboard, and
   * cannot be maximized.
   */
  readonly role: 'main' | 'panel'
  readonly placement: Placement
  /** Loaded hidden after the start, so that showing it needs no loading. */
  readonly keptWarm: boolean
  /** The event of the contract that tells it what to show. */
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
    keptWarm: false,
    event: 'navigate'
  },
  compose: {
    page: 'compose.html',
    words: 'compose',
    size: { width: 480, height: 640 },
    minSize: { width: 400, height: 420 },
    role: 'panel',
    placement: { kind: 'at-pointer', sizeKey: 'composeSize' },
    keptWarm: true,
    event: 'compose'
  }
} as const satisfies Readonly<Record<string, WindowSpec>>

export type WindowTable = typeof windowTable
export type WindowName = keyof WindowTable
export const windowNames = Object.keys(windowTable) as readonly WindowName[]
