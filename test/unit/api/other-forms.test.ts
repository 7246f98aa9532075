/** Answers as servers, PHP, proxies and firewalls print them, which no documentation describes. */
import { brotliCompressSync, gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import type { Ticket } from '../../../electron/tickets/ticket.ts'
import { rawTicket as ticket } from './raw-ticket.ts'
import { api, now, serve, text } from './serve.ts'

const answer = { status: true, message: 'Ticket list', error: null, data: [ticket] }
const printed = JSON.stringify(answer)
const html = { 'Content-Type': 'text/html; charset=utf-8' }

async function listOf(
  body: string | Uint8Array,
  headers: Record<string, string> = {},
  status = 200
): Promise<unknown> {
  const { origin } = await serve(text(status, body, headers))
  return api(origin, { version: 'v2' }).list(null)
}
async function writeOf(
  status: number,
  body: unknown,
  headers: Record<string, string> = {}
): Promise<unknown> {
  const { origin } = await serve(
    text(status, typeof body === 'string' ? body : JSON.stringify(body), headers)
  )
  return api(origin, { version: 'v2' }).reply(7, 'Merhaba')
}

describe('a list is read', () => {
  const empty = '"attachments":"","lastreply"'
  it.each<[string, string | Uint8Array, Record<string, string>?]>([
    ['encoded twice', JSON.stringify(printed)],
    ['with two byte order marks', `\ufeff\ufeff${printed}`],
    ['in UTF-16', Buffer.from(`\ufeff${printed}`, 'utf16le')],
    ['in UTF-16 without a byte order mark', Buffer.from(printed, 'utf16le')],
    ['in UTF-16, the other byte first', Buffer.from(`\ufeff${printed}`, 'utf16le').swap16()],
    ['with the wrong encoding in its header', printed, { 'Content-Type': 'text/html; charset=iso-8859-9' }],
    ['compressed without saying so', gzipSync(printed)],
    ['compressed twice', gzipSync(gzipSync(printed)), { 'Content-Encoding': 'gzip' }],
    ['compressed by Brotli', brotliCompressSync(printed), { 'Content-Encoding': 'br' }],
    ['with the comment of a cache', `${printed}\n<!-- Page cached by LiteSpeed Cache 6.1 -->`],
    ['with a script that the host appended', `${printed}<script src="/stats.js"></script>`],
    ['with the protection of a framework', `)]}',\n${printed}`],
    ['as the argument of a function', `callback(${printed});`],
    [
      'before an error of many lines',
      `${printed}\n<br />\n<b>Fatal error</b>:  Uncaught Exception: x in /a.php:3\nStack trace:\n#0 {main}\n  thrown in <b>/a.php</b> on line <b>3</b><br />`
    ],
    ['behind what the program printed', `Array\n(\n    [0] => x\n)\n${printed}`],
    ['with NaN', printed.replace(empty, '"attachments":NaN,"lastreply"')],
    ['with undefined', printed.replace(empty, '"attachments":undefined,"lastreply"')],
    ['with the words of Python', printed.replace('true', 'True').replace('null', 'None')],
    ['with the words of SQL', printed.replace('null', 'NULL')],
    ['with an empty variable', printed.replace(empty, '"attachments":,"lastreply"')],
    ['with an empty variable at the end', printed.replace('"attachments":""}]', '"attachments":}]')],
    ['with two commas', printed.replace(empty, '"attachments":"",,"lastreply"')],
    ['with a comma first', printed.replace('"data":[', '"data":[,')],
    ['in single quotes', printed.replaceAll('"', "'")],
    ['with names without quotes', printed.replace(/"(\w+)":/g, '$1:')],
    ['with comments', printed.replace('"data"', '/* "x": [ */ "data"').replace('}]}', '} // ]\n]}')],
    ['with quotes inside a text', printed.replace('Şu çalışmıyor', 'Şu "panel" çalışmıyor')],
    ['inside a result', `{"result":${printed}}`],
    ['inside a response', `{"response":${printed}}`],
    ['inside data', `{"data":${printed}}`],
    ['inside a list', `[${printed}]`],
    ['inside data of data', JSON.stringify({ status: true, data: { data: [ticket] } })],
    ['inside tickets of data', JSON.stringify({ status: true, data: { total: 1, tickets: [ticket] } })],
    ['inside items of data', JSON.stringify({ status: true, data: { items: [ticket], count: 1 } })],
    ['inside tickets', JSON.stringify({ status: true, tickets: [ticket] })],
    [
      'as WHMCS prints its own',
      JSON.stringify({ result: 'success', totalresults: 1, numreturned: 1, tickets: { ticket: [ticket] } })
    ],
    ['as JSON in a text', JSON.stringify({ status: true, data: JSON.stringify([ticket]) })],
    ['by names', JSON.stringify({ status: true, data: { t7: ticket } })],
    ['as a single ticket', JSON.stringify({ status: true, data: ticket })],
    ...[200, '200', ' success ', 'başarılı', 'BAŞARILI', 'OK'].map((status): [string, string] => [
      `with ${JSON.stringify(status)} for success`,
      JSON.stringify({ ...answer, status })
    ]),
    ['with success in another field', JSON.stringify({ success: '1', data: [ticket] })],
    ['with success as a result', JSON.stringify({ result: 'success', data: [ticket] })]
  ])('%s', async (_, body, headers) => {
    const found = await listOf(body, headers)
    expect(found).toMatchObject({
      outcome: 'tickets',
      broken: [],
      tickets: [{ id: 7, replies: [{ id: 9 }] }]
    })
    expect((found as { tickets: Ticket[] }).tickets[0]?.message.replaceAll('"panel" ', '')).toBe(
      'Şu çalışmıyor'
    )
  })

  it.each([
    { meta: { last_page: 3 } },
    { next_page_url: 'https://api.example.com/v2/tickets?page=2' },
    { links: { next: '/v2/tickets?page=2' } },
    { links: { next: { href: '/v2/tickets?page=2' } } },
    { pagination: { next_page: 2 } },
    { meta: { pagination: { total_pages: 12 } } },
    { totalPages: 4 },
    { has_more: true },
    { total: 300, per_page: 25 }
  ])('as one page of several where it says so: %j', async (pages) => {
    expect(await listOf(JSON.stringify({ ...answer, ...pages }))).toMatchObject({
      tickets: [{ id: 7 }],
      broken: [{ id: null }]
    })
  })

  it('as a whole where it is the only page', async () => {
    const pages = {
      ...{
        meta: { last_page: 1, pagination: { total_pages: 1 } },
        next_page_url: null,
        links: { next: null }
      },
      ...{ has_more: false, total: 1, per_page: 25, next_page: null }
    }
    expect(await listOf(JSON.stringify({ ...answer, ...pages }))).toMatchObject({ broken: [] })
  })
})

describe('a list is not read', () => {
  it.each<[string, string | Uint8Array, string, Record<string, string>?]>([
    ['that ends before its last bracket', printed.slice(0, -1), 'truncated'],
    ['that ends behind its last ticket', printed.slice(0, -2), 'truncated'],
    ['that ends behind a reply', printed.slice(0, -4), 'truncated'],
    ['that ends behind its list', printed.slice(0, printed.lastIndexOf(']') + 1), 'truncated'],
    ['after another answer', `{"status":false,"message":"Hata"}${printed}`, 'not-json'],
    ['of a session that expired', '<div class="alert">Oturum süresi doldu</div>', 'web-page', html],
    ['that is XML', '<?xml version="1.0"?><response/>', 'not-json'],
    ['whose compression is none', printed, 'not-json', { 'Content-Encoding': 'gzip' }],
    [
      'with another compression than its header says',
      brotliCompressSync(printed),
      'not-json',
      { 'Content-Encoding': 'gzip' }
    ],
    [
      'that reports a refused token',
      '{"status":false,"code":401,"message":"Token geçersiz"}',
      'unauthorized'
    ],
    [
      'that reports a refused token by its status',
      '{"status":401,"message":"Token geçersiz"}',
      'unauthorized'
    ],
    ['that only names an error', '{"error":"Token geçersiz"}', 'refused'],
    ['that only names an error and its code', '{"error":"Token geçersiz","code":401}', 'unauthorized'],
    ['that reports too many requests', '{"status":false,"code":"429"}', 'rate-limited'],
    ['that reports an error of the server', '{"status":500,"message":"Server Error"}', 'server-error'],
    ['that is a bare ticket', JSON.stringify([ticket]), 'unexpected-shape']
  ])('%s', async (_, body, kind, headers) => {
    const found = await listOf(body, headers)
    expect(found).toMatchObject({ outcome: 'failed', problem: { kind } })
    // A text of the customer is no message of the server.
    expect(JSON.stringify(found)).not.toContain('çalışmıyor')
  })
})

describe('a refusal', () => {
  const imunify = '{"message":"Access denied by Imunify360 bot-protection."}'
  it.each<[string, number, string, Record<string, string>, string, string]>([
    ['a word of Cloudflare', 403, 'error code: 1020', { 'Content-Type': 'text/plain' }, 'blocked', 'refused'],
    ['a challenge without a body', 403, '', { 'cf-mitigated': 'challenge' }, 'blocked', 'refused'],
    ['JSON of Imunify360', 403, imunify, {}, 'blocked', 'refused'],
    ['JSON of Imunify360', 415, imunify, {}, 'blocked', 'refused'],
    [
      'JSON of Cloudflare',
      403,
      '{"title":"Error 1020: Access denied","status":403,"error_code":1020,"cloudflare_error":true}',
      { 'Content-Type': 'application/problem+json' },
      'blocked',
      'refused'
    ],
    ['a puzzle of AWS', 405, '', { 'x-amzn-waf-action': 'captcha' }, 'blocked', 'refused'],
    ['a word of Envoy', 403, 'RBAC: access denied', { 'Content-Type': 'text/plain' }, 'blocked', 'refused'],
    [
      'XML of a store',
      403,
      '<?xml version="1.0"?><Error><Code>AccessDenied</Code></Error>',
      {},
      'blocked',
      'refused'
    ],
    ['a part of a page', 403, '<div>Yasak</div>', {}, 'blocked', 'refused'],
    ['a word that is sent as a page', 403, 'Forbidden', html, 'blocked', 'refused'],
    [
      'a page with the wrong type',
      406,
      '<head><title>Not Acceptable!</title></head>',
      {},
      'blocked',
      'refused'
    ],
    ['JSON of the API with markup', 403, '{"message":"<h1>Yetkiniz yok</h1>"}', {}, 'forbidden', 'not-sent'],
    [
      'a word of the framework',
      401,
      'Unauthorized.',
      { 'Content-Type': 'text/plain' },
      'unauthorized',
      'not-sent'
    ],
    ['a connection for another server', 421, '', {}, 'server-error', 'not-sent'],
    ['a request that came too early', 425, '', {}, 'server-error', 'not-sent'],
    ["a network's own sign-in", 511, '<html><h1>Wi-Fi</h1></html>', html, 'web-page', 'not-sent'],
    ['a challenge with 503', 503, '<title>Just a moment...</title>', html, 'server-error', 'unknown'],
    ['an origin that is down', 522, 'error code: 522', {}, 'server-error', 'unknown']
  ])('by %s (%i)', async (_, status, body, headers, kind, outcome) => {
    expect(await listOf(body, headers, status)).toMatchObject({ problem: { kind } })
    expect(await writeOf(status, body, headers)).toMatchObject({ outcome, problem: { kind } })
  })

  it.each([
    [{ 'Retry-After': '1.5' }, 1500],
    [{ 'Retry-After': '120s' }, 120_000],
    [{ 'Retry-After': '120, 60' }, 120_000],
    [{ 'Retry-After': 'Tue, 24 Nov 2026 15:02:00 +0300' }, 120_000],
    [{ 'Retry-After': '2026-11-24T12:02:00Z' }, 120_000],
    [{ 'Retry-After': String((now + 120_000) / 1000) }, 120_000],
    [{ 'X-RateLimit-Reset': String((now + 120_000) / 1000) }, 120_000],
    [{ 'RateLimit-Reset': '30' }, 30_000],
    [{ 'Retry-After': '-5' }, null]
  ])('with %o', async (headers, wait) => {
    const date = new Date(now).toUTCString()
    const found = (await listOf('{}', { ...headers, Date: date }, 429)) as {
      problem: { retryAt?: number }
    }
    expect(found.problem.retryAt).toBe(wait === null ? undefined : now + wait)
  })
})

describe('a write', () => {
  it.each<[object | string, string]>([
    [{ success: true }, 'done'],
    [{ status: 200, message: 'Oldu' }, 'done'],
    [{ result: { status: 'success' } }, 'done'],
    [JSON.stringify(JSON.stringify({ status: 'success' })), 'done'],
    [{ status: true, error: '0' }, 'done'],
    [{ success: false, message: 'Olmaz' }, 'refused'],
    [{ result: 'error', message: 'Ticket ID Not Found' }, 'refused'],
    [{ status: 404, message: 'Yok' }, 'refused'],
    [{ status: 500, message: 'Server Error' }, 'unknown'],
    [{ status: true, error: 'Mail gönderilemedi' }, 'unknown'],
    [{ id: 7, status: 'Answered' }, 'unknown'],
    [{ ticket: { id: 7, status: 'ok' } }, 'unknown'],
    // Complete is only what was inside the answer.
    ['{"status":false,"data":{"status":"success"}', 'unknown'],
    ['{"status":"error","message":"x"}{"status":"success"}', 'unknown'],
    ['{"status":"success"}{"status":"error","message":"x"}', 'unknown']
  ])('answered with %j is %s', async (body, outcome) => {
    expect(await writeOf(200, body)).toMatchObject({ outcome })
  })

  it('that is accepted for later is done, unless a failure is reported', async () => {
    expect(await writeOf(202, { status: 'queued' })).toMatchObject({ outcome: 'done' })
    expect(await writeOf(202, { status: 'error' })).toMatchObject({ outcome: 'refused' })
    expect(await writeOf(202, '<html>')).toMatchObject({ outcome: 'unknown' })
  })
})
