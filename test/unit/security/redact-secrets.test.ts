import { describe, expect, it } from 'vitest'
import type { Credentials, TicketApi } from '../../../electron/api/api.ts'
import { createTicketApi } from '../../../electron/api/client.ts'
import { redactAnswers } from '../../../electron/api/secrets/redact-answers.ts'
import { redactSecrets } from '../../../electron/api/secrets/redact-secrets.ts'
import { redact } from '../../../electron/desktop/security/redact.ts'
import { watchVault } from '../../../electron/desktop/security/secret-registry.ts'
import type { Vault } from '../../../electron/storage/types.ts'
import type { Problem } from '../../../electron/tickets/problem.ts'
import { newTicketOf } from '../../support/builders.ts'

const hard = `K7$m&x!<9"q\\z'()*~ +/=?#%şI`
const secrets = [hard, 'tok-3f9c71', 's3cret&x', 'çok gizli', 'abcd', 'Zm9v+/=='] as const

const bytes = (text: string): Buffer => Buffer.from(text)
const percent = (text: string, digits: (hex: string) => string): string =>
  [...bytes(text)].map((byte) => `%${digits(byte.toString(16).padStart(2, '0'))}`).join('')
const units = (text: string): readonly number[] =>
  Array.from({ length: text.length }, (_, i) => text.charCodeAt(i))
const points = (text: string): readonly number[] =>
  Array.from(text, (character) => character.codePointAt(0) ?? 0)
const html: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#039;'
}
const escaped = (text: string): string => text.replace(/[&<>"']/g, (sign) => html[sign] ?? sign)

const spellings: readonly (readonly [name: string, spell: (secret: string) => string])[] = [
  ['as it is', (secret) => secret],
  ['encodeURIComponent', encodeURIComponent],
  ['a form', (secret) => new URLSearchParams({ a: secret }).toString().slice(2)],
  ['percent, all of it, upper case', (secret) => percent(secret, (hex) => hex.toUpperCase())],
  ['percent, all of it, lower case', (secret) => percent(secret, (hex) => hex)],
  [
    'PHP rawurlencode',
    (secret) =>
      encodeURIComponent(secret).replace(/[!'()*]/g, (sign) => percent(sign, (hex) => hex.toUpperCase()))
  ],
  [
    'a form, escaped again',
    (secret) => encodeURIComponent(new URLSearchParams({ a: secret }).toString().slice(2))
  ],
  [
    '%u',
    (secret) =>
      units(secret)
        .map((unit) => `%u${unit.toString(16).padStart(4, '0')}`)
        .join('')
  ],
  ['HTML, named', escaped],
  ['HTML, named twice', (secret) => escaped(escaped(secret))],
  [
    'HTML, decimal',
    (secret) =>
      points(secret)
        .map((code) => `&#${code};`)
        .join('')
  ],
  [
    'HTML, decimal with zeros',
    (secret) =>
      points(secret)
        .map((code) => `&#${String(code).padStart(5, '0')};`)
        .join('')
  ],
  [
    'HTML, hex',
    (secret) =>
      points(secret)
        .map((code) => `&#x${code.toString(16)};`)
        .join('')
  ],
  [
    'HTML, hex in capitals',
    (secret) =>
      points(secret)
        .map((code) => `&#X${code.toString(16).toUpperCase()};`)
        .join('')
  ],
  ['JSON', (secret) => JSON.stringify(secret).slice(1, -1)],
  [
    'JSON of PHP',
    (secret) =>
      JSON.stringify(secret)
        .slice(1, -1)
        .replaceAll('/', '\\/')
        .replace(/ş/g, '\\u015f')
        .replace(/ç/g, '\\u00e7')
  ],
  [
    'JSON, all of it',
    (secret) =>
      units(secret)
        .map((unit) => `\\u${unit.toString(16).padStart(4, '0')}`)
        .join('')
  ],
  [
    'JSON, all of it in capitals',
    (secret) =>
      units(secret)
        .map((unit) => `\\u${unit.toString(16).padStart(4, '0').toUpperCase()}`)
        .join('')
  ],
  ['JSON within JSON', (secret) => JSON.stringify(JSON.stringify(secret)).slice(3, -3)],
  ['slashes added', (secret) => secret.replace(/[\\'"]/g, '\\$&')],
  [
    'bytes in quotes',
    (secret) => [...bytes(secret)].map((byte) => `\\x${byte.toString(16).padStart(2, '0')}`).join('')
  ],
  ['a form in HTML', (secret) => escaped(new URLSearchParams({ a: secret }).toString().slice(2))],
  ['hex', (secret) => bytes(secret).toString('hex')],
  ['base64', (secret) => bytes(secret).toString('base64')],
  ['base64, url-safe', (secret) => bytes(secret).toString('base64url')],
  ['base64 after one byte', (secret) => bytes(`:${secret}:`).toString('base64')],
  ['base64 after two bytes', (secret) => bytes(`a:${secret}`).toString('base64')],
  [
    'base64 of the request',
    (secret) =>
      bytes(new URLSearchParams({ title: 'Disk', serverpassword: secret, access: 'x' }).toString()).toString(
        'base64'
      )
  ],
  ['base64 of JSON', (secret) => bytes(JSON.stringify({ serverpassword: secret })).toString('base64')],
  [
    'base64 in lines',
    (secret) =>
      bytes(`${'x'.repeat(49)}:${secret}:${'y'.repeat(50)}`)
        .toString('base64')
        .replace(/.{76}/g, '$&\n')
  ],
  ['base64 in a form', (secret) => encodeURIComponent(bytes(`:${secret}:`).toString('base64'))],
  ['UTF-8 read as Latin-1', (secret) => bytes(secret).toString('latin1')],
  ['cut off at the end', (secret) => (secret.length > 7 ? `${secret.slice(0, -1)}…` : secret)]
]

/** Whether the secret can be recovered from the text. */
function isTold(text: string, secret: string): boolean {
  const decodings: readonly ((text: string) => string)[] = [
    (encoded) => encoded,
    (encoded) =>
      encoded
        .replaceAll('\\/', '/')
        .replace(/\\u([0-9a-f]{4})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
    (encoded) => encoded.replace(/\\(.)/g, '$1'),
    (encoded) =>
      encoded
        .replace(/\+/g, ' ')
        .replace(/(?:%[0-9a-f]{2})+/gi, (run) => Buffer.from(run.replaceAll('%', ''), 'hex').toString()),
    (encoded) =>
      encoded
        .replace(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)))
        .replace(/&lt;/g, '<')
        .replace(/&quot;/g, '"')
        .replace(/&amp;/g, '&')
  ]
  return decodings.some((decode) => decode(text).includes(secret))
}

const around: readonly (readonly [name: string, say: (spelt: string) => string])[] = [
  ['a query', (secret) => `Gecersiz istek: title=Disk&serverpassword=${secret}`],
  ['a sentence', (secret) => `Parola "${secret}"`],
  ['JSON', (secret) => `{"serverpassword":"${secret}"}`],
  ['nothing', (secret) => secret]
]

describe('a secret is redacted', () => {
  it.each(spellings)('%s', (name, spell) => {
    for (const secret of secrets)
      for (const [where, say] of around) {
        const spelt = spell(secret)
        const hidden = redactSecrets(say(spelt), secrets)
        expect(hidden, `${secret} in ${where}: ${name}`).not.toContain(spelt)
        expect(isTold(hidden, secret), `${secret} in ${where}: ${hidden}`).toBe(false)
        expect(hidden).toContain('…')
      }
  })

  it('in the middle of other words, which stay', () => {
    const message = `Gecersiz istek: title=Disk+doldu&serverpassword=${encodeURIComponent(hard)}&access=tok-3f9c71&secret=s3cret%26x&message=Merhaba`
    expect(redactSecrets(message, secrets)).toBe(
      'Gecersiz istek: title=Disk+doldu&serverpassword=…&access=…&secret=…&message=Merhaba'
    )
  })

  it('in a very long text, quickly', () => {
    const long = 'aA0-'.repeat(2000)
    expect(redactSecrets(`token ${long}!`, [long])).toBe('token …')
    const text = '%25'.repeat(3000) + '&amp;'.repeat(3000) + '\\'.repeat(3000)
    expect(redactSecrets(text, [hard, `%&\\${'\\'.repeat(20)}`]).length).toBeGreaterThan(0)
  })
})

describe('ordinary text stays', () => {
  it.each([
    [
      'of three characters and fewer, but for values',
      'abc',
      'abcde abc a.b.c, token olarak verilmedi',
      'abcde abc a.b.c, token olarak verilmedi'
    ],
    ['one letter', 'a', 'Yanıt çok kısa.', 'Yanıt çok kısa.'],
    [
      'up to seven characters: only as a word of its own',
      'kısa',
      'Yanıt çok kısa, kısaca yazın.',
      'Yanıt çok …, kısaca yazın.'
    ],
    ['eight and more: anywhere', 'test1234', 'xtest1234x, bu bir test', 'x…x, bu bir test'],
    ['only white space', '   ', 'Yanıt çok   kısa.', 'Yanıt çok   kısa.'],
    [
      'words that look like base64',
      'parola81',
      'Kullanicibilgileriniz dogrulanamadi, Destekbirimi',
      'Kullanicibilgileriniz dogrulanamadi, Destekbirimi'
    ]
  ])('%s', (_, secret, text, hidden) => {
    expect(redactSecrets(text, [secret])).toBe(hidden)
  })

  it.each(['serverpassword=abc&x=1', '{"secret":"abc"}', 'password%3Dabc', "'token' => 'abc'", 'access=abc'])(
    'a short secret is hidden as a value: %s',
    (text) => {
      const hidden = redactSecrets(text, ['abc'])
      expect(hidden).not.toContain('abc')
      expect(hidden).toContain('…')
    }
  )
})

const draft = newTicketOf({ departmentId: 1 })

/** A server that repeats everything it was sent. */
function parrot(words: string): TicketApi {
  const problem: Problem = { kind: 'refused', httpStatus: 422, serverMessage: words }
  return {
    version: 'v2',
    list: () => Promise.resolve({ outcome: 'failed', problem }),
    create: (_draft, password) =>
      Promise.resolve({ outcome: 'refused', problem: { ...problem, serverMessage: `${words} ${password}` } }),
    reply: () => Promise.resolve({ outcome: 'done', message: words }),
    close: () => Promise.resolve({ outcome: 'unknown', problem }),
    services: () => Promise.resolve({ outcome: 'failed', problem })
  }
}

async function everythingSaid(api: TicketApi): Promise<string> {
  const answers = [
    await api.create(draft, 'gizli-şifre-81'),
    await api.list(null),
    await api.reply(1, 'x'),
    await api.close(1),
    await api.services()
  ]
  return JSON.stringify(answers)
}

describe('a secret that a server echoes', () => {
  const cases: readonly (readonly [Credentials, string])[] = [
    [{ kind: 'bearer', token: 'tok-3f9c71' }, 'Invalid token "tok-3f9c71"'],
    [{ kind: 'header', header: 'X-Api-Key', token: 'tok-3f9c71' }, 'tok-3f9c71?'],
    [
      { kind: 'pair', access: 'acc-1177', secret: 's3cret&x' },
      'GET /tickets?access=acc-1177&secret=s3cret%26x&serverpassword=gizli-%C5%9Fifre-81'
    ]
  ]
  it.each(cases)('is removed (%o)', async (credentials, words) => {
    const output = await everythingSaid(redactAnswers(parrot(words), credentials))
    for (const secret of ['tok-3f9c71', 'acc-1177', 's3cret', 'gizli-şifre-81', 'ifre-81'])
      expect(output).not.toContain(secret)
    expect(output).toContain('…')
  })

  it('is removed if it belongs to another account, or was refused before', async () => {
    const seen = new Set<string>()
    await redactAnswers(parrot('no'), { kind: 'bearer', token: 'refused-token-1' }, seen).list(null)
    const other = redactAnswers(parrot('refused-token-1?'), { kind: 'bearer', token: 'another-2' }, seen)
    expect(await everythingSaid(other)).not.toContain('refused-token-1')
  })

  it('does not change what is sent to the server', async () => {
    const got: unknown[] = []
    const plain = parrot('no')
    const api = redactAnswers(
      {
        ...plain,
        list: (...args) => {
          got.push(...args)
          return plain.list(...args)
        }
      },
      { kind: 'bearer', token: 'token' }
    )
    const [known, { signal }, progress] = [
      { fingerprint: 'f', pieces: new Map<bigint, never>() },
      new AbortController(),
      (): void => undefined
    ]
    await api.list(known, signal, progress)
    expect(got).toEqual([known, signal, progress])
  })

  it('is removed by the real client, from a server that prints the request', async () => {
    const token = `tok-"3f9c71"&<x>'`
    const echo: typeof fetch = (_, init) => {
      const body = typeof init?.body === 'string' ? init.body : ''
      return Promise.resolve(
        new Response(JSON.stringify({ status: 'error', message: `Gecersiz istek: ${body} ${btoa(body)}` }), {
          status: 422
        })
      )
    }
    const credentials: Credentials = { kind: 'pair', access: 'acc-1177', secret: 'şifre & ~(1)' }
    const api = createTicketApi({
      baseUrl: 'https://api.example.com/v1',
      version: 'v1',
      credentials,
      fetch: echo,
      writeFetch: echo,
      now: Date.now
    })
    const answer = await redactAnswers(api, credentials).create({ ...draft, message: 'Disk doldu' }, token)
    const text = JSON.stringify(answer)
    expect(text).toContain('serverpassword=…')
    expect(text).toContain('message=Disk+doldu')
    for (const part of ['3f9c71', 'acc-1177', 'ifre', '%7E', 'YWNj']) expect(text).not.toContain(part)
  })
})

describe('the log', () => {
  const vault: Vault = {
    available: true,
    hasUnwritten: false,
    open: () => Promise.resolve(),
    settled: () => Promise.resolve(),
    put: () => 'stored',
    get: () => ({ kind: 'none' }),
    isStored: () => true,
    keys: () => [],
    erase: () => undefined
  }

  it('contains no secret in any encoding, also no password that looks like a list; a header’s name is not secret', () => {
    const seen = new Set<string>()
    const watched = watchVault(vault, seen)
    watched.put('entry:1', hard, false)
    watched.put('entry:2', '["a","pass-word-81"]', false)
    watched.put('account:1', JSON.stringify(['header', 'X-Api-Key', 'tok-3f9c71']), false)
    const line = `X-Api-Key ${encodeURIComponent(hard)} ${btoa('tok-3f9c71')} ["a","pass-word-81"]`
    expect(redact(line, { secrets: [...seen], home: '/' })).toMatch(/ <secret> <secret> <secret>$/)
    expect([...seen]).not.toContain('X-Api-Key')
  })
})
