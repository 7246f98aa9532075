/** Screens loaded on demand, or ahead while the window is idle, so that the first rows do not wait for them. */
export const lazy = {
  palette: () => import('../inbox/commands/Palette.svelte'),
  cheatSheet: () => import('../inbox/commands/CheatSheet.svelte'),
  workDialogs: () => import('../inbox/work/dialogs/WorkDialogs.svelte'),
  outbox: () => import('../outbox/Outbox.svelte'),
  guide: () => import('../help/Guide.svelte'),
  hint: () => import('../help/Hint.svelte'),
  news: () => import('../help/News.svelte'),
  report: () => import('../help/Report.svelte'),
  statistics: () => import('../statistics/Statistics.svelte'),
  settings: () => import('../settings/Settings.svelte'),
  onboarding: () => import('../onboarding/Onboarding.svelte')
} as const

/** Ordered by how likely they are to be opened. */
export const loadAhead: readonly (() => Promise<unknown>)[] = [
  lazy.palette,
  lazy.workDialogs,
  lazy.settings,
  lazy.outbox,
  lazy.statistics,
  lazy.cheatSheet
]
