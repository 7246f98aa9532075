/** A lost list of accounts is rebuilt, and a proxy that requires a password gets it. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer, request, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { expect, test } from '../support/desktop/fixtures.ts'
import { connect, rowOf } from '../support/desktop/steps.ts'

test('a damaged list of accounts shows the accounts, not the welcome, and says what happened until that is dealt with', async ({
  demo,
  session,
  launch
}) => {
  const profile = join(session.home, 'profile')
  const first = await launch()
  const before = await first.window(/Inbox/)
  await connect(before, demo)
  await rowOf(before, 272298).click()
  await before.getByRole('textbox', { name: 'Message' }).fill('Yarım kalan yanıt')
  await expect
    .poll(
      () => readdirSync(profile).includes('drafts.json') && readFileSync(join(profile, 'drafts.json'), 'utf8')
    )
    .toContain('Yarım kalan yanıt')
  await first.quit()
  writeFileSync(join(profile, 'accounts.json'), '{"version":1,"data":[{"id"')

  for (const run of ['the next start', 'the one after it']) {
    const app = await launch()
    const inbox = await app.window(/Inbox/)
    await expect(inbox.getByText(/The list of accounts was damaged/), run).toBeVisible()
    await rowOf(inbox, 272298).click()
    await expect(inbox.getByRole('textbox', { name: 'Message' })).toHaveValue('Yarım kalan yanıt')
    await expect(inbox.getByLabel('API token')).toHaveCount(0)
    const asked = demo.requests.length
    await inbox.getByRole('button', { name: 'Check now' }).click()
    await expect.poll(() => demo.requests.length, 'with its token').toBeGreaterThan(asked)
    if (run !== 'the next start') {
      const notice = inbox.getByRole('status').filter({ hasText: 'The list of accounts was damaged' })
      await notice.getByRole('button', { name: 'Got it' }).click()
      await expect(notice).toHaveCount(0)
    }
    await app.quit()
  }
  const inbox = await (await launch()).window(/Inbox/)
  await expect(rowOf(inbox, 272298)).toBeVisible()
  await expect(inbox.getByText(/The list of accounts was damaged/)).toHaveCount(0)
  expect(readdirSync(profile).filter((name) => name.startsWith('accounts.json.'))).toHaveLength(1)
})

/** A proxy that accepts only the credentials `who`. `asked` lists the credentials that it got. */
async function startProxy(credentials: string): Promise<{ server: Server; port: number; asked: string[] }> {
  const asked: string[] = []
  const server = createServer((incoming, outgoing) => {
    const given = incoming.headers['proxy-authorization'] ?? ''
    asked.push(given && Buffer.from(given.replace('Basic ', ''), 'base64').toString())
    if (asked.at(-1) !== credentials) {
      outgoing.writeHead(407, { 'Proxy-Authenticate': 'Basic realm="corp"' }).end('no')
      return
    }
    const { 'proxy-authorization': _, ...headers } = incoming.headers
    const onward = request(incoming.url ?? '', { method: incoming.method ?? 'GET', headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers)
      answer.pipe(outgoing)
    })
    onward.on('error', () => outgoing.destroy())
    incoming.pipe(onward)
  })
  // Requests by Chromium itself.
  server.on('connect', (_request, socket) => socket.destroy())
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return { server, port: (server.address() as AddressInfo).port, asked }
}

test('a proxy that wants a password is said where the first account is connected, and given one there', async ({
  demo,
  session,
  launch
}) => {
  const proxy = await startProxy('kim:gizli-parola')
  const args = [`--proxy-server=127.0.0.1:${proxy.port}`, '--proxy-bypass-list=<-loopback>']
  const app = await launch({ args })
  const inbox = await app.window(/Inbox/)
  await connect(inbox, demo)
  await expect(inbox.getByText(/asks for a user name and a password\. Enter them/)).toBeVisible()
  expect(demo.requests).toEqual([])

  const signIn = async (password: string): Promise<void> => {
    await inbox.getByLabel('User name').fill('kim')
    await inbox.getByLabel('Password', { exact: true }).fill(password)
    await inbox.getByRole('button', { name: 'Sign in to the proxy' }).click()
  }
  await inbox.getByRole('button', { name: 'Sign in to the proxy' }).click()
  await signIn('yanlış')
  await inbox.getByRole('button', { name: 'Connect' }).click()
  await expect(inbox.getByText(/did not accept this user name and password/)).toBeVisible()
  expect(
    proxy.asked.filter((given) => given === 'kim:yanlış'),
    'tried once'
  ).toHaveLength(1)

  await signIn('gizli-parola')
  await inbox.getByRole('button', { name: 'Connect' }).click()
  await rowOf(inbox, 272298).click()
  await inbox.getByRole('textbox', { name: 'Message' }).fill('Vekil sunucudan geçen yanıt')
  await inbox.getByRole('button', { name: 'Reply', exact: true }).click()
  await expect.poll(() => demo.requests.filter(({ path }) => path.endsWith('/reply')).length).toBe(1)
  await expect(inbox.getByText(/The proxy \(/)).toHaveCount(0)
  await app.quit()
  const profile = join(session.home, 'profile')
  const written = readdirSync(profile, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(json|log|txt)$/.test(name))
    .map((name) => readFileSync(join(profile, name), 'utf8'))
  expect(written.join('\n')).not.toContain('gizli-parola')
  proxy.server.close()
})
