export interface CloseFacts {
  /** The inbox or the new-ticket window is still on screen. */
  readonly anyVisible: boolean
  readonly tray: boolean
  readonly closeToTray: boolean
  /** Where there is no tray the app ends with its window, unless the person wants it to go on unseen. */
  readonly stayWithoutTray: boolean
  readonly toldStillInTray: boolean
}

/** What follows when the person closed a window: nothing, the one-time word that the app goes on, or its end. */
export function afterClosing(facts: CloseFacts): 'nothing' | 'tell' | 'quit' {
  if (facts.anyVisible) return 'nothing'
  if (!facts.tray) return facts.stayWithoutTray ? 'nothing' : 'quit'
  if (!facts.closeToTray) return 'quit'
  return facts.toldStillInTray ? 'nothing' : 'tell'
}
