export interface CloseFacts {
  /** A window of the app is still on screen. */
  readonly anyVisible: boolean
  readonly tray: boolean
  readonly closeToTray: boolean
  /** The person wants the app to keep running without tray and window; otherwise it quits. */
  readonly stayWithoutTray: boolean
}

/**
 * What happens after the person closed a window. `stay`: keeps running in the tray. `stay-unseen`: keeps running
 * without tray and window.
 */
export type AfterClosing = 'nothing' | 'stay' | 'stay-unseen' | 'quit' | 'quit-without-tray'

/** `quit-without-tray`: the setting says to keep running in the tray, but there is none. */
export function afterClosing(facts: CloseFacts): AfterClosing {
  if (facts.anyVisible) return 'nothing'
  if (!facts.tray && facts.stayWithoutTray) return 'stay-unseen'
  if (!facts.closeToTray) return 'quit'
  return facts.tray ? 'stay' : 'quit-without-tray'
}
