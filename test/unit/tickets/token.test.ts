import { expect, test } from 'vitest'
import {
  cleanSecret,
  cleanToken,
  isPossibleToken,
  looksLikeToken
} from '../../../electron/tickets/text/token.ts'

test.each([
  'abc.DEF-123',
  '  abc.DEF-123\n',
  '\ufeffabc.\u200bDEF\u00ad-1\u206023\u200e',
  'abc.DE\r\nF-123',
  'Bearer abc.DEF-123',
  'bearer: abc.DEF-123',
  'Authorization: Bearer abc.DEF-123',
  'authorization:bearer abc.DEF-123',
  '-H "Authorization: Bearer abc.DEF-123"',
  "--header 'Authorization: Bearer abc.DEF-123'",
  'Token: abc.DEF-123',
  'token:abc.DEF-123',
  'API Key = abc.DEF-123',
  'api_key=abc.DEF-123',
  'Anahtar: abc.DEF-123',
  '"token": "abc.DEF-123"',
  'Token: "abc.DEF-123"',
  '\tabc.DEF-123\t',
  'Authorization: Token abc.DEF-123',
  'curl -s "https://api.ni.net.tr/v2/tickets" -H "Authorization: Bearer abc.DEF-123" -d x=1',
  'GET /v2/tickets HTTP/1.1\r\nHost: api.ni.net.tr\r\nAuthorization: Bearer abc.DEF-123\r\n',
  '"abc.DEF-123"',
  'Bearer “abc.DEF-123”',
  '\u00a0abc.DEF-123\u00a0',
  '<abc.DEF-123>',
  '[abc.DEF-123]',
  '(abc.DEF-123)',
  'abc.DEF-123;',
  '"abc.DEF-123",',
  '{"token": "abc.DEF-123"}',
  'export API_TOKEN="abc.DEF-123"',
  'X-Api-Key: abc.DEF-123',
  'API anahtarınız: abc.DEF-123',
  'Token abc.DEF-123',
  'https://api.ni.net.tr/v2/tickets?limit=5&api_key=abc.DEF-123&x=1',
  'ａｂｃ.ＤＥＦ-１２３',
  'abc.DEF\u2011123',
  '«abc.DEF-123»',
  '„abc.DEF-123“',
  '- abc.DEF-123',
  '1. abc.DEF-123',
  'Bearer Bearer abc.DEF-123',
  'Bearer%20abc.DEF-123',
  'set API_TOKEN=abc.DEF-123',
  '$env:TOKEN = "abc.DEF-123"',
  "'Authorization' => 'Bearer abc.DEF-123'",
  '"Authorization": "Bearer abc.DEF-123"',
  'headers: { Authorization: `Bearer abc.DEF-123` }',
  "setRequestHeader('Authorization', 'Bearer abc.DEF-123')",
  'curl -H Authorization:\\ Bearer\\ abc.DEF-123 https://api.ni.net.tr/v2/tickets',
  'Invoke-RestMethod -Headers @{Authorization="Bearer abc.DEF-123"} https://api.ni.net.tr/v2/tickets',
  'http GET https://api.ni.net.tr/v2/tickets Authorization:"Bearer abc.DEF-123"'
])('%j is the token abc.DEF-123', (pasted) => {
  expect(cleanToken(pasted)).toBe('abc.DEF-123')
})

test('a token may begin with the word itself, and a key with any', () => {
  for (const token of ['bearerabc', 'Bearer-7', 'token-7', 'keyring', 'anahtar7'])
    expect(cleanToken(token)).toBe(token)
  expect(cleanSecret(' Bearer abc\u200b ')).toBe('Bearer abc')
})

test.each(['Basic abc=', 'abc def', 'anahtarım', 'а', 'abc\u3000def', ''])('%j cannot be one', (text) => {
  expect(isPossibleToken(cleanToken(text))).toBe(false)
})

test.each([
  'Authorization: Bearer abc.DEF-123',
  'Bearer tok-3f9c71',
  '4f8a1c9e2b7d40e5a6c3f1e8d9b07a52',
  '  "sk_live_4eC39HqLyjWDarjtT1zdp7dc"\n',
  '12|Zk3vYt9QwErTyUiOpAsDfGhJkLzXcVbNm1234567',
  '9f1c7e4a-0b2d-4c6e-8f10-a1b2c3d4e5f6',
  'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjMifQ.abc-DEF_123'
])('pasting %j is offered', (copied) => expect(looksLikeToken(copied)).toBe(true))

test.each([
  '',
  'Merhaba, sunucuya bağlanamıyorum',
  'https://panel.example.com/api/keys/4f8a1c9e2b7d40e5',
  'ahmet.yilmaz2024@example.com',
  '/var/log/nginx/access-20241130.log',
  'backup-20241130-full.tar.gz',
  '2001:0db8:85a3:0000:0000:8a2e:0370:7334',
  'Afyonkarahisarlilastiramadik',
  '905321234567905321234567',
  'anahtar1',
  '(tamam)',
  'tamam,',
  '<https://example.com>',
  'Token invalid',
  'a1'.repeat(5000)
])('pasting %j is not', (copied) => expect(looksLikeToken(copied)).toBe(false))

test.each(['https://api.ni.net.tr', 'HTTP://example.com/v1', '$TOKEN', '${API_TOKEN}', 'abc…', 'abc def'])(
  '%j is no token, and is not sent as one',
  (pasted) => {
    expect(isPossibleToken(cleanToken(pasted))).toBe(false)
  }
)

test('braces of an identifier stay', () => {
  expect(cleanToken('{3f2504e0-4f89}')).toBe('{3f2504e0-4f89}')
})
