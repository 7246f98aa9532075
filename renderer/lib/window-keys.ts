/** The keys that every window of a desktop takes: of the text size, and of refreshing, which must not load the page anew. */
import { nextTextSize } from '../../electron/tickets/text-size.ts'
import { app } from './app.svelte.ts'
import { bridge } from './bridge/bridge.ts'

/** By the character that the key types, so that they work on every layout and on the number pad. */
const steps: Readonly<Record<string, 1 | -1 | 0>> = { '+': 1, '=': 1, '-': -1, _: -1, '0': 0 }

function stepOf({ key, ctrlKey, metaKey, altKey }: KeyboardEvent): 1 | -1 | 0 | null {
  const isMod = app.info.platform === 'darwin' ? metaKey : ctrlKey
  return isMod && !altKey ? (steps[key] ?? null) : null
}

function isRefresh({ key, ctrlKey, metaKey, altKey, shiftKey }: KeyboardEvent): boolean {
  if (altKey || shiftKey) return false
  const isMod = app.info.platform === 'darwin' ? metaKey : ctrlKey
  return key === 'F5' ? !ctrlKey && !metaKey : isMod && key.toLowerCase() === 'r'
}

/** Answers the function that ends it. */
export function takeWindowKeys(): () => void {
  const take = (event: KeyboardEvent): void => {
    const step = stepOf(event)
    if (step !== null && app.settings) {
      event.preventDefault()
      void app.change({ textSize: nextTextSize(app.settings.textSize, step) })
    } else if (isRefresh(event)) {
      event.preventDefault()
      if (!event.repeat) void bridge.invoke('sync.check')
    }
  }
  addEventListener('keydown', take)
  return () => removeEventListener('keydown', take)
}
