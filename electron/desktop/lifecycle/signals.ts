const signals = ['SIGTERM', 'SIGINT', 'SIGHUP'] as const

/**
 * A session that ends, a service manager or a terminal says so by signal. Electron's own answer gets stuck where
 * `before-quit` is held back until everything is on disk (seen on 33), and a package inside (when-exit, under
 * electron-store) kills the process at once; what that one cleans up it does at the exit, too. Once the app is ready:
 * Electron takes the signals just before.
 */
export function quitOnSignals(quit: () => void): void {
  for (const signal of signals) {
    process.removeAllListeners(signal)
    process.on(signal, quit)
  }
}
