import '@testing-library/jest-dom/vitest'
import { cleanup } from '@testing-library/svelte'
import { afterEach } from 'vitest'

// happy-dom has no idle callbacks; its page has nothing else to do.
globalThis.requestIdleCallback = (act) =>
  Number(setTimeout(() => act({ didTimeout: false, timeRemaining: () => 50 })))
globalThis.cancelIdleCallback = (id) => clearTimeout(id)

afterEach(cleanup)
