import type { Locale } from '../../../../electron/tickets/locale.ts'
import { app } from '../../../lib/app.svelte.ts'
import { workDialog } from '../../../lib/i18n/work/work-dialogs.ts'

/** What the dialogs say, in the language of now. */
export const workDialogWords = (): (typeof workDialog)[Locale] => workDialog[app.locale]
