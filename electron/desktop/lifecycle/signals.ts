const signals = ['SIGTERM', 'SIGINT', 'SIGHUP'] as const

/**
 * Quits on signals of the session's end, a service manager or a terminal. Electron's own handler hangs if `before-quit`
 * is prevented (seen with version 33), and the dependency when-exit (of electron-store) kills the process at once; its
 * cleanup also runs at exit, so removing its handler is safe. Call it once the app is ready, because Electron installs
 * its handlers just before.
 */
export function quitOnSignals(quit: () => void): void {
  for (const signal of signals) {
    process.removeAllListeners(signal)
    process.on(signal, quit)
  }
}
