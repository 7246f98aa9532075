/** A server that requests a client certificate gets none, even when the system's store has one. */
import { execFile } from 'node:child_process'
import { mkdirSync, readFileSync } from 'node:fs'
import { request as plainRequest } from 'node:http'
import { createServer } from 'node:https'
import type { AddressInfo, Socket } from 'node:net'
import { join } from 'node:path'
import { TLSSocket } from 'node:tls'
import { promisify } from 'node:util'
import type { DesktopSession } from '../support/desktop/session.ts'
import { expect, test } from '../support/desktop/fixtures.ts'
import { connect, rowOf } from '../support/desktop/steps.ts'

const run = promisify(execFile)
const owner = '12345678901 ADI SOYADI'

interface Certificates {
  readonly ca: Buffer
  readonly key: Buffer
  readonly cert: Buffer
}

/** Creates an authority that the app's user trusts, a server certificate, and a client certificate in the user's store. */
async function prepareStore(session: DesktopSession): Promise<Certificates> {
  const folder = join(session.home, 'certificates')
  const store = join(session.home, '.pki', 'nssdb')
  mkdirSync(folder)
  mkdirSync(store, { recursive: true })
  const path = (name: string): string => join(folder, name)
  const openssl = (...args: string[]): Promise<unknown> => run('openssl', args, { cwd: folder })
  const fresh = ['-newkey', 'rsa:2048', '-nodes', '-days', '2']
  await openssl('req', '-x509', ...fresh, '-subj', '/CN=Bilet test', '-keyout', 'ca.key', '-out', 'ca.pem')
  const signed = async (name: string, subject: string, extension: string): Promise<void> => {
    const authority = [
      '-CA',
      'ca.pem',
      '-CAkey',
      'ca.key',
      '-addext',
      extension,
      '-addext',
      'basicConstraints=CA:FALSE'
    ]
    await openssl(
      'req',
      '-x509',
      ...fresh,
      '-subj',
      subject,
      ...authority,
      '-keyout',
      `${name}.key`,
      '-out',
      `${name}.pem`
    )
  }
  await signed('server', '/CN=127.0.0.1', 'subjectAltName=IP:127.0.0.1')
  await signed('person', `/CN=${owner}`, 'extendedKeyUsage=clientAuth')
  const own = ['-inkey', 'person.key', '-in', 'person.pem', '-out', 'person.p12', '-passout', 'pass:']
  await openssl('pkcs12', '-export', ...own)
  const database = ['-d', `sql:${store}`]
  await run('certutil', [...database, '-N', '--empty-password'])
  await run('certutil', [...database, '-A', '-n', 'authority', '-t', 'C,,', '-i', path('ca.pem')])
  await run('pk12util', [...database, '-i', path('person.p12'), '-W', ''])
  await session.chownToUser(join(session.home, '.pki'))
  return {
    ca: readFileSync(path('ca.pem')),
    key: readFileSync(path('server.key')),
    cert: readFileSync(path('server.pem'))
  }
}

function nameIn(socket: Socket): string | null {
  // Without a certificate this is an empty object, although its type says otherwise.
  const shown: object = socket instanceof TLSSocket ? socket.getPeerCertificate() : {}
  return 'subject' in shown ? String((shown.subject as { CN?: unknown }).CN) : null
}

test('no server is shown a certificate of the person’s', async ({ session, demo, launch }) => {
  const { ca, key, cert } = await prepareStore(session)
  /** Common name of each request's certificate, or null. */
  const seen: (string | null)[] = []
  const server = createServer(
    { ca, key, cert, requestCert: true, rejectUnauthorized: false },
    (asked, answer) => {
      seen.push(nameIn(asked.socket))
      const { method, headers, url = '' } = asked
      asked.pipe(
        plainRequest(demo.origin + url, { method, headers }, (from) => {
          answer.writeHead(from.statusCode ?? 500, from.headers)
          from.pipe(answer)
        })
      )
    }
  )
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = `https://127.0.0.1:${(server.address() as AddressInfo).port}`
  try {
    const app = await launch()
    const inbox = await app.window(/Inbox/)

    await test.step('main', async () => {
      await connect(inbox, demo, { address })
      // Older Electron versions abort the request instead of sending it without a certificate.
      await expect(rowOf(inbox, 272298).or(inbox.getByRole('alert'))).toBeVisible()
      expect(seen.filter(Boolean)).toEqual([])
    })

    /** Opens the URL in a new session, without the handler that blocks page requests. */
    const open = (partition: string): Promise<boolean> =>
      app.electron.evaluate(
        async ({ BrowserWindow, session: sessions }, [name, url]) => {
          const other = sessions.fromPartition(name)
          other.webRequest.onBeforeRequest(null)
          const window = new BrowserWindow({ show: false, webPreferences: { session: other } })
          const isLoaded = await window.loadURL(url).then(
            () => true,
            () => false
          )
          window.destroy()
          return isLoaded
        },
        [partition, `${address}/api`] as const
      )

    await test.step('a page, should one ever get out', async () => {
      seen.length = 0
      await open('page')
      await expect.poll(() => seen.length).toBeGreaterThan(0)
      expect(seen.filter(Boolean)).toEqual([])
    })

    await test.step('which Electron by itself would have shown', async () => {
      seen.length = 0
      await app.electron.evaluate(({ app: own }) => {
        own.removeAllListeners('select-client-certificate')
      })
      await open('unguarded')
      await expect.poll(() => seen).toContain(owner)
    })
  } finally {
    server.close()
    server.closeAllConnections()
  }
})
