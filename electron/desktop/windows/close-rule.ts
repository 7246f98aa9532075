export interface CloseFacts {
  /** The inbox or the new-ticket window is still on screen. */
  readonly anyVisible: boolean
  readonly tray: boolean
  readonly closeToTray: boolean
  /** Where there is no tray the app ends with its window, unless the person wants it to go on unseen. */
  readonly stayWithoutTray: boolean
}

/** What follows when the person closed a window. `stay`: in the tray. `stay-unseen`: nothing of it shows. */
export type AfterClosing = 'nothing' | 'stay' | 'stay-unseen' | 'quit' | 'quit-without-tray'

/** `quit-without-tray`: not because the person wants closing to end it. */
export function afterClosing(facts: CloseFacts): AfterClosing {
  if (facts.anyVisible) return 'nothing'
  if (!facts.tray && facts.stayWithoutTray) return 'stay-unseen'
  if (!facts.closeToTray) return 'quit'
  return facts.tray ? 'stay' : 'quit-without-tray'
}
