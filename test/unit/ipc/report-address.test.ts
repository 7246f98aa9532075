import { expect, test } from 'vitest'
import { reportAddress } from '../../../electron/ipc/host.ts'

test.each([
  ['nothing', undefined, null],
  ['a page', 'https://example.com/issues', 'https://example.com/issues'],
  [
    'a page and an address',
    { url: 'https://example.com/issues', email: 'a@example.com' },
    'https://example.com/issues'
  ],
  ['an address', { email: 'a@example.com' }, 'mailto:a@example.com'],
  ['a page that is not secure', { url: 'http://example.com' }, null],
  ['something else', { url: 7, email: '' }, null]
])('where package.json names %s, reports go there', (_what, bugs, expected) => {
  expect(reportAddress(bugs)).toBe(expected)
})
