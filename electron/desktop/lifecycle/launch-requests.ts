/**
 * Collects launches that arrive while the app is starting or running: a second instance, a link on macOS (before
 * `ready` if it started the app), a click on the dock icon. They are queued until a handler is set.
 */
import { app } from 'electron'
import { activationSwitch } from './activation.ts'
import { parseCommandLine, type CommandLine } from './command-line.ts'

export interface LaunchRequests {
  /** Sets the handler and passes it the queued requests. */
  take(handle: (commandLine: CommandLine) => void): void
}

/** `onActivation` is called for a second instance that only delivers an activation token. */
export function collectLaunchRequests(onActivation: () => void): LaunchRequests {
  const early: CommandLine[] = []
  let handle = (commandLine: CommandLine): void => void early.push(commandLine)
  app.on('second-instance', (_event, argv) => {
    if (argv.includes(activationSwitch)) onActivation()
    else handle(parseCommandLine(argv))
  })
  app.on('open-url', (event, url) => {
    event.preventDefault()
    handle(parseCommandLine([url]))
  })
  return {
    take(next) {
      handle = next
      early.splice(0).forEach(next)
      // Registered late, because macOS emits the first `activate` for the start itself, even a hidden one.
      app.on('activate', () => {
        next(parseCommandLine([]))
      })
    }
  }
}
