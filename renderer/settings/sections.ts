/** The parts of the settings, in order. */
export const sections = [
  'accounts',
  'notifications',
  'general',
  'tags',
  'snippets',
  'templates',
  'privacy',
  'diagnostics',
  'about'
] as const
export type Section = (typeof sections)[number]
