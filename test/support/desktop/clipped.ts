import type { Page } from '@playwright/test'

/**
 * Finds texts that are clipped or outside their control, with their position. Texts of people and servers may end in an
 * ellipsis (`mayEnd`); the app's own texts may not. No text may be unreachable by scrolling.
 */
export const clippedText = (page: Page, mayEnd: string): Promise<readonly string[]> =>
  page.evaluate((content) => {
    const slack = 1.5
    const found: string[] = []
    const isInvisible = (element: Element): boolean =>
      element.closest('dialog:not([open]), option') !== null ||
      isHidden(element) ||
      !element.checkVisibility({ checkOpacity: true, checkVisibilityCSS: true })
    /** Whether the element is for screen readers only. */
    const isHidden = (element: Element | null): boolean =>
      element !== null && (getComputedStyle(element).clipPath !== 'none' || isHidden(element.parentElement))
    const place = (element: Element): string =>
      `${element.tagName.toLowerCase()}.${[...element.classList].filter((name) => !name.startsWith('svelte-')).join('.')}`

    /** The reason why this text cannot be read; null if it can. */
    function clippedBy(rect: DOMRect, from: Element): string | null {
      for (let at: Element | null = from; at; at = at.parentElement) {
        const style = getComputedStyle(at)
        const box = at.getBoundingClientRect()
        if (
          at.matches('button, summary, kbd') &&
          (rect.left < box.left - slack || rect.right > box.right + slack)
        )
          return `stands outside ${place(at)}`
        if (style.display !== 'inline') {
          const cutsX = /hidden|clip/.test(style.overflowX)
          const cutsY = /hidden|clip/.test(style.overflowY)
          if (cutsX && (rect.right > box.right + slack || rect.left < box.left - slack))
            return `is cut by ${place(at)}`
          if (cutsY && (rect.bottom > box.bottom + 4 || rect.top < box.top - 4))
            return `is cut by ${place(at)}`
          if (/auto|scroll/.test(style.overflowX + style.overflowY)) return null
        }
        if (style.position === 'fixed') break
      }
      const isOut = rect.right > innerWidth + slack || rect.left < -slack || rect.bottom > innerHeight + 4
      return isOut ? 'is outside the window' : null
    }

    const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    for (let node = walk.nextNode(); node; node = walk.nextNode()) {
      const element = node.parentElement
      const text = node.textContent?.trim() ?? ''
      if (!element || text === '' || isInvisible(element)) continue
      if (content !== '' && element.closest(content)) continue
      const range = document.createRange()
      range.selectNodeContents(node)
      for (const rect of range.getClientRects()) {
        const why = rect.width > 0 ? clippedBy(rect, element) : null
        if (!why) continue
        found.push(`“${text.slice(0, 60)}” in ${place(element)} ${why}`)
        break
      }
    }
    // The text of a closed `select` is in no text node.
    const canvas = document.createElement('canvas').getContext('2d')
    for (const select of document.querySelectorAll('select')) {
      if (isInvisible(select) || !canvas) continue
      const style = getComputedStyle(select)
      canvas.font = `${style.fontWeight} ${style.fontSize} ${style.fontFamily}`
      const shown = select.selectedOptions[0]?.textContent.trim() ?? ''
      // The arrow of a `select` takes about 20 px.
      const room = select.clientWidth - Number.parseFloat(style.paddingLeft) - 20
      if (canvas.measureText(shown).width > room)
        found.push(`“${shown}” in ${select.id || 'a chooser'} has no room`)
    }
    return found
  }, mayEnd)
