/**
 * Starts and links that arrive while the app runs or is still starting: a second start, a link on macOS (which
 * comes before the app is ready when it starts the app), a click on the dock. Kept until somebody takes them.
 */
import { app } from 'electron'
import { activationSwitch } from './activation.ts'
import { parseCommandLine, type CommandLine } from './command-line.ts'

export interface LaunchRequests {
  /** Those that came already, and from now on every one. */
  take(handle: (commandLine: CommandLine) => void): void
}

/** `onActivation`: a second start that brought nothing but an activation token. */
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
      // Registered late: macOS emits the first `activate` for the start itself, also for a hidden one.
      app.on('activate', () => {
        next(parseCommandLine([]))
      })
    }
  }
}
