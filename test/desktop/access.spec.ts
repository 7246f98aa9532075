import type { Page } from '@playwright/test'
import { clippedText } from '../support/desktop/clipped.ts'
import { expect, test } from '../support/desktop/fixtures.ts'
import { looks, settled, applyLook } from '../support/desktop/looks.ts'
import { violations } from '../support/desktop/violations.ts'
import { tour } from '../support/desktop/tour.ts'

/** For screens that show another one behind or around them: the part to check. Elsewhere the whole page is checked. */
const parts: Readonly<Record<string, string>> = {
  close: 'dialog[open]',
  palette: 'dialog[open]',
  news: 'dialog[open]',
  report: 'dialog[open]',
  'guide-search': 'header',
  'hint-filters': 'aside',
  'hint-keys': 'aside',
  'hint-tray': 'aside',
  chips: '.top',
  selection: 'section.left',
  search: 'section.left',
  'search-nothing': 'section.left',
  menu: '.thread header',
  'new-ticket-chooser': '.fields',
  outbox: '.thread',
  question: '.thread',
  'outbox-cancel': 'dialog[open]',
  'outbox-history': 'section[aria-labelledby=outbox-history]',
  'closing-many': '.progress',
  shortcuts: 'dialog[open]',
  undo: '.place',
  'undo-work': '.place',
  snooze: 'dialog[open]',
  'follow-up': 'dialog[open]',
  tags: 'dialog[open]',
  title: 'dialog[open]',
  note: 'dialog[open]',
  'save-search': 'dialog[open]',
  'other-customer': 'section[aria-labelledby=accounts]',
  'settings-add-account': 'section[aria-labelledby=accounts]',
  'settings-quiet-hours': 'section[aria-labelledby=notifications]',
  'settings-account-name': 'section[aria-labelledby=accounts]',
  'settings-rules': 'section[aria-labelledby=accounts]',
  'settings-account-remove': 'dialog[open]',
  'settings-notifications': 'section[aria-labelledby=notifications]',
  'settings-tags': 'section[aria-labelledby=tags]',
  'settings-tag': 'section[aria-labelledby=tags]',
  'settings-notification-rules': 'section[aria-labelledby=notifications]',
  'settings-follow-up-rules': 'section[aria-labelledby=accounts]',
  'settings-templates': 'section[aria-labelledby=templates]',
  'settings-template': 'section[aria-labelledby=templates]',
  suggestions: '.reply',
  unfilled: '.reply',
  service: '.thread header',
  drafts: 'section[aria-labelledby=outbox-drafts]',
  'popover-snooze': 'dialog[open]',
  'settings-general': 'section[aria-labelledby=general]',
  'settings-snippets': 'section[aria-labelledby=snippets]',
  'settings-privacy': 'section[aria-labelledby=privacy]',
  'settings-diagnostics': 'section[aria-labelledby=diagnostics]',
  'settings-about': 'section[aria-labelledby=about]'
}
/** Screens repeated in a small window. Checked for room only, in one look. */
const small = new Set([
  ...['inbox-small', 'list-small', 'new-ticket-small', 'settings-small', 'statistics-small'],
  ...['question-small', 'outbox-small', 'work-small', 'work-list-small']
])

/** Text sizes to check where not all of them fit. */
const sizes: Readonly<Record<string, 'large' | 'double'>> = {
  // At this size the list has 22 rem. Its status line ends in an ellipsis and has the full text as a tooltip.
  'list-small': 'large',
  'work-list-small': 'large'
}

/** Elements with a transition or animation longer than 1 ms, which reduced motion forbids. */
const moving = (page: Page): Promise<readonly string[]> =>
  page.evaluate(() => {
    const longest = (durations: string): number => Math.max(...durations.split(',').map(Number.parseFloat))
    const moves = [...document.querySelectorAll('*')].filter((element) =>
      [null, '::before', '::after'].some((part) => {
        const style = getComputedStyle(element, part)
        return (
          longest(style.transitionDuration) > 0.001 ||
          (style.animationName !== 'none' && longest(style.animationDuration) > 0.001)
        )
      })
    )
    return moves
      .filter((element) => element.checkVisibility())
      .map(({ outerHTML }) => outerHTML.slice(0, 120))
  })

/** Elements that scroll horizontally, except those that may: rows of buttons, preformatted text, text fields. */
const sideways = (page: Page): Promise<readonly string[]> =>
  page.evaluate(() =>
    [...document.querySelectorAll('*')]
      .filter((element) => /auto|scroll/.test(getComputedStyle(element).overflowX))
      .filter((element) => element.checkVisibility() && element.scrollWidth > element.clientWidth + 1)
      .filter((element) => !element.matches('nav, nav .all, pre, textarea'))
      .map(({ tagName, className, scrollWidth, clientWidth }) =>
        [tagName, className, scrollWidth, '>', clientWidth].join(' ')
      )
  )

/** Texts by people and servers that may end in an ellipsis: the full text is in the thread or a tooltip, or is copied. */
const content =
  '.row .line > .words, .row .excerpt, .chip bdi, .thread h1, .entry .label, .list .subject, li .words, .ticket, .history .text, .drafts :is(.text, strong), [role=listbox] > [role=option] > :is(span, small), .open :is(strong, .meta, .excerpt)'

test('every screen in every look is without violations, no text is cut off, and nothing moves unasked', async ({
  session,
  demo,
  launch
}) => {
  test.setTimeout(900_000)
  const app = await launch({ lang: 'tr' })
  await tour({
    app,
    demo,
    clickTray: () => session.tray.activate(),
    visit: (page, name) =>
      test.step(name, async () => {
        for (const look of small.has(name) ? looks.slice(0, 1) : looks) {
          await applyLook(page, look)
          const found = await violations(page, parts[name] ?? 'html')
          expect.soft(found, `${name}, ${look.theme}, ${look.language}`).toEqual([])
        }
        for (const language of ['tr', 'en'] as const)
          for (const textSize of ['normal', sizes[name] ?? 'double'] as const) {
            await applyLook(page, { theme: 'light', language, textSize })
            expect.soft(await clippedText(page, content), `${name}, ${textSize}, ${language}`).toEqual([])
            expect.soft(await sideways(page), `${name}, ${textSize}, ${language}`).toEqual([])
            if (process.env.BILET_PICTURES)
              await page.screenshot({
                path: `${process.env.BILET_PICTURES}/${name}-${textSize}-${language}.png`
              })
          }
        await page.emulateMedia({ reducedMotion: 'reduce' })
        expect.soft(await moving(page), `${name}, reduced motion`).toEqual([])
        await page.emulateMedia({ reducedMotion: 'no-preference' })
        if (name === 'inbox' || name === 'settings-accounts') await checkSystemSettings(page, name)
      })
  })
})

/** Checks with the system settings for more contrast and forced colours. */
async function checkSystemSettings(page: Page, name: string): Promise<void> {
  for (const theme of ['light', 'dark'] as const) {
    await page.emulateMedia({ contrast: 'more' })
    await applyLook(page, { theme, language: 'tr' })
    // 7:1, as WCAG AAA requires.
    const lowContrast = await violations(page, 'html', 'color-contrast-enhanced')
    expect.soft(lowContrast, `${name}, ${theme}, more contrast`).toEqual([])
  }
  await page.emulateMedia({ contrast: 'no-preference', forcedColors: 'active' })
  await settled(page)
  if (process.env.BILET_PICTURES)
    await page.screenshot({ path: `${process.env.BILET_PICTURES}/${name}-forced.png` })
  await page.emulateMedia({ forcedColors: 'none' })
}
