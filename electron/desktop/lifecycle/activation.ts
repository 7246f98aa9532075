/**
 * On Wayland a window comes to the front only with a token that the compositor gave for what the person did, such as
 * a click on a notification. Electron takes such a token over from a second start alone (`XDG_ACTIVATION_TOKEN`), and
 * uses it for the window that is shown next. So the app starts itself once more, with the token and nothing else.
 * https://wayland.app/protocols/xdg-activation-v1
 */
import { app } from 'electron'
import { spawn } from 'node:child_process'
import type { DisplayServer } from '../linux/display-server.ts'

/** Of the start that only brings a token. */
export const activationSwitch = '--take-activation'

/** A second start takes a fraction of it; without the token the window comes up all the same, in another way. */
const secondStartTimeoutMs = 2_000

export interface Activation {
  /** Resolves when the next window may come to the front, or when the token could not be had. Never rejects. */
  take(token: string): Promise<void>
  /** The second start is here. */
  readonly arrived: () => void
}

interface SecondStart {
  once(event: 'error' | 'exit', listener: () => void): unknown
  kill(): unknown
}

function startAgain(token: string): SecondStart {
  const source = app.isPackaged ? [] : [app.getAppPath()]
  return spawn(
    process.execPath,
    [...source, `--user-data-dir=${app.getPath('userData')}`, activationSwitch],
    {
      env: { ...process.env, XDG_ACTIVATION_TOKEN: token, DESKTOP_STARTUP_ID: token },
      stdio: 'ignore'
    }
  )
}

export function createActivation(
  displayServer: DisplayServer,
  start: (token: string) => SecondStart = startAgain
): Activation {
  let waiting: (() => void) | null = null
  return {
    take(token) {
      if (displayServer !== 'wayland') return Promise.resolve()
      waiting?.()
      return new Promise((resolve) => {
        const end = (): void => {
          clearTimeout(timer)
          if (waiting === end) waiting = null
          resolve()
        }
        const child = start(token)
        const timer = setTimeout(() => {
          child.kill()
          end()
        }, secondStartTimeoutMs)
        child.once('error', end)
        child.once('exit', end)
        waiting = end
      })
    },
    arrived: () => waiting?.()
  }
}
