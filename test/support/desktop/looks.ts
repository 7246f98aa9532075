/** Combinations of theme, language and text size in which screens are checked. */
import type { Page } from '@playwright/test'
import type { Bridge, Settings, SettingsPatch } from '../../../electron/ipc/contract.ts'

export interface Look {
  readonly theme: 'light' | 'dark'
  readonly language: 'tr' | 'en'
  readonly textSize?: Settings['textSize']
}

export const looks: readonly Look[] = [
  { theme: 'light', language: 'tr' },
  { theme: 'dark', language: 'tr' },
  { theme: 'dark', language: 'en' },
  { theme: 'light', language: 'en' }
]

export const change = (page: Page, patch: SettingsPatch): Promise<void> =>
  page.evaluate(async (wanted) => {
    await (window as unknown as { bilet: Bridge }).bilet.invoke('settings.change', wanted)
  }, patch)

/** Applies the settings. Resolves when the window shows them and all transitions have ended. */
export async function applyLook(page: Page, { theme, language, textSize = 'normal' }: Look): Promise<void> {
  await change(page, { theme, language, textSize })
  await page.waitForFunction(
    ([wantedTheme, wantedLanguage]) => {
      const root = document.documentElement
      return root.dataset.theme === wantedTheme && root.lang === wantedLanguage
    },
    [theme, language] as const
  )
  await settled(page)
}

/** Waits for a frame and finishes transitions. Contains no named function, since esbuild's helpers do not exist in the page. */
export const settled = (page: Page): Promise<void> =>
  page.evaluate(async () => {
    await new Promise((resolve) => requestAnimationFrame(resolve))
    for (const animation of document.getAnimations())
      if (animation instanceof CSSTransition) animation.finish()
  })
