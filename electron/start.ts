/**
 * Starts the app: hardening before Electron is ready, one instance per profile folder, the tray icon, then the application.
 * What the icon does not need is loaded after it was asked for.
 */
import { app } from 'electron'
import { join } from 'node:path'
import type { Launch } from './application.ts'
import { activationSwitch, createActivation } from './desktop/lifecycle/activation.ts'
import { parseCommandLine } from './desktop/lifecycle/command-line.ts'
import { collectLaunchRequests } from './desktop/lifecycle/launch-requests.ts'
import { explainLostLock, showErrorAndExit, type WordsByLocale } from './desktop/lifecycle/startup-failure.ts'
import { displayServer } from './desktop/linux/display-server.ts'
import { chooseKeychain } from './desktop/security/keychain.ts'
import { isWithoutSandbox, withoutSandboxWords } from './desktop/security/sandbox.ts'
import { blockPageNetwork, hardenBeforeReady } from './desktop/security/security.ts'
import { isSmokeTest, runSmokeTest, useTemporaryProfile } from './desktop/smoke-test.ts'
import { askForIcon } from './desktop/tray/first-icon.ts'
import { trayHost, type TrayHost } from './desktop/tray/tray-host.ts'
import type { Platform } from './desktop/types.ts'

/** Milliseconds that a hidden start waits for the panel of a session that is still starting. */
const panelTimeoutMs = 8_000

const platform: Platform =
  process.platform === 'darwin' || process.platform === 'win32' ? process.platform : 'linux'

/** Call it before Electron is ready. */
export async function startApp(): Promise<void> {
  // Checked first, because hardening removes the switch.
  const withoutSandbox = isWithoutSandbox()
  hardenBeforeReady()
  if (isSmokeTest) useTemporaryProfile()

  if (withoutSandbox) refuseStart(withoutSandboxWords)
  else if (!app.requestSingleInstanceLock()) {
    // Usually a second instance, whose command line the running one has received.
    const reason = explainLostLock(app.getPath('userData'))
    if (reason) refuseStart(reason)
    else app.quit()
  }
  // Only delivers an activation token, but no other instance is running.
  else if (process.argv.includes(activationSwitch)) app.quit()
  else await launch()
}

async function launch(): Promise<void> {
  const server = displayServer(platform)
  const activation = createActivation(server)
  const commandLine = { ...parseCommandLine(process.argv), ...(isSmokeTest && { demo: true }) }
  const launchRequests = collectLaunchRequests(activation.arrived)
  const host = trayHost(platform)
  const tray = askForIcon({
    ...{ platform, host },
    iconFolder: join(import.meta.dirname, 'tray'),
    ready: app.whenReady()
  })
  const keychain = platform === 'linux' ? await chooseKeychain() : null
  // Not awaited: Electron is ready only once this module has run.
  startApplication(
    { platform, displayServer: server, activation, commandLine, launchRequests, keychain, tray },
    host
  ).catch((error: unknown) => {
    console.error(error)
    app.exit(1)
  })
}

async function startApplication(launched: Omit<Launch, 'trayHost'>, host: Promise<TrayHost>): Promise<void> {
  await app.whenReady()
  const [{ Application }, found] = await Promise.all([import('./application.ts'), host])
  if (launched.commandLine.hidden) await found.waitForPanel(panelTimeoutMs)
  // Last, since it makes the pages' session, which tells at once that its dictionaries are missing: the application must hear it.
  await blockPageNetwork()
  new Application({ ...launched, trayHost: found }).start()
  if (isSmokeTest) await runSmokeTest()
}

function refuseStart(words: WordsByLocale): void {
  showErrorAndExit(words).catch(() => {
    app.exit(1)
  })
}
