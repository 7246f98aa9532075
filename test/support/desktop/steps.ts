/** What a person does, by the names that they see. English UI. */
import type { Page } from '@playwright/test'
import type { DemoServer } from '../../../electron/demo/api.ts'

export interface ConnectStep {
  readonly version?: 'v1' | 'v2' | 'Find out'
  readonly token?: string
  readonly address?: string
}

export async function connect(inbox: Page, demo: DemoServer, step: ConnectStep = {}): Promise<void> {
  await inbox.getByLabel('API token').fill(step.token ?? demo.token)
  if (!(await inbox.getByLabel('API address').isVisible()))
    await inbox.getByText('Advanced', { exact: true }).click()
  await inbox.getByLabel('API address').fill(step.address ?? demo.origin)
  await inbox.getByLabel('API version').selectOption({ label: step.version ?? 'Find out' })
  await inbox.getByRole('button', { name: 'Connect' }).click()
}

/** The row of one ticket in the list. */
export const rowOf = (inbox: Page, id: number): ReturnType<Page['getByRole']> =>
  inbox.getByRole('option').filter({ hasText: `#${id}` })
