/** Entries of the palette about what the person keeps about tickets. */
import { app } from '../../lib/app.svelte.ts'
import { words } from '../../lib/i18n/index.ts'
import type { PaletteEntry, PaletteInbox } from '../commands/palette-entries.ts'
import { workDialogWords } from './dialogs/work-dialog-words.ts'
import { showSavedSearch } from './show-saved-search.ts'
import { tagQuery } from './tag-query.ts'
import type { WorkKey } from './work-commands.svelte.ts'
import { isAllDone } from './work-state.ts'

/** About the chosen tickets. */
export function workEntries({ chosen, doing }: PaletteInbox): readonly PaletteEntry[] {
  const say = words().work
  const entry = (key: WorkKey, label: string): PaletteEntry => ({
    id: `work-${key}`,
    label,
    hint: key,
    run: doing[key]
  })
  const isSingle = chosen.length === 1
  return [
    entry('d', isAllDone(chosen) ? say.markUndone : say.markDone),
    entry('h', say.snooze),
    entry('f', say.followUp),
    entry('p', chosen.every(({ work }) => work?.pinned) ? say.unpin : say.pin),
    entry('t', say.editTags),
    ...(isSingle ? [entry('F2', say.editTitle)] : []),
    ...(isSingle ? [entry('Shift+N', chosen[0]?.work?.hasNote ? say.changeNote : say.editNote)] : []),
    entry('Shift+M', chosen.every(({ work }) => work?.muted) ? say.unmute : say.mute)
  ]
}

/** Saved searches, tags, and saving the search of now. */
export function searchEntries({ tickets, work, settings }: PaletteInbox): readonly PaletteEntry[] {
  const say = words().work
  const names = workDialogWords()
  const goTo = words().inbox.goTo
  const plain = (id: string, label: string, run: () => void): PaletteEntry => ({ id, label, hint: '', run })
  const query = tickets.query.trim()
  return [
    ...(query === '' ? [] : [plain('save-search', say.saveSearch, () => work.saveSearch(query))]),
    ...(app.settings?.savedSearches ?? []).map((search) =>
      plain(`search-${search.id}`, goTo(names.savedSearch(search.name)), () =>
        showSavedSearch(tickets, search.query)
      )
    ),
    ...(app.settings?.tags ?? []).map(({ name }) =>
      plain(`tag-${name}`, goTo(names.withTag(name)), () =>
        showSavedSearch(tickets, tagQuery(name, app.locale))
      )
    ),
    plain('manage-tags', names.manage, () => settings('tags'))
  ]
}
