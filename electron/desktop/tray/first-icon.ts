/**
 * Asks for the tray icon when Electron is ready, before anything else is loaded or read. On Linux it takes some turns of the
 * event loop until a panel has it.
 */
import type { Platform } from '../types.ts'
import { plainContent } from './tray-content.ts'
import type { TrayHost } from './tray-host.ts'
import { createTray, type TrayView } from './tray.ts'

/** `host` is not waited for: if it is unknown at `ready`, the icon is taken back when there turns out to be no place for it. */
export function askForIcon(parts: {
  readonly platform: Platform
  readonly iconFolder: string
  readonly host: Promise<TrayHost>
  readonly ready: Promise<void>
}): TrayView {
  const { platform, iconFolder, host, ready } = parts
  let known: TrayHost | null = null
  let wasMade = false
  const tray = createTray({
    ...{ platform, iconFolder },
    onMade: () => {
      wasMade = true
      known?.offered()
    }
  })
  /** A failure is part of the diagnostics, and the next state that is shown tries again. */
  const attempt = (work: () => void): void => {
    try {
      work()
    } catch {
      // `lastOutcome` tells it.
    }
  }
  void host.then((found) => {
    known = found
    found.onArrival(() => attempt(() => tray.renew()))
    if (!found.isThere()) tray.destroy()
    else if (wasMade) found.offered()
  })
  void ready.then(() => {
    if (known?.isThere() !== false) attempt(() => tray.render(plainContent))
  })
  return tray
}
