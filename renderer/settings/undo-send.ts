import type { Settings } from '../../electron/ipc/contract.ts'

/** Seconds to choose from. */
export const undoSendChoices: readonly Settings['undoSendSeconds'][] = [0, 5, 10]
