/**
 * Starts and links that arrive while the app runs or is still starting: a second start, a link on macOS (which
 * comes before the app is ready when it starts the app), a click on the dock. Kept until somebody takes them.
 */
import { app } from 'electron'
import { activationSwitch } from './activation.ts'
import { parseCommandLine, type CommandLine } from './command-line.ts'

/** `onActivation`: a second start that brought nothing but an activation token. */
export function collectLaunchRequests(onActivation: () => void): {
  take(obey: (commandLine: CommandLine) => void): void
} {
  const early: CommandLine[] = []
  let give = (commandLine: CommandLine): void => void early.push(commandLine)
  app.on('second-instance', (_event, argv) => {
    if (argv.includes(activationSwitch)) onActivation()
    else give(parseCommandLine(argv))
  })
  app.on('open-url', (event, url) => {
    event.preventDefault()
    give(parseCommandLine([url]))
  })
  return {
    take(obey) {
      give = obey
      early.splice(0).forEach(obey)
      // The first one comes with the start itself, also with a hidden one.
      app.on('activate', () => {
        obey(parseCommandLine([]))
      })
    }
  }
}
