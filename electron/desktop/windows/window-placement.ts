/** Position and size of windows: where they open, and what is stored. */
import { screen, type BrowserWindow } from 'electron'
import { windowTable, type WindowName, type WindowTable } from '../../ipc/windows.ts'
import type { KeyValueStore } from '../../storage/settings.ts'
import {
  arrangementOf,
  centreOn,
  placeBeside,
  placeOn,
  readSavedBounds,
  readSavedSize,
  savedBoundsFor,
  remember,
  sizeWithin,
  type Bounds,
  type SavedBounds,
  type Size
} from './placement.ts'

export interface WindowPlacement {
  /** Bounds or size for creating the window. */
  opening(): Bounds | Size
  /** Starts to observe a window that was just created. */
  watch(window: BrowserWindow): void
  /** Moves a hidden window to where it is shown next. `anchor`: the tray icon's area, where it is known. */
  place(window: BrowserWindow, anchor?: Bounds | null): void
  /** Stores position and size; call it when the window is closed or hidden. */
  save(window: BrowserWindow): void
  /** Call it when displays were added, removed or changed. */
  displaysChanged(): void
}

export interface PlacementOptions {
  /** On Wayland windows cannot be placed, and their position is unknown. */
  readonly onWayland: boolean
  /** The settings file; its values are validated here. */
  readonly store: KeyValueStore
}

type Keys<Kind> = Extract<WindowTable[WindowName]['placement'], { kind: Kind }>

/** Delay in milliseconds after the last move or resize event before saving. */
const saveAfterMs = 500

const sizeOf = ({ width, height }: Size): Size => ({ width, height })
const workAreas = (): readonly Bounds[] => screen.getAllDisplays().map(({ workArea }) => workArea)

function moveTo(window: BrowserWindow, there: Bounds): void {
  const now = window.getBounds()
  if (there.x !== now.x || there.y !== now.y || there.width !== now.width || there.height !== now.height)
    window.setBounds(there)
}

/** Opens where the window was with the current displays, maximized if it was. On Wayland only the size is stored. */
class RememberedPlacement implements WindowPlacement {
  readonly #keys: Keys<'remembered'>
  readonly #wanted: Size
  readonly #options: PlacementOptions
  #window: BrowserWindow | null = null
  #arrangement = arrangementOf(workAreas())

  constructor(keys: Keys<'remembered'>, wanted: Size, options: PlacementOptions) {
    this.#keys = keys
    this.#wanted = wanted
    this.#options = options
  }

  opening(): Bounds | Size {
    if (!this.#options.onWayland) return this.#placed(this.#savedBounds())
    const saved =
      readSavedSize(this.#options.store.get(this.#keys.sizeKey)) ??
      readSavedSize(this.#options.store.get(this.#keys.boundsKey))
    return sizeWithin(workAreas(), saved ?? this.#wanted)
  }

  watch(window: BrowserWindow): void {
    const { store } = this.#options
    const { maximizedKey } = this.#keys
    this.#window = window
    window.on('closed', () => {
      this.#window = null
    })
    let saving: ReturnType<typeof setTimeout> | undefined
    const saveSoon = (): void => {
      clearTimeout(saving)
      saving = setTimeout(() => {
        if (!window.isDestroyed()) this.save(window)
      }, saveAfterMs)
    }
    window.on('move', saveSoon)
    window.on('resize', saveSoon)
    window.on('maximize', () => void store.set(maximizedKey, true))
    window.on('unmaximize', () => void store.set(maximizedKey, false))
    // Deferred, because maximizing a hidden window shows it.
    if (store.get(maximizedKey) === true) window.once('show', () => window.maximize())
  }

  /** A hidden window stays where it is. */
  place(): void {
    return
  }

  save(window: BrowserWindow): void {
    if (window.isMinimized() || window.isMaximized() || window.isFullScreen()) return
    const { onWayland, store } = this.#options
    const bounds = window.getBounds()
    // Wayland always reports 0,0, so the position stored by an X11 session is kept.
    if (onWayland) store.set(this.#keys.sizeKey, sizeOf(bounds))
    else store.set(this.#keys.boundsKey, remember(this.#savedBounds(), workAreas(), bounds))
  }

  /** Also called for changes such as the colour depth; then the window stays where it is. */
  displaysChanged(): void {
    const now = arrangementOf(workAreas())
    if (now === this.#arrangement) this.#keepInside()
    else this.#rearrange()
    this.#arrangement = now
  }

  #savedBounds(): SavedBounds | null {
    return readSavedBounds(this.#options.store.get(this.#keys.boundsKey))
  }

  #placed(saved: SavedBounds | null): Bounds {
    const areas = workAreas()
    return placeOn(areas, savedBoundsFor(saved, areas), this.#wanted)
  }

  #movableWindow(): BrowserWindow | null {
    const window = this.#window
    if (!window || this.#options.onWayland) return null
    return window.isMaximized() || window.isFullScreen() ? null : window
  }

  /** Moves the window to its bounds with the current displays, inside of one of them. */
  #rearrange(): void {
    const window = this.#movableWindow()
    if (window) moveTo(window, this.#placed({ ...this.#savedBounds(), ...window.getBounds() }))
  }

  #keepInside(): void {
    const window = this.#movableWindow()
    if (window) moveTo(window, placeOn(workAreas(), window.getBounds(), this.#wanted))
  }
}

/** Opens centred on the display with the pointer, in the size that the person chose. */
class PointerPlacement implements WindowPlacement {
  readonly #keys: Keys<'at-pointer'>
  readonly #wanted: Size
  readonly #options: PlacementOptions
  /** The size that was set last; a different size was chosen by the person. */
  #lastSize: Size
  #resized = false

  constructor(keys: Keys<'at-pointer'>, wanted: Size, options: PlacementOptions) {
    this.#keys = keys
    this.#wanted = wanted
    this.#options = options
    this.#lastSize = wanted
  }

  opening(): Size {
    return (this.#lastSize = this.#saved())
  }

  watch(window: BrowserWindow): void {
    this.#resized = false
    window.on('resize', () => {
      const { width, height } = window.getBounds()
      if (!window.isVisible() || (width === this.#lastSize.width && height === this.#lastSize.height)) return
      this.#lastSize = { width, height }
      this.#resized = true
    })
  }

  place(window: BrowserWindow): void {
    const { workArea } = screen.getDisplayNearestPoint(screen.getCursorScreenPoint())
    const { width, height } = this.#saved()
    const place = centreOn(workArea, width, height)
    this.#lastSize = place
    if (this.#options.onWayland) window.setSize(place.width, place.height)
    else window.setBounds(place)
  }

  save(): void {
    if (this.#resized) this.#options.store.set(this.#keys.sizeKey, sizeOf(this.#lastSize))
    this.#resized = false
  }

  /** Nothing to do: the window is placed each time it is shown. */
  displaysChanged(): void {
    return
  }

  #saved(): Size {
    return readSavedSize(this.#options.store.get(this.#keys.sizeKey)) ?? this.#wanted
  }
}

/** Opens beside the tray icon. */
class TrayPlacement implements WindowPlacement {
  readonly #size: Size

  constructor(size: Size) {
    this.#size = size
  }

  opening(): Size {
    return this.#size
  }

  watch(): void {
    return
  }

  place(window: BrowserWindow, anchor: Bounds | null = null): void {
    const beside = anchor ?? { ...screen.getCursorScreenPoint(), width: 0, height: 0 }
    window.setBounds(placeBeside(beside, screen.getDisplayNearestPoint(beside).workArea, this.#size))
  }

  save(): void {
    return
  }

  /** Nothing to do: the window is placed each time it is shown. */
  displaysChanged(): void {
    return
  }
}

export function placementOf(name: WindowName, options: PlacementOptions): WindowPlacement {
  const { placement, size } = windowTable[name]
  switch (placement.kind) {
    case 'remembered':
      return new RememberedPlacement(placement, size, options)
    case 'at-pointer':
      return new PointerPlacement(placement, size, options)
    case 'at-tray':
      return new TrayPlacement(size)
  }
}
