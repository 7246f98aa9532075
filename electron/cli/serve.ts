/** Lets the running app answer the command line. */
import type { Locale } from '../tickets/locale.ts'
import type { Engine } from '../sync/types.ts'
import { CommandServer } from './server/command-server.ts'

export interface ServeParts {
  readonly profile: {
    readonly folder: string
    readonly log: { readonly error: (what: string, error: unknown) => void }
  }
  readonly core: {
    readonly engine: Engine
    readonly events: { on(event: 'changed', listener: () => void): unknown }
  }
  readonly quit: {
    /** The listener is called when the app begins to quit. */
    onBegin(listener: () => void): void
    /** Adds what quitting waits for. */
    join(name: string, run: () => Promise<void>): void
  }
  readonly locale: () => Locale
  /** Version of the app. */
  readonly version: string
}

/** Call it when the engine has started. Resolves when the command line can connect; never rejects. */
export function serveCommandLine({ profile, core, quit, locale, version }: ServeParts): Promise<void> {
  const listeners = new Set<() => void>()
  core.events.on('changed', () => {
    for (const listener of [...listeners]) listener()
  })
  const server = new CommandServer({
    ...{ engine: core.engine, profile: profile.folder, locale, version },
    platform: process.platform,
    report: profile.log.error,
    subscribe: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    }
  })
  quit.onBegin(() => server.beginClosing())
  quit.join('command line', () => server.close())
  return server.listen()
}
