import type { Args, CommandName, SettingsPatch } from '../../electron/ipc/contract.ts'
import type { Problem } from '../../electron/tickets/problem.ts'
import { app } from '../lib/app.svelte.ts'
import { bridge } from '../lib/bridge/bridge.ts'
import { words } from '../lib/i18n/index.ts'
import { settingsWords } from './settings-words.ts'

/** Hears in words why something was refused, or null when it went well. */
export type ShowProblem = (words: string | null) => void

export const notChanged = ({ kind }: Problem): string => settingsWords().notChanged(words().problems[kind])

/** True when the change holds; a control shows its old state again when it does not. */
export async function change(patch: SettingsPatch, showProblem: ShowProblem): Promise<boolean> {
  const problem = await app.change(patch)
  showProblem(problem && notChanged(problem))
  return problem === null
}

/** For commands whose answer is that they were done: true when they were. */
export async function ask<Name extends CommandName>(
  showProblem: ShowProblem,
  name: Name,
  ...args: Args<Name> extends undefined ? [] : [Args<Name>]
): Promise<boolean> {
  const result = await bridge.invoke(name, ...args)
  showProblem(result.ok ? null : words().problems[result.error.kind])
  return result.ok
}
