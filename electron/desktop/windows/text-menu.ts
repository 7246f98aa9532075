import {
  clipboard,
  Menu,
  type BrowserWindow,
  type ContextMenuParams,
  type MenuItemConstructorOptions
} from 'electron'
import type { Locale } from '../../tickets/locale.ts'
import { wordsOf } from '../words.ts'

/** The part of the context-menu event that is used. */
export type ContextParams = Pick<
  ContextMenuParams,
  'isEditable' | 'selectionText' | 'linkURL' | 'editFlags' | 'misspelledWord' | 'dictionarySuggestions'
>

interface Spelling {
  replace(suggestion: string): void
  learn(word: string): void
}

/** Actions of a page for selected text; null for those that are not available now. */
export interface PageTextActions {
  quote(): (() => void) | null
  search(): ((words: string) => void) | null
}

const maxSuggestions = 5
/** Maximum length of a selection that can be searched for. */
const maxQueryLength = 100

const noPageActions: PageTextActions = { quote: () => null, search: () => null }

function linkMenu(linkURL: string, locale: Locale): MenuItemConstructorOptions[] {
  const words = wordsOf(locale)
  const [, mail] = /^mailto:([^?]+)/i.exec(linkURL) ?? []
  const copy = (text: string): void => {
    // Returns no promise before Electron 45.
    void clipboard.writeText(text)
  }
  if (mail !== undefined)
    return [{ label: words.menu.copyAddress, click: () => copy(decodeURIComponent(mail)) }]
  return /^https?:/i.test(linkURL) ? [{ label: words.menu.copyLink, click: () => copy(linkURL) }] : []
}

function selectionMenu(
  selectionText: string,
  copy: MenuItemConstructorOptions,
  locale: Locale,
  page: PageTextActions
): MenuItemConstructorOptions[] {
  const selected = selectionText.replace(/\s+/g, ' ').trim()
  if (selected === '') return []
  const words = wordsOf(locale)
  const quote = page.quote()
  const search = selected.length > maxQueryLength ? null : page.search()
  return [
    copy,
    ...(quote ? [{ label: words.menu.quote, click: quote }] : []),
    ...(search ? [{ label: words.menu.searchFor, click: () => search(selected) }] : [])
  ]
}

/**
 * Context menu: editing commands for a field, else the actions for selected text and for a link; empty if there are
 * none.
 */
export function textMenu(
  { isEditable, selectionText, linkURL, editFlags, misspelledWord, dictionarySuggestions }: ContextParams,
  locale: Locale,
  spelling: Spelling,
  page: PageTextActions = noPageActions
): MenuItemConstructorOptions[] {
  const words = wordsOf(locale)
  const copy: MenuItemConstructorOptions = {
    role: 'copy',
    label: words.menu.copy,
    enabled: editFlags.canCopy
  }
  if (!isEditable) return [...selectionMenu(selectionText, copy, locale, page), ...linkMenu(linkURL, locale)]
  const corrections: MenuItemConstructorOptions[] =
    misspelledWord === ''
      ? []
      : [
          ...dictionarySuggestions.slice(0, maxSuggestions).map((suggestion) => ({
            label: suggestion,
            click: () => spelling.replace(suggestion)
          })),
          { label: words.menu.learn, click: () => spelling.learn(misspelledWord) },
          { type: 'separator' }
        ]
  return [
    ...corrections,
    { role: 'undo', label: words.menu.undo, enabled: editFlags.canUndo },
    { role: 'redo', label: words.menu.redo, enabled: editFlags.canRedo },
    { type: 'separator' },
    { role: 'cut', label: words.menu.cut, enabled: editFlags.canCut },
    copy,
    { role: 'paste', label: words.menu.paste, enabled: editFlags.canPaste },
    { type: 'separator' },
    { role: 'selectAll', label: words.menu.selectAll, enabled: editFlags.canSelectAll }
  ]
}

/** Shows the context menu; Electron has none by default. */
export function offerTextMenu(window: BrowserWindow, locale: () => Locale, page: PageTextActions): void {
  const { webContents } = window
  webContents.on('context-menu', (_event, params) => {
    const spelling = {
      replace: (suggestion: string) => webContents.replaceMisspelling(suggestion),
      learn: (word: string) => webContents.session.addWordToSpellCheckerDictionary(word)
    }
    const template = textMenu(params, locale(), spelling, page)
    if (template.length > 0) Menu.buildFromTemplate(template).popup({ window })
  })
}
