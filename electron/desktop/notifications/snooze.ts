/** Reminders of this run. What is lost with a restart is the reminder only: the ticket stays unread. */
export interface Snoozes<T> {
  /** A second one for the same group takes the place of the first. */
  add(group: string, minutes: number, what: T): void
  /** Something newer was told, or it was read. */
  cancel(group: string): void
}

/** `remind` is called once per group when its time has come, also after the machine slept. */
export function createSnoozes<T>(options: {
  /** Milliseconds that the machine's sleep counts among and nobody sets. */
  readonly now: () => number
  remind(what: T): void
}): Snoozes<T> {
  const waiting = new Map<string, { readonly due: number; readonly what: T }>()
  let timer: ReturnType<typeof setTimeout> | undefined

  /** Looked at every minute at least: a timer stands still while the machine sleeps. */
  function scheduleNext(): void {
    clearTimeout(timer)
    if (waiting.size === 0) return
    const next = Math.min(...[...waiting.values()].map(({ due }) => due))
    timer = setTimeout(remindDue, Math.max(0, Math.min(60_000, next - options.now())))
  }
  function remindDue(): void {
    for (const [group, { due, what }] of [...waiting])
      if (due <= options.now()) {
        waiting.delete(group)
        options.remind(what)
      }
    scheduleNext()
  }

  return {
    add(group, minutes, what) {
      waiting.set(group, { due: options.now() + minutes * 60_000, what })
      scheduleNext()
    },
    cancel(group) {
      if (waiting.delete(group)) scheduleNext()
    }
  }
}
