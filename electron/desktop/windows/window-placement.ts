/** Where a window opens, and what is kept of where the person put it. */
import { screen, type BrowserWindow } from 'electron'
import { windowTable, type WindowName, type WindowTable } from '../../ipc/windows.ts'
import type { KeyValueStore } from '../../storage/settings.ts'
import {
  arrangementOf,
  centreOn,
  placeOn,
  readSavedBounds,
  readSavedSize,
  recall,
  remember,
  sizeWithin,
  type Bounds,
  type SavedBounds,
  type Size
} from './placement.ts'

export interface WindowPlacement {
  /** What to make it with. */
  opening(): Bounds | Size
  /** Follows a window that was just made. */
  watch(window: BrowserWindow): void
  /** Moves a hidden one to where it is to be shown. */
  place(window: BrowserWindow): void
  /** It is being closed or hidden. */
  save(window: BrowserWindow): void
  /** Displays came, went or changed. */
  displaysChanged(): void
}

export interface PlacementOptions {
  /** Wayland places windows by itself and tells nobody where. */
  readonly onWayland: boolean
  /** The file of settings; what it holds is checked here. */
  readonly store: KeyValueStore
}

type Keys<Kind> = Extract<WindowTable[WindowName]['placement'], { kind: Kind }>

/** Moving and resizing is told many times a second; it is saved when it has rested this long. */
const saveAfterMs = 500

const sizeOf = ({ width, height }: Size): Size => ({ width, height })
const workAreas = (): readonly Bounds[] => screen.getAllDisplays().map(({ workArea }) => workArea)

function moveTo(window: BrowserWindow, there: Bounds): void {
  const now = window.getBounds()
  if (there.x !== now.x || there.y !== now.y || there.width !== now.width || there.height !== now.height)
    window.setBounds(there)
}

/**
 * Opens where it was with these displays, maximized if it was. The place is neither read nor written on Wayland, but
 * for a first size.
 */
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
    // Not before it is shown: maximizing a hidden window shows it.
    if (store.get(maximizedKey) === true) window.once('show', () => window.maximize())
  }

  /** Stays where it was hidden. */
  place(): void {
    return
  }

  save(window: BrowserWindow): void {
    if (window.isMinimized() || window.isMaximized() || window.isFullScreen()) return
    const { onWayland, store } = this.#options
    const bounds = window.getBounds()
    // Wayland says 0,0 wherever the window is: the place that an X11 session knows stays as it is.
    if (onWayland) store.set(this.#keys.sizeKey, sizeOf(bounds))
    else store.set(this.#keys.boundsKey, remember(this.#savedBounds(), workAreas(), bounds))
  }

  /** Also called where nothing moved, such as for a colour depth: then the window stays where the person drags it. */
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
    return placeOn(areas, recall(saved, areas), this.#wanted)
  }

  #movable(): BrowserWindow | null {
    const window = this.#window
    if (!window || this.#options.onWayland) return null
    return window.isMaximized() || window.isFullScreen() ? null : window
  }

  /** Back to where it was with these displays, and in any case to where the person can reach it. */
  #rearrange(): void {
    const window = this.#movable()
    if (window) moveTo(window, this.#placed({ ...this.#savedBounds(), ...window.getBounds() }))
  }

  #keepInside(): void {
    const window = this.#movable()
    if (window) moveTo(window, placeOn(workAreas(), window.getBounds(), this.#wanted))
  }
}

/** Opens in the middle of the display with the pointer, as large as the person made it. */
class PointerPlacement implements WindowPlacement {
  readonly #keys: Keys<'at-pointer'>
  readonly #wanted: Size
  readonly #options: PlacementOptions
  /** What the display left of the size; the person's own is what differs from it. */
  #given: Size
  #resized = false

  constructor(keys: Keys<'at-pointer'>, wanted: Size, options: PlacementOptions) {
    this.#keys = keys
    this.#wanted = wanted
    this.#options = options
    this.#given = wanted
  }

  opening(): Size {
    return (this.#given = this.#saved())
  }

  watch(window: BrowserWindow): void {
    this.#resized = false
    window.on('resize', () => {
      const { width, height } = window.getBounds()
      if (!window.isVisible() || (width === this.#given.width && height === this.#given.height)) return
      this.#given = { width, height }
      this.#resized = true
    })
  }

  place(window: BrowserWindow): void {
    const { workArea } = screen.getDisplayNearestPoint(screen.getCursorScreenPoint())
    const { width, height } = this.#saved()
    const place = centreOn(workArea, width, height)
    this.#given = place
    if (this.#options.onWayland) window.setSize(place.width, place.height)
    else window.setBounds(place)
  }

  save(): void {
    if (this.#resized) this.#options.store.set(this.#keys.sizeKey, sizeOf(this.#given))
    this.#resized = false
  }

  /** It is placed anew each time it is shown. */
  displaysChanged(): void {
    return
  }

  #saved(): Size {
    return readSavedSize(this.#options.store.get(this.#keys.sizeKey)) ?? this.#wanted
  }
}

export function placementOf(name: WindowName, options: PlacementOptions): WindowPlacement {
  const { placement, size } = windowTable[name]
  switch (placement.kind) {
    case 'remembered':
      return new RememberedPlacement(placement, size, options)
    case 'at-pointer':
      return new PointerPlacement(placement, size, options)
  }
}
