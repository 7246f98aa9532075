/** Reminders of this run. A restart loses only the reminder: the ticket stays unread. */
export interface Snoozes<T> {
  /** A second reminder of the same group replaces the first. */
  add(group: string, minutes: number, what: T): void
  /** Call it when a newer notification of the group was shown, or its ticket was read. */
  cancel(group: string): void
}

/** `remind` is called once per group when it is due, also after the machine slept. */
export function createSnoozes<T>(options: {
  /** Milliseconds since boot, sleep included; not affected when the clock is set. */
  readonly now: () => number
  remind(what: T): void
}): Snoozes<T> {
  const waiting = new Map<string, { readonly due: number; readonly what: T }>()
  let timer: ReturnType<typeof setTimeout> | undefined

  /** Checks at least once a minute, because timers do not run while the machine sleeps. */
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
