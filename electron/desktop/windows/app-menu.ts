import { Menu, type MenuItemConstructorOptions } from 'electron'
import type { HelpPage } from '../../ipc/contract.ts'
import type { Locale } from '../../tickets/locale.ts'
import type { Act, Platform } from '../types.ts'
import { wordsOf, type Words } from '../words.ts'

const separator = { type: 'separator' } as const

/**
 * The application menu: the menu bar on macOS, elsewhere a bar that Alt shows, with the usual keys Ctrl+N, Ctrl+W and
 * Ctrl+Q. Roles provide the keys and the behaviour, the labels are ours. Keys for text size and refresh are handled by
 * the pages first, in all their variants.
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
  const view = viewMenu(words, act)
  const help = helpMenu(platform, words, act)
  if (platform !== 'darwin')
    return [
      { label: words.menu.file, submenu: [newTicket, settings, separator, close, quit] },
      edit,
      view,
      help
    ]
  return [
    {
      // macOS uses the app's name as the label.
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
    view,
    {
      // This role makes macOS list the windows in it.
      role: 'windowMenu',
      label: words.menu.window,
      submenu: [
        { role: 'minimize', label: words.menu.minimize },
        { role: 'zoom', label: words.menu.zoom },
        separator,
        { role: 'front', label: words.menu.front }
      ]
    },
    help
  ]
}

function viewMenu(words: Words, act: Act): MenuItemConstructorOptions {
  const size = (label: string, accelerator: string, step: 1 | -1 | 0): MenuItemConstructorOptions => ({
    label,
    accelerator,
    click: () => act({ kind: 'text-size', step })
  })
  return {
    label: words.menu.view,
    submenu: [
      { label: words.checkNow, accelerator: 'CommandOrControl+R', click: () => act({ kind: 'check-now' }) },
      separator,
      size(words.menu.largerText, 'CommandOrControl+Plus', 1),
      size(words.menu.smallerText, 'CommandOrControl+-', -1),
      size(words.menu.normalText, 'CommandOrControl+0', 0),
      separator,
      { role: 'togglefullscreen', label: words.menu.fullScreen }
    ]
  }
}

function helpMenu(platform: Platform, words: Words, act: Act): MenuItemConstructorOptions {
  const page = (label: string, page: HelpPage): MenuItemConstructorOptions => ({
    label,
    click: () => act({ kind: 'help', page })
  })
  return {
    // This role makes macOS add its menu search.
    role: 'help',
    label: words.menu.help,
    submenu: [
      { ...page(words.menu.guide, 'guide'), accelerator: platform === 'darwin' ? 'Command+?' : 'F1' },
      page(words.menu.news, 'news'),
      page(words.menu.shortcuts, 'shortcuts'),
      separator,
      page(words.menu.report, 'report'),
      page(words.menu.about, 'about')
    ]
  }
}

export function setAppMenu(platform: Platform, locale: Locale, act: Act): void {
  Menu.setApplicationMenu(Menu.buildFromTemplate(appMenu(platform, locale, act)))
}
