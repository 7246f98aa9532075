import type { Activation } from '../lifecycle/activation.ts'
import type { Act, DesktopAction } from '../types.ts'
import type { Choice } from './notification.ts'

/** Performs the action that opens a window, after passing on the activation token of the click (Wayland). */
export function openByChoice(
  { activation, act }: { readonly activation: Activation; readonly act: Act },
  choice: Choice,
  action: DesktopAction
): void {
  if (choice.kind !== 'open' || choice.activationToken === undefined) {
    act(action)
    return
  }
  activation.take(choice.activationToken).then(
    () => act(action),
    () => undefined
  )
}
