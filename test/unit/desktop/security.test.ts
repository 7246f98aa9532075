import { describe, expect, test, vi } from 'vitest'

const opened: string[] = []
vi.mock('electron', () => ({
  app: {},
  session: {},
  protocol: {},
  shell: {
    openExternal: (url: string) => {
      opened.push(url)
      return url.includes('nobody') ? Promise.reject(new Error('no program')) : Promise.resolve()
    }
  }
}))
const { externalAddressOf, httpHosts, mayNavigate, openExternal } =
  await import('../../../electron/desktop/security/security.ts')
const { pageFile, pagePolicy } = await import('../../../electron/desktop/security/app-scheme.ts')

function setUp(kept?: unknown) {
  const asked: string[] = []
  let says = false
  const store = { get: () => kept, set: (_key: string, now: unknown) => void (kept = now) }
  const hosts = httpHosts(store, (host) => {
    asked.push(host)
    return Promise.resolve(says)
  })
  return { hosts, asked, answer: (yes: boolean) => void (says = yes) }
}

describe('an address', () => {
  test.each([
    'https://www.netinternet.com.tr/panel?a=1#b',
    'mailto:destek@example.com',
    'HTTPS://EXAMPLE.COM'
  ])('may be opened outside: %s', (url) => {
    expect(externalAddressOf(url)).toMatchObject({ host: null })
  })

  test.each([
    'file:///etc/passwd',
    'smb://host/share',
    'javascript:alert(1)',
    'data:text/html,x',
    'ms-msdt:/id PCWDiagnostic',
    'vbscript:x',
    'app://bilet/inbox.html',
    'bilet://ticket/1',
    'https://user:secret@example.com',
    'https://example.com/\u0000x',
    `https://example.com/${'a'.repeat(5000)}`,
    '\\\\host\\share',
    'C:\\Windows\\System32\\calc.exe',
    ''
  ])('may not be opened outside: %j', async (url) => {
    expect(externalAddressOf(url)).toBeNull()
    expect(await openExternal(url, setUp().hosts)).toBe(false)
    expect(opened).not.toContain(url)
  })

  test('is opened in its parsed form, and fails if the system has no program for it', async () => {
    const { hosts, asked } = setUp()
    expect(await openExternal('HTTPS://EXAMPLE.COM', hosts)).toBe(true)
    expect(opened).toContain('https://example.com/')
    expect(await openExternal('mailto:nobody@example.com', hosts)).toBe(false)
    expect(asked).toEqual([])
  })

  test('over http is opened after one question per host, and a yes is remembered', async () => {
    const { hosts, asked, answer } = setUp()
    opened.splice(0)
    expect(await openExternal('http://10.0.0.5:8080/durum', hosts)).toBe(true)
    expect(opened).toEqual([])
    answer(true)
    for (const path of ['a', 'b']) await openExternal(`http://10.0.0.5:8080/${path}`, hosts)
    await openExternal('http://10.0.0.5/', hosts)
    expect(asked).toEqual(['10.0.0.5:8080', '10.0.0.5:8080', '10.0.0.5'])
    expect(opened).toEqual(['http://10.0.0.5:8080/a', 'http://10.0.0.5:8080/b', 'http://10.0.0.5/'])
  })

  test.each([[undefined], ['10.0.0.5'], [[7, null]], [{}]])(
    'stored hosts of the form %j are ignored',
    (kept) => {
      const { hosts } = setUp(kept)
      expect(hosts.isKnown('10.0.0.5')).toBe(false)
      hosts.remember('10.0.0.5')
      expect(hosts.isKnown('10.0.0.5')).toBe(true)
    }
  )

  test('of mail keeps only recipient, subject and body', () => {
    expect(externalAddressOf('mailto:a@b.com?subject=x&attach=/etc/passwd')?.href).toBe(
      'mailto:a@b.com?subject=x'
    )
  })
})

describe('a page', () => {
  test('can navigate only to itself', () => {
    const inbox = 'app://bilet/inbox.html'
    expect(mayNavigate(inbox, inbox)).toBe(true)
    expect(mayNavigate(inbox, `${inbox}#a`)).toBe(true)
    expect(mayNavigate('', inbox)).toBe(true)
    for (const to of [
      'app://bilet/compose.html',
      'https://example.com',
      'file:///x',
      'app://bilet.evil/inbox.html'
    ])
      expect(mayNavigate(inbox, to)).toBe(false)
    expect(mayNavigate('', 'https://example.com')).toBe(false)
  })

  test.each([
    ['app://bilet/inbox.html', { path: 'inbox.html', type: 'text/html; charset=utf-8' }],
    ['app://bilet/../%2e%2e/inbox.html', { path: 'inbox.html', type: 'text/html; charset=utf-8' }],
    ['app://bilet/assets/a-b.js?v=1', { path: 'assets/a-b.js', type: 'text/javascript; charset=utf-8' }]
  ])('%s is a file of the folder', (address, file) => {
    expect(pageFile(address)).toEqual(file)
  })

  test.each([
    'app://bilet/..%2fsecret.html',
    'app://bilet/..%5csecret.html',
    'app://bilet/%252e%252e/x.html/..%2f..',
    'app://bilet//etc/x.html',
    'app://bilet/C:/x.html',
    'app://bilet/a%00.html',
    'app://bilet/%E0%A4%A.html',
    'app://bilet/settings.json',
    'app://bilet/',
    'app://other/inbox.html',
    'https://bilet/inbox.html'
  ])('%s is refused', (address) => {
    expect(pageFile(address)).toBeNull()
  })

  test('may run only the app’s own code, and strings become markup only through Trusted Types', () => {
    const rules = new Map(
      pagePolicy.split('; ').map((rule) => [rule.split(' ')[0], rule.split(' ').slice(1).join(' ')])
    )
    expect(rules.get('default-src')).toBe("'none'")
    expect(rules.get('script-src')).toBe("'self'")
    expect(rules.get('require-trusted-types-for')).toBe("'script'")
    expect(pagePolicy).not.toMatch(/unsafe|\*|https?:/)
  })
})
