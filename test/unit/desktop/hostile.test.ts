/** All payloads of hostile.spec.ts in all fields of notification and tray, on every system. */
import { describe, expect, test, vi } from 'vitest'
import { payloads } from '../../support/hostile.ts'
import { platforms, ref, state, unreadTicketOf } from './make.ts'
import type { TicketEvent } from '../../../electron/sync/types.ts'

vi.mock('electron', () => ({ app: {}, nativeImage: {}, Notification: {} }))
const { notificationOf } = await import('../../../electron/desktop/notifications/notification-rules.ts')
const { nodeNotifierOptions } =
  await import('../../../electron/desktop/notifications/backends/node-notifier.ts')
const { escapeMarkup } = await import('../../../electron/desktop/notifications/notifier.ts')
const { trayMenu, trayTooltip } = await import('../../../electron/desktop/tray/tray-menu.ts')

const hostile = payloads('https://evil.example')
/** Control and direction characters, except line breaks in a summary and the joiner inside an emoji. */
const unseen =
  /(?!\n|(?<=[\p{Extended_Pictographic}\p{Emoji_Modifier}\ufe0f])\u200d(?=\p{Extended_Pictographic}))[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u

const ticketEvents = (text: string): readonly TicketEvent[] => [
  { kind: 'reply', ref: ref(), subject: text, name: text, excerpt: text },
  { kind: 'reply', ref: ref(), subject: text, name: '', excerpt: '' },
  { kind: 'status', ref: ref(), subject: text, status: { kind: 'other', text } },
  { kind: 'closed', ref: ref(), subject: text, status: { kind: 'closed', text } }
]

test('there are at least 200', () => {
  expect(hostile.length).toBeGreaterThanOrEqual(200)
})

describe.each(platforms)('what a server sends, on %s,', (platform) => {
  test('is short plain text in a notification, and no option of a program that shows it', () => {
    /** The options of a harmless notification, without its texts. */
    const restOf = (kind: TicketEvent['kind']): Readonly<Record<string, unknown>> => {
      const [finding] = ticketEvents('x').filter((event) => event.kind === kind)
      const text = finding && notificationOf(finding, 'x', true, 'tr')
      return text ? { ...nodeNotifierOptions(text, platform, '/icon.png', true), title: '', message: '' } : {}
    }
    for (const payload of hostile)
      for (const finding of ticketEvents(payload)) {
        const text = notificationOf(finding, payload, true, 'tr')
        expect(text.title + text.body, payload).not.toMatch(unseen)
        expect(Array.from(text.title).length, payload).toBeLessThanOrEqual(140)
        for (const line of text.body.split('\n'))
          expect(Array.from(line).length, payload).toBeLessThanOrEqual(140)
        expect(escapeMarkup(text.body), payload).not.toMatch(/<|&(?!(amp|lt|gt);)/)
        const options = nodeNotifierOptions(text, platform, '/icon.png', true)
        for (const argument of [options.title, options.message]) expect(argument, payload).not.toMatch(/^-/)
        expect({ ...options, title: '', message: '' }, payload).toEqual(restOf(finding.kind))
      }
  })

  test('is one short line in the tray’s menu, and nothing in its tooltip', () => {
    for (const payload of hostile) {
      const all = [payload, ''].flatMap((speaker) =>
        [payload, ''].map((account) => unreadTicketOf({ subject: payload, speaker, account }))
      )
      const shown = state({ counted: all.length, newest: all })
      const labels = trayMenu(shown, platform, () => undefined).map(({ label = '' }) => label)
      expect(labels.filter((label) => label.startsWith('#'))).toHaveLength(all.length)
      for (const label of labels) {
        expect(label, payload).not.toMatch(unseen)
        // Except on macOS, an ampersand underlines the next letter, and two ampersands show one.
        const read = platform === 'darwin' ? label : label.replaceAll('&&', '+')
        if (platform !== 'darwin') expect(read, payload).not.toContain('&')
        expect(Array.from(read).length, payload).toBeLessThanOrEqual(96)
      }
      expect(trayTooltip(shown)).toBe(trayTooltip(state({ counted: all.length })))
    }
  })
})
