import { net, powerMonitor } from 'electron'

export interface PowerEvents {
  suspend(): void
  wake(): void
  state(state: { readonly onBattery: boolean; readonly locked: boolean }): void
  online(online: boolean): void
}

/** Electron tells nobody when the network comes or goes; looking costs nothing and sends nothing. */
const lookEveryMs = 5000

export function watchPower(events: PowerEvents): () => void {
  let onBattery = powerMonitor.isOnBatteryPower()
  let locked = false
  let online = true
  const tell = (): void => {
    events.state({ onBattery, locked })
  }
  powerMonitor.on('suspend', events.suspend)
  powerMonitor.on('resume', events.wake)
  powerMonitor.on('on-battery', () => {
    onBattery = true
    tell()
  })
  powerMonitor.on('on-ac', () => {
    onBattery = false
    tell()
  })
  powerMonitor.on('lock-screen', () => {
    locked = true
    tell()
  })
  powerMonitor.on('unlock-screen', () => {
    locked = false
    tell()
  })
  const look = (): void => {
    const now = net.isOnline()
    if (now === online) return
    online = now
    events.online(now)
  }
  const timer = setInterval(look, lookEveryMs)
  tell()
  return () => {
    clearInterval(timer)
  }
}
