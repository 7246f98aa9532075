import { Menu, nativeImage, Tray } from 'electron'
import type { Settings } from '../../ipc/contract.ts'
import type { Act, Platform } from '../types.ts'
import type { TrayContent } from './tray-content.ts'
import { trayIconFile } from './tray-icon.ts'

/** What the icon belongs to, once it is there. */
export interface TrayOwner {
  readonly act: Act
  /** What a click on the icon opens. */
  readonly clickOpens: () => Settings['trayClick']
}

export interface TrayView {
  /** Idempotent: shows this content, whatever was shown before. Rethrows Electron's errors. */
  render(content: TrayContent): void
  /** Clicks go to this owner from now on. The newest of those before is carried out now. */
  connect(owner: TrayOwner): void
  /** Re-creates the icon, for a panel that started after it was created. */
  renew(): void
  /** Result of the last attempt to show the icon, for diagnostics. */
  lastOutcome(): string
  destroy(): void
}

/**
 * Tray events that open the inbox. On macOS a click opens the menu. On Linux, panels that support `ItemIsMenu` open the
 * menu and send no event; the others send `click`.
 */
export function openingEvents(platform: Platform): readonly ('click' | 'double-click')[] {
  switch (platform) {
    case 'darwin':
      return []
    case 'win32':
      return ['click', 'double-click']
    case 'linux':
      return ['click']
  }
}

type Click = (owner: TrayOwner) => void

interface ClickParts {
  readonly platform: Platform
  readonly menu: () => Electron.Menu | null
  readonly clicked: (click: Click) => void
}

/** Clicks open the inbox or the popover; on macOS only the popover, whose icon has its menu behind the other button. */
function listenToClicks(tray: Tray, { platform, menu, clicked }: ClickParts): void {
  const openPopover = (act: Act, bounds: Electron.Rectangle): void =>
    act({ kind: 'popover', anchor: bounds.width > 0 ? bounds : null })
  for (const event of openingEvents(platform))
    tray.on(event as 'click', (_event, bounds) => {
      clicked(({ act, clickOpens }) => {
        if (event === 'click' && clickOpens() === 'popover') openPopover(act, bounds)
        else act({ kind: 'inbox' })
      })
    })
  if (platform !== 'darwin') return
  tray.on('click', (_event, bounds) => {
    clicked(({ act, clickOpens }) => {
      if (clickOpens() === 'popover') openPopover(act, bounds)
    })
  })
  tray.on('right-click', () => {
    clicked(({ clickOpens }) => {
      const items = menu()
      if (clickOpens() === 'popover' && items) tray.popUpContextMenu(items)
    })
  })
}

/** Passes clicks to the owner, the newest of those before there is one, too. */
class Clicks {
  owner: TrayOwner | null = null
  #early: Click | null = null

  add(click: Click): void {
    if (this.owner) click(this.owner)
    else this.#early = click
  }

  connect(owner: TrayOwner): void {
    this.owner = owner
    this.#early?.(owner)
    this.#early = null
  }
}

const emptyTray = { icon: '', tooltip: '', menu: '', title: '' }

/** The tray icon. Unchanged parts are not set again: on Linux setting a menu closes the open one. */
export function createTray(options: {
  readonly platform: Platform
  readonly iconFolder: string
  /** Called after the icon was created or re-created. */
  readonly onMade: () => void
}): TrayView {
  const { platform, iconFolder, onMade } = options
  let tray: Tray | null = null
  const clicks = new Clicks()
  let builtMenu: Electron.Menu | null = null
  let shown = emptyTray
  let lastContent: TrayContent | null = null
  let outcome = 'not shown yet'

  const image = (file: string): Electron.NativeImage => {
    const icon = nativeImage.createFromPath(`${iconFolder}/${file}`)
    // Electron accepts an empty image without an error, and the icon would be invisible.
    const name = file.replace(/\.\w+$/, '')
    outcome = icon.isEmpty() ? `no picture ${name}` : `shown ${name}`
    if (platform === 'darwin') icon.setTemplateImage(true)
    return icon
  }

  function make(icon: string): Tray {
    const made = new Tray(image(icon))
    listenToClicks(made, { platform, menu: () => builtMenu, clicked: (click) => clicks.add(click) })
    shown = { ...emptyTray, icon }
    onMade()
    return made
  }

  function render(content: TrayContent): void {
    lastContent = content
    try {
      draw(content)
    } catch (error) {
      outcome = `failed: ${error instanceof Error ? error.message : 'unknown'}`
      throw error
    }
  }

  function draw({ icon: name, tooltip, entries, title }: TrayContent): void {
    const icon = trayIconFile(name, platform)
    const opensMenu = platform !== 'darwin' || clicks.owner?.clickOpens() !== 'popover'
    const menu = entries.length === 0 ? '' : `${opensMenu} ${JSON.stringify(entries)}`
    tray ??= make(icon)
    if (icon !== shown.icon) tray.setImage(image(icon))
    if (tooltip !== shown.tooltip) tray.setToolTip(tooltip)
    if (menu !== shown.menu) {
      builtMenu = Menu.buildFromTemplate(entries)
      // With a menu of its own the icon tells no clicks on macOS.
      tray.setContextMenu(opensMenu ? builtMenu : null)
    }
    if (title !== shown.title) tray.setTitle(title)
    shown = { icon, tooltip, menu, title }
  }

  function destroy(): void {
    tray?.destroy()
    tray = null
  }

  return {
    render,
    lastOutcome: () => outcome,
    connect: (owner) => clicks.connect(owner),
    renew() {
      destroy()
      if (lastContent) render(lastContent)
    },
    destroy
  }
}
