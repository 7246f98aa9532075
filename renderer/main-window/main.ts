/** Main is asked before the window's program, which is large, is read: both take their time, and can at once. */
import { early } from '../lib/early.ts'
import { openBridge, setBridge } from '../lib/bridge.ts'
import { firstPage } from './first-page.ts'

setBridge(
  early(
    openBridge(),
    [['app.state'], ['tickets.rows', firstPage]],
    ['accounts', 'announce', 'navigate', 'notices', 'outbox', 'rows', 'settings', 'update']
  )
)
await import('./window.ts')
