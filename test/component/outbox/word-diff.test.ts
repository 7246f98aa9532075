import { expect, test } from 'vitest'
import { compareWords } from '../../../renderer/outbox/word-diff.ts'

const marked = (first: string, second: string): readonly string[] =>
  compareWords(first, second).map((pieces) =>
    pieces.map(({ text, differs }) => (differs ? `[${text}]` : text)).join('')
  )

test('words that only one text has are marked, in both', () => {
  expect(marked('şifre gizli123 olarak kaldı', 'şifre *** olarak kaldı')).toEqual([
    'şifre [gizli123] olarak kaldı',
    'şifre [***] olarak kaldı'
  ])
})

test('the same text has no marks, however it is wrapped', () => {
  expect(marked('bir iki\nüç', 'bir  iki üç')).toEqual(['bir iki\nüç', 'bir  iki üç'])
})

test('what was put before, after and cut out is marked as a whole', () => {
  expect(marked('bir iki üç dört', 'Panelden: bir iki dört\n--\nimza')).toEqual([
    'bir iki [üç] dört',
    '[Panelden:] bir iki dört\n[--\nimza]'
  ])
})

test('an empty text differs in every word', () => {
  expect(marked('bir iki', '')).toEqual(['[bir iki]', ''])
})

test('two long texts that have little in common are still compared, and lose no letter', () => {
  const long = (seed: number): string =>
    Array.from({ length: 4000 }, (_, i) => `w${(i * seed) % 5003}`).join(' ')
  const [first, second] = compareWords(long(7), long(11))
  expect(first.map(({ text }) => text).join('')).toBe(long(7))
  expect(second.map(({ text }) => text).join('')).toBe(long(11))
})
