import type { Settings } from '../../electron/ipc/contract.ts'

/** Seconds to choose from. */
export const undoSendChoices: readonly Settings['undoSendSeconds'][] = [0, 5, 10]
/** Days to choose from. */
export const renewalNoticeChoices: readonly Settings['renewalNoticeDays'][] = [0, 3, 7, 14, 30]
