import { app } from '../../lib/app.svelte.ts'
import { isLaterVersion } from './later-version.ts'

/** Whether this version runs for the first time, and its news were not looked at or dismissed. */
export const hasNews = (): boolean =>
  app.settings !== null && isLaterVersion(app.info.version, app.settings.newsShownFor)
