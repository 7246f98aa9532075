/** Which modules the inbox loads with its first rows; the others come on demand, or ahead while the window is idle. */

/** Modules of libraries that every window needs. */
const libraries = ['svelte', 'esm-env', 'clsx', 'lucide-static']

/** Paths in `renderer`, or their beginnings, that are loaded later. */
const laterInRenderer = [
  'outbox/',
  'settings/',
  'statistics/',
  'help/',
  'onboarding/',
  'inbox/thread/ServiceCard',
  'inbox/commands/Palette',
  'inbox/commands/palette-commands',
  'inbox/commands/CheatSheet',
  'inbox/work/dialogs/',
  'inbox/work/work-palette',
  'inbox/banners/UpdateBanner',
  'inbox/banners/NewsBanner',
  'notices/',
  'ui/SentAs',
  'ui/NoFiles',
  'ui/Screen',
  'ui/SideNavigation',
  'lib/compose-words',
  'lib/saved-texts/SuggestionList',
  'lib/saved-texts/unfilled',
  'lib/saved-texts/Unfilled',
  ...[
    'work/work-dialogs',
    'outbox',
    'desktop',
    'notices',
    'compose',
    'writing',
    'settings',
    'statistics',
    'help',
    'rules',
    'onboarding'
  ].map((words) => `lib/i18n/${words}`)
]

/** The same in `electron/tickets`, of which the windows take pure functions. */
const laterInTickets = [
  'fields',
  'work/times',
  'text/sent-form/',
  'text/secrets',
  'text/machine-lines',
  'text/dates'
]

const isEntry = (path: string): boolean => /^[\w-]+\/main\.ts$|^\w+\.html$/.test(path)

/** Whether a module, named by its absolute path, belongs to the file that the inbox loads first. */
export function isInboxProgram(id: string): boolean {
  const path = id.replaceAll('\\', '/')
  const [, library] = /\/node_modules\/([^/]+)/.exec(path) ?? []
  if (library !== undefined) return libraries.includes(library)
  const [, own] = /\/renderer\/(.+)$/.exec(path) ?? []
  if (own !== undefined) return !isEntry(own) && !laterInRenderer.some((later) => own.startsWith(later))
  const [, domain] = /\/electron\/tickets\/(.+)$/.exec(path) ?? []
  return domain !== undefined && !laterInTickets.some((later) => domain.startsWith(later))
}
