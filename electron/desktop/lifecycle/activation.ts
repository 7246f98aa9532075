/**
 * On Wayland a window can come to the front only with an activation token that the compositor issued for something the
 * person did, such as a click on a notification. Electron takes over such a token only from a second instance
 * (`XDG_ACTIVATION_TOKEN`) and uses it for the window that is shown next. So the app starts itself a second time with
 * nothing but the token.
 * https://wayland.app/protocols/xdg-activation-v1
 */
import { app } from 'electron'
import { spawn } from 'node:child_process'
import type { DisplayServer } from '../linux/display-server.ts'

/** Marks an instance that only delivers a token. */
export const activationSwitch = '--take-activation'

/**
 * Maximum wait for the second instance in milliseconds; without the token the window is raised in another way
 * (windows/foreground.ts).
 */
const secondInstanceTimeoutMs = 2_000

export interface Activation {
  /** Resolves when the next window may come to the front, or when the token could not be delivered. Never rejects. */
  take(token: string): Promise<void>
  /** Call it when the second instance was reported. */
  readonly arrived: () => void
}

interface SecondInstance {
  once(event: 'error' | 'exit', listener: () => void): unknown
  kill(): unknown
}

function startSecondInstance(token: string): SecondInstance {
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
  start: (token: string) => SecondInstance = startSecondInstance
): Activation {
  let waiting: (() => void) | null = null
  return {
    take(token) {
      if (displayServer !== 'wayland') return Promise.resolve()
      waiting?.()
      return new Promise((resolve) => {
        const finish = (): void => {
          clearTimeout(timer)
          if (waiting === finish) waiting = null
          resolve()
        }
        const child = start(token)
        const timer = setTimeout(() => {
          child.kill()
          finish()
        }, secondInstanceTimeoutMs)
        child.once('error', finish)
        child.once('exit', finish)
        waiting = finish
      })
    },
    arrived: () => waiting?.()
  }
}
