import { Menu, type MenuItemConstructorOptions } from 'electron'
import type { Locale } from '../../tickets/locale.ts'
import type { Act, Platform } from '../types.ts'
import { wordsOf } from '../words.ts'

const separator = { type: 'separator' } as const

/**
 * The menu bar of a Mac; elsewhere the same commands stand in a bar that Alt shows, and bring the keys people know:
 * Ctrl+N, Ctrl+W, and Ctrl+Q where it is usual. A role brings its key and what it does, we bring its words.
 */
export function appMenu(platform: Platform, locale: Locale, act: Act): MenuItemConstructorOptions[] {
  const words = wordsOf(locale)
  const newTicket: MenuItemConstructorOptions = {
    label: words.newTicket,
    accelerator: 'CommandOrControl+N',
    click: () => act({ kind: 'new-ticket' })
  }
  const settings: MenuItemConstructorOptions = {
    label: words.settings,
    accelerator: 'CommandOrControl+,',
    click: () => act({ kind: 'settings' })
  }
  const close: MenuItemConstructorOptions = { role: 'close', label: words.menu.close }
  const quit: MenuItemConstructorOptions = { role: 'quit', label: words.quit }
  const edit: MenuItemConstructorOptions = {
    label: platform === 'darwin' ? words.menu.editOnMac : words.menu.edit,
    submenu: [
      { role: 'undo', label: words.menu.undo },
      { role: 'redo', label: words.menu.redo },
      separator,
      { role: 'cut', label: words.menu.cut },
      { role: 'copy', label: words.menu.copy },
      { role: 'paste', label: words.menu.paste },
      { role: 'delete', label: words.menu.remove },
      separator,
      { role: 'selectAll', label: words.menu.selectAll }
    ]
  }
  if (platform !== 'darwin')
    return [{ label: words.menu.file, submenu: [newTicket, settings, separator, close, quit] }, edit]
  return [
    {
      // macOS shows the app's own name here.
      role: 'appMenu',
      submenu: [
        { role: 'about', label: words.menu.about },
        separator,
        settings,
        separator,
        { role: 'services', label: words.menu.services },
        separator,
        { role: 'hide', label: words.menu.hide },
        { role: 'hideOthers', label: words.menu.hideOthers },
        { role: 'unhide', label: words.menu.showAll },
        separator,
        quit
      ]
    },
    { label: words.menu.file, submenu: [newTicket, separator, close] },
    edit,
    {
      // The role lets macOS list the windows in it.
      role: 'windowMenu',
      label: words.menu.window,
      submenu: [
        { role: 'minimize', label: words.menu.minimize },
        { role: 'zoom', label: words.menu.zoom },
        separator,
        { role: 'front', label: words.menu.front }
      ]
    }
  ]
}

export function setAppMenu(platform: Platform, locale: Locale, act: Act): void {
  Menu.setApplicationMenu(Menu.buildFromTemplate(appMenu(platform, locale, act)))
}
