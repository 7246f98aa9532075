import type { TrayIconName } from './tray-icon.ts'

/** The part of Electron's menu item options that the tray uses. */
export interface MenuEntry {
  /** Distinguishes tickets with the same label. */
  readonly id?: string
  readonly type?: 'separator'
  readonly label?: string
  readonly enabled?: boolean
  readonly accelerator?: string
  readonly submenu?: MenuEntry[]
  readonly click?: () => void
}

/** What the icon shows; no menu if there are no entries. */
export interface TrayContent {
  readonly icon: TrayIconName
  readonly tooltip: string
  readonly entries: MenuEntry[]
  /** Text beside the icon, on macOS. */
  readonly title: string
}

/** Shown before anything is known of the person: no count, and no word in a language that may not be theirs. */
export const plainContent: TrayContent = { icon: 'read', tooltip: 'Bilet', entries: [], title: '' }
