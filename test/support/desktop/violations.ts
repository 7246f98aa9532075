import type { Page } from '@playwright/test'
import axe, { type RunOptions } from 'axe-core'

const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

/**
 * Like @axe-core/playwright, but faster over a hundred runs: the source is injected once per window, and passed rules are
 * not reported.
 */
export async function violations(page: Page, part: string, only?: string): Promise<readonly string[]> {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe.source)
  const options: RunOptions = {
    runOnly: only ? { type: 'rule', values: [only] } : { type: 'tag', values: tags },
    resultTypes: ['violations']
  }
  // With reduced motion nothing fades in: half-way, a text has neither its colour nor its contrast.
  await page.emulateMedia({ reducedMotion: 'reduce' })
  const found = await page.evaluate(
    async ([selector, wanted]) => {
      if (!document.querySelector(selector)) throw new Error(`Nothing is ${selector}`)
      const result = await (window as unknown as { axe: typeof axe }).axe.run({ include: selector }, wanted)
      return result.violations.flatMap(({ id, nodes }) =>
        nodes.map(({ target, failureSummary }) => `${id} at ${target.join(' ')}: ${failureSummary ?? ''}`)
      )
    },
    [part, options] as const
  )
  await page.emulateMedia({ reducedMotion: 'no-preference' })
  return found
}
