import '@testing-library/jest-dom/vitest'
import { cleanup, configure } from '@testing-library/svelte'
import { afterEach } from 'vitest'

// happy-dom has no requestIdleCallback: callbacks run with the next timer.
globalThis.requestIdleCallback = (act) =>
  Number(setTimeout(() => act({ didTimeout: false, timeRemaining: () => 50 })))
globalThis.cancelIdleCallback = (id) => clearTimeout(id)

// happy-dom has no layout: ResizeObserver reports the size that the test sets, at once.
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

// Longer than the default timeout, since screens are loaded on demand, which takes long on a busy machine.
configure({ asyncUtilTimeout: 15_000 })

afterEach(cleanup)
