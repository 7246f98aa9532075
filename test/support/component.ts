import '@testing-library/jest-dom/vitest'
import { cleanup, configure } from '@testing-library/svelte'
import { afterEach } from 'vitest'

// happy-dom has no idle callbacks; its page has nothing else to do.
globalThis.requestIdleCallback = (act) =>
  Number(setTimeout(() => act({ didTimeout: false, timeRemaining: () => 50 })))
globalThis.cancelIdleCallback = (id) => clearTimeout(id)

// Nor does it lay anything out: what is observed is told at once, and has the size that a test gives it.
globalThis.ResizeObserver = class {
  readonly #tell: () => void
  constructor(tell: ResizeObserverCallback) {
    this.#tell = () => tell([], this)
  }
  observe(): void {
    this.#tell()
  }
  unobserve(): void {}
  disconnect(): void {}
}

// Screens are loaded when they are looked at: how long that takes on a busy machine is no test's business.
configure({ asyncUtilTimeout: 15_000 })

afterEach(cleanup)
