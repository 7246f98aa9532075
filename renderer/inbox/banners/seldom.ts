import { app } from '../../lib/app.svelte.ts'
import { Later } from './later.svelte.ts'
import { hasNews } from './has-news.ts'

/** Banners that most days do without, in the order in which they are shown. */
export const seldom = {
  notices: new Later(
    () => app.notices.length > 0,
    () => import('../../notices/Notices.svelte')
  ),
  update: new Later(
    () => 'version' in app.update,
    () => import('./UpdateBanner.svelte')
  ),
  news: new Later(hasNews, () => import('./NewsBanner.svelte'))
} as const

/** Resolves when those that are needed now are here. */
export async function loadNeeded(): Promise<void> {
  await Promise.all(Object.values(seldom).map((one) => one.ready()))
}
