/** What is shipped inside the app, by its package's name and licence. */
export const licences: readonly (readonly [name: string, licence: string])[] = [
  ['@lucide/svelte', 'ISC'],
  ['electron', 'MIT'],
  ['electron-log', 'MIT'],
  ['electron-store', 'MIT'],
  ['electron-updater', 'MIT'],
  ['linkify-it', 'MIT'],
  ['node-notifier', 'MIT'],
  ['svelte', 'MIT'],
  ['ws', 'MIT'],
  ['zod', 'MIT']
]
