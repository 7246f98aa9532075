import { Menu } from 'electron'
import type { Act, Locale, Platform } from './port.ts'
import { wordsOf } from './words.ts'

/** macOS needs a menu bar for copy and paste to work; elsewhere the window has no menu. */
export function setAppMenu(platform: Platform, locale: Locale, act: Act): void {
  if (platform !== 'darwin') {
    Menu.setApplicationMenu(null)
    return
  }
  const words = wordsOf(locale)
  Menu.setApplicationMenu(
    Menu.buildFromTemplate([
      {
        role: 'appMenu',
        submenu: [
          { role: 'about' },
          { type: 'separator' },
          { label: words.settings, accelerator: 'Command+,', click: () => act({ kind: 'settings' }) },
          { type: 'separator' },
          { role: 'hide' },
          { role: 'hideOthers' },
          { role: 'unhide' },
          { type: 'separator' },
          { role: 'quit' }
        ]
      },
      { role: 'editMenu' },
      { role: 'windowMenu' }
    ])
  )
}
