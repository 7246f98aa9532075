/** Measurements in the page: painted rows, long tasks and answered searches. */
export interface Noted {
  /** Milliseconds from the navigation until the first rows are painted; null before that. */
  firstRows: number | null
  /** Tasks over 50 ms: start since the navigation, and duration, in milliseconds. */
  readonly longTasks: { readonly at: number; readonly ms: number }[]
  /** Milliseconds from a key in the search field until its result is painted. */
  readonly searches: number[]
  readonly frames: number[]
  recordFrames: boolean
}

declare global {
  interface Window {
    noted: Noted
  }
}

/** Injected into the page; runs before its scripts. */
export function spy(): void {
  const noted: Noted = { firstRows: null, longTasks: [], searches: [], frames: [], recordFrames: false }
  window.noted = noted
  /** Calls `then` after the next frame, in which all changes so far are painted. */
  const painted = (then: () => void): void => {
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel()
      port1.onmessage = then
      port2.postMessage(null)
    })
  }
  new PerformanceObserver((list) => {
    for (const { startTime, duration } of list.getEntries())
      noted.longTasks.push({ at: startTime, ms: duration })
  }).observe({ type: 'longtask', buffered: true })

  const rows = new MutationObserver(() => {
    if (!document.querySelector('[role=option]')) return
    rows.disconnect()
    painted(() => (noted.firstRows = performance.now()))
  })
  rows.observe(document, { childList: true, subtree: true })

  let keyAt = 0
  addEventListener('keydown', ({ timeStamp }) => (keyAt = timeStamp), { capture: true })
  const asked = new Map<number, number>()
  window.WebSocket = class extends WebSocket {
    constructor(address: string | URL, protocols?: string | string[]) {
      super(address, protocols)
      this.addEventListener('message', ({ data }: MessageEvent<string>) => {
        const id = Number(/^\{"id":(\d+)/.exec(data)?.[1])
        const since = asked.get(id)
        if (since !== undefined) painted(() => noted.searches.push(performance.now() - since))
      })
    }
    override send(data: string): void {
      const { id, name } = JSON.parse(data) as { id: number; name: string }
      if (name === 'tickets.search') asked.set(id, keyAt)
      super.send(data)
    }
  }

  let before: number | null = null
  const frame = (at: number): void => {
    if (noted.recordFrames && before !== null) noted.frames.push(at - before)
    before = noted.recordFrames ? at : null
    requestAnimationFrame(frame)
  }
  requestAnimationFrame(frame)
}
