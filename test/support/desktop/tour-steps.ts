/** Steps that the parts of the tour share. */
import type { ElectronApplication } from '@playwright/test'
import type { EventName, Events } from '../../../electron/ipc/contract.ts'
import type { RunningApp } from './app.ts'

/** Sends an event to all windows, as main does. */
export const broadcast = <Name extends EventName>(
  electron: ElectronApplication,
  name: Name,
  payload: Events[Name]
): Promise<void> =>
  electron.evaluate(
    ({ BrowserWindow }, event) => {
      for (const { webContents } of BrowserWindow.getAllWindows()) webContents.send('bilet:event', ...event)
    },
    [name, payload] as const
  )

export const resize = (app: RunningApp, title: string, width: number, height: number): Promise<void> =>
  app.electron.evaluate(
    ({ BrowserWindow }, size) => {
      for (const window of BrowserWindow.getAllWindows())
        if (window.getTitle() === size.title) window.setSize(size.width, size.height)
    },
    { title, width, height }
  )
