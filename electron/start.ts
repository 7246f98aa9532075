/** Starts the app when it is imported: hardening before Electron is ready, one instance per profile folder, then the application. */
import { app } from 'electron'
import { Application } from './application.ts'
import { activationSwitch, createActivation } from './desktop/lifecycle/activation.ts'
import { parseCommandLine } from './desktop/lifecycle/command-line.ts'
import { collectLaunchRequests } from './desktop/lifecycle/launch-requests.ts'
import { registerProtocol } from './desktop/lifecycle/login-item.ts'
import { explainLostLock, showErrorAndExit, type WordsByLocale } from './desktop/lifecycle/startup-failure.ts'
import { displayServer } from './desktop/linux/display-server.ts'
import { chooseKeychain } from './desktop/security/keychain.ts'
import { isWithoutSandbox, withoutSandboxWords } from './desktop/security/sandbox.ts'
import { blockPageNetwork, hardenBeforeReady } from './desktop/security/security.ts'
import { isSmokeTest, runSmokeTest, useTemporaryProfile } from './desktop/smoke-test.ts'
import { trayHost } from './desktop/tray/tray-host.ts'
import type { Platform } from './desktop/types.ts'

const platform: Platform =
  process.platform === 'darwin' || process.platform === 'win32' ? process.platform : 'linux'

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

async function launch(): Promise<void> {
  const server = displayServer(platform)
  const activation = createActivation(server)
  const commandLine = { ...parseCommandLine(process.argv), ...(isSmokeTest && { demo: true }) }
  const launchRequests = collectLaunchRequests(activation.arrived)
  if (!isSmokeTest) registerProtocol(platform)
  const keychain = platform === 'linux' ? await chooseKeychain() : null
  // A hidden start waits for the panel of a session that is still starting.
  const tray = trayHost(platform, commandLine.hidden)
  // Not awaited: Electron is ready only once this module has run.
  Promise.all([tray, app.whenReady().then(blockPageNetwork)])
    .then(([host]) => {
      new Application({
        ...{ platform, displayServer: server, activation, commandLine, launchRequests, keychain },
        trayHost: host
      }).start()
      return isSmokeTest ? runSmokeTest() : undefined
    })
    .catch((error: unknown) => {
      console.error(error)
      app.exit(1)
    })
}

function refuseStart(words: WordsByLocale): void {
  showErrorAndExit(words).catch(() => {
    app.exit(1)
  })
}
