import { net, powerMonitor } from 'electron'

export interface PowerEvents {
  suspend(): void
  /** After sleep; once per sleep, even if the system sends several signals. */
  wake(): void
  state(state: { readonly onBattery: boolean; readonly locked: boolean }): void
  online(online: boolean): void
}

/** `resume-offline`: the machine woke up, but is offline. */
export type PowerSignal =
  | 'suspend'
  | 'resume'
  | 'resume-offline'
  | 'on-battery'
  | 'on-ac'
  | 'lock-screen'
  | 'unlock-screen'
  | 'online'
  | 'offline'

export interface PowerStatus {
  readonly onBattery: boolean
  readonly locked: boolean
  readonly asleep: boolean
  readonly online: boolean
}

export type PowerListener = 'suspend' | 'wake' | 'state' | 'online'

/**
 * The new status and the events to emit for a signal. While asleep, only waking emits events. If the network is not
 * back yet, `online` is emitted before `wake`, so that waking sends no request and the network's return sends one.
 */
export function onPowerSignal(
  status: PowerStatus,
  signal: PowerSignal
): { readonly status: PowerStatus; readonly tell: readonly PowerListener[] } {
  const changed = (
    change: Partial<PowerStatus>,
    ...tell: PowerListener[]
  ): ReturnType<typeof onPowerSignal> => ({
    status: { ...status, ...change },
    tell
  })
  const unchanged = { status, tell: [] }
  switch (signal) {
    case 'suspend':
      return status.asleep ? unchanged : changed({ asleep: true }, 'suspend')
    case 'resume':
      return status.asleep ? changed({ asleep: false }, 'wake') : unchanged
    case 'resume-offline':
      if (!status.asleep) return unchanged
      return status.online
        ? changed({ asleep: false, online: false }, 'online', 'wake')
        : changed({ asleep: false }, 'wake')
    case 'on-battery':
      return status.onBattery ? unchanged : changed({ onBattery: true }, 'state')
    case 'on-ac':
      return status.onBattery ? changed({ onBattery: false }, 'state') : unchanged
    case 'lock-screen':
      return status.locked ? unchanged : changed({ locked: true }, 'state')
    case 'unlock-screen':
      return status.locked ? changed({ locked: false }, 'state') : unchanged
    case 'online':
      return status.online || status.asleep ? unchanged : changed({ online: true }, 'online')
    case 'offline':
      return !status.online || status.asleep ? unchanged : changed({ online: false }, 'online')
  }
}

const powerMonitorSignals = [
  'suspend',
  'resume',
  'on-battery',
  'on-ac',
  'lock-screen',
  'unlock-screen'
] as const

export interface Power {
  /** The current status, for diagnostics. */
  status(): PowerStatus
  /** Re-checks net.isOnline(): main gets no online/offline event, renderers do, even hidden. */
  checkNetwork(): void
  start(events: PowerEvents): void
}

/** `additionalSignals`: a source of signals that Electron does not have (Linux). */
export function createPower(
  additionalSignals: (tell: (signal: PowerSignal) => void) => Promise<void> = () => Promise.resolve()
): Power {
  let status: PowerStatus = { onBattery: false, locked: false, asleep: false, online: true }
  let checkNetwork = (): void => undefined

  function start(events: PowerEvents): void {
    const tell = (what: PowerListener): void => {
      switch (what) {
        case 'suspend':
          events.suspend()
          break
        case 'wake':
          events.wake()
          break
        case 'state':
          events.state({ onBattery: status.onBattery, locked: status.locked })
          break
        case 'online':
          events.online(status.online)
          break
      }
    }
    const apply = (signal: PowerSignal): void => {
      const next = onPowerSignal(status, signal)
      status = next.status
      next.tell.forEach(tell)
    }
    for (const signal of powerMonitorSignals)
      powerMonitor.on(signal as 'suspend', () => {
        apply(signal === 'resume' && !net.isOnline() ? 'resume-offline' : signal)
        // Network events that windows reported during sleep were ignored.
        if (signal === 'resume') checkNetwork()
      })
    checkNetwork = () => apply(net.isOnline() ? 'online' : 'offline')
    apply(powerMonitor.isOnBatteryPower() ? 'on-battery' : 'on-ac')
    checkNetwork()
    additionalSignals(apply).catch(() => undefined)
  }

  return { status: () => status, checkNetwork: () => checkNetwork(), start }
}
