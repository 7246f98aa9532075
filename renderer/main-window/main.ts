/** Main is asked before the window's program, which is large, is read: both take their time, and can at once. */
import { early } from '../lib/bridge/early.ts'
import { openBridge, setBridge } from '../lib/bridge/bridge.ts'
import { firstPage } from './first-page.ts'

setBridge(
  early(
    openBridge(),
    [['app.state'], ['window.view'], ['tickets.rows', firstPage]],
    ['accounts', 'announce', 'leave', 'navigate', 'notices', 'outbox', 'rows', 'settings', 'update']
  )
)
await import('./window.ts')
