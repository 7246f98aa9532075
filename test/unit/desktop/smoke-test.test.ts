import { describe, expect, it, vi } from 'vitest'

vi.mock('electron', () => ({ app: {}, BrowserWindow: {} }))
const { missingPart, readInboxState } = await import('../../../electron/desktop/smoke-test.ts')

const report = (tray: string): string => `Bilet 0.1.0\ntray ${tray}, keychain libsecret, shortcut none`
const shown = 'there (StatusNotifier, icon offered, last: shown read)'

describe('the smoke test', () => {
  it('reads what the inbox and the diagnostics say', () => {
    expect(readInboxState({ title: 'Inbox', tickets: 8, report: report(shown) })).toEqual({
      title: 'Inbox',
      tickets: 8,
      tray: shown
    })
  })

  it.each([null, 'text', {}, { title: 'Inbox', tickets: 8 }, { title: 'Inbox', tickets: 8, report: 'x' }])(
    'ignores %j, the answer of a page that is not ready',
    (answer) => {
      expect(readInboxState(answer)).toBeNull()
    }
  )

  it('passes with a window, tickets and an icon, or on a desktop without a place for icons', () => {
    for (const tray of [shown, 'missing (no StatusNotifier, last: not shown yet)'])
      expect(missingPart({ title: 'Inbox', tickets: 1, tray })).toBeNull()
  })

  it('names what is missing', () => {
    expect(missingPart(null)).toBe('no window')
    expect(missingPart({ title: 'Inbox', tickets: 0, tray: shown })).toBe('no ticket of the sample account')
    for (const last of ['not shown yet', 'no picture read', 'failed: unknown'])
      expect(missingPart({ title: 'Inbox', tickets: 1, tray: `there (menu bar, last: ${last})` })).toContain(
        last
      )
  })
})
