import { expect, test } from 'vitest'
import { plainLine } from '../../../electron/desktop/plain-line.ts'

test.each([
  ['a family of emoji', '👨‍👩‍👧‍👦 tamam'],
  ['a skin tone and a profession', '👩🏽‍💻 bakıyor'],
  ['a flag of colours', '🏳️‍🌈'],
  ['a flag of letters', '🏴󠁧󠁢󠁥󠁮󠁧󠁿 ve 🇹🇷'],
  ['a Persian word', 'می‌روم'],
  ['a Hindi word', 'क्‍ष']
])('%s stays whole', (_what, text) => {
  expect(plainLine(text, 60)).toBe(text)
})

test.each([
  ['pay\u200dpal', 'pay pal'],
  ['pay\u200cpal', 'pay pal'],
  ['а\u200dб', 'а б'],
  ['\u200d👩', '👩'],
  ['👩\u200d', '👩'],
  ['👩\u200dx', '👩 x'],
  ['a\u{e0061}\u{e007f}b', 'a b'],
  ['a\u202eb\u2066c\nd\u0000e', 'a b c d e'],
  ['می\u200c\u202eروم', 'می روم']
])('a character that hides or reverses text is removed: %j', (text, plain) => {
  expect(plainLine(text, 60)).toBe(plain)
})

test('is cut between whole characters', () => {
  expect(plainLine('👨‍👩‍👧'.repeat(9), 20)).toBe(`${'👨‍👩‍👧'.repeat(2)}…`)
})
