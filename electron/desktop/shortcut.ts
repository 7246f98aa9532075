import { globalShortcut } from 'electron'

/** Takes the new shortcut; when another program has it, the old one stays and the answer is false. */
export function createShortcut(run: () => void): { use(accelerator: string): boolean; release(): void } {
  let current = ''
  const take = (accelerator: string): boolean => {
    try {
      return globalShortcut.register(accelerator, run)
    } catch {
      // Not an accelerator at all.
      return false
    }
  }
  return {
    use(accelerator) {
      if (accelerator === current) return true
      if (accelerator !== '' && !take(accelerator)) return false
      if (current !== '') globalShortcut.unregister(current)
      current = accelerator
      return true
    },
    release() {
      if (current !== '') globalShortcut.unregister(current)
      current = ''
    }
  }
}
