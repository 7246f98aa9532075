/** Steps of a person in the app, by the visible names. English UI. */
import type { ElectronApplication, Page } from '@playwright/test'
import type { DemoServer } from '../demo/api.ts'
import type { Args, Bridge, CommandName, SettingsPatch, Value } from '../../../electron/ipc/contract.ts'
import type { ApiVersion } from '../../../electron/tickets/ticket.ts'

export interface ConnectStep {
  readonly version?: ApiVersion | 'Detect automatically'
  readonly token?: string
  readonly address?: string
}

export async function connect(inbox: Page, demo: DemoServer, step: ConnectStep = {}): Promise<void> {
  await inbox.getByLabel('API token').fill(step.token ?? demo.token)
  if (!(await inbox.getByLabel('API address').isVisible()))
    await inbox.getByText('Advanced', { exact: true }).click()
  await inbox.getByLabel('API address').fill(step.address ?? demo.origin)
  await inbox.getByLabel('API version').selectOption({ label: step.version ?? 'Detect automatically' })
  await inbox.getByRole('button', { name: 'Connect' }).click()
}

/** Closes the open dialog. Until it is gone, the page behind it takes no keys. */
export async function dismissDialog(page: Page): Promise<void> {
  await page.keyboard.press('Escape')
  await page.locator('dialog').waitFor({ state: 'detached' })
}

/** The row of one ticket in the list. */
export const rowOf = (inbox: Page, id: number): ReturnType<Page['getByRole']> =>
  inbox.getByRole('option').filter({ hasText: `#${id}` })

/** Changes settings by the command that the settings page uses; false if it failed. */
export const changeSettings = (page: Page, patch: SettingsPatch): Promise<boolean> =>
  page.evaluate(async (wanted) => {
    const { bilet } = window as unknown as { bilet: Bridge }
    return (await bilet.invoke('settings.change', wanted)).ok
  }, patch)

/** Sends a command from the window to main; throws if it fails. */
export async function invoke<Name extends CommandName>(
  page: Page,
  name: Name,
  ...args: Args<Name> extends undefined ? [] : [Args<Name>]
): Promise<Value<Name>> {
  const answer = await page.evaluate(
    async ([command, given]) => {
      const { bilet } = window as unknown as {
        bilet: { invoke(name: string, args: unknown): Promise<unknown> }
      }
      return (await bilet.invoke(command, given)) as Awaited<ReturnType<Bridge['invoke']>>
    },
    [name, args[0]] as const
  )
  if (!answer.ok) throw new Error(`${name}: ${answer.error.kind}`)
  return answer.value as Value<Name>
}

/** The current diagnostics report. */
export const diagnostics = (page: Page): Promise<string> =>
  page.evaluate(async () => {
    const answer = await (window as unknown as { bilet: Bridge }).bilet.invoke('app.diagnostics')
    return answer.ok ? answer.value : answer.error.kind
  })

export const checkNow = (inbox: Page): Promise<void> =>
  inbox.getByRole('button', { name: 'Check now' }).click()

/** Titles of the visible windows. */
export const visible = (electron: ElectronApplication): Promise<string[]> =>
  electron.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()
      .filter((window) => window.isVisible())
      .map((window) => window.getTitle())
  )

/** Closes a window as its close button does. */
export const closeWindow = (electron: ElectronApplication, title: string): Promise<void> =>
  electron.evaluate(({ BrowserWindow }, wanted) => {
    BrowserWindow.getAllWindows()
      .find((window) => window.isVisible() && window.getTitle() === wanted)
      ?.close()
  }, title)
