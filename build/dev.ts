/**
 * `npm run dev`: the app with its sample account in a browser. Vite updates changed window code while it runs (HMR); changed
 * main code is rebuilt and the preview restarted. The packaged app contains none of this: Vite serves the pages and proxies to
 * the preview.
 */
import { svelte } from '@sveltejs/vite-plugin-svelte'
import { spawn, type ChildProcess } from 'node:child_process'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { build, createServer, type HttpServer, type ProxyOptions } from 'vite'
import { windowTable } from '../electron/ipc/windows.ts'
import { nodeBundle } from './build.ts'

const root = fileURLToPath(new URL('..', import.meta.url))

interface Preview {
  readonly origin: string
  readonly cookie: string
}

/** Exchanges the one-time ticket of the address for the secret, as the page does. */
async function signIn(address: string): Promise<Preview> {
  const answer = await fetch(address, { redirect: 'manual' })
  const cookie = answer.headers.getSetCookie()[0]?.split(';')[0]
  if (cookie === undefined) throw new Error('The preview did not let us in')
  return { origin: new URL(address).origin, cookie }
}

let child: ChildProcess | null = null

/** Stops the running preview and starts the next one. Resolves when it has printed its address. */
async function startPreview(): Promise<Preview> {
  const before = child
  if (before && before.exitCode === null) {
    const ended = new Promise((resolve) => before.once('exit', resolve))
    before.kill()
    await ended
  }
  const next = spawn(process.execPath, ['dist/preview.cjs', '--demo', ...process.argv.slice(2)], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'inherit']
  })
  child = next
  for await (const line of createInterface({ input: next.stdout })) {
    const address = /^Bilet preview: (\S+)$/.exec(line)?.[1]
    if (address !== undefined) {
      next.stdout.resume()
      return signIn(address)
    }
  }
  throw new Error('The preview ended before it said where it is')
}

/** Proxies the windows' WebSocket to the current preview. */
function proxyToPreview(current: () => Preview | null): ProxyOptions {
  return {
    target: 'http://127.0.0.1:9',
    ws: true,
    changeOrigin: true,
    configure(proxy, options) {
      proxy.on('proxyReqWs', (request) => {
        const preview = current()
        if (!preview) return
        request.setHeader('cookie', preview.cookie)
        request.setHeader('origin', preview.origin)
      })
      Object.defineProperty(options, 'target', { get: () => current()?.origin ?? 'http://127.0.0.1:9' })
    }
  }
}

async function main(): Promise<void> {
  let preview: Preview | null = null
  const server = await createServer({
    root: `${root}renderer`,
    configFile: false,
    plugins: [svelte({ configFile: `${root}svelte.config.js` })],
    server: {
      host: '127.0.0.1',
      open: false,
      fs: { allow: [root] },
      proxy: { '/bridge': proxyToPreview(() => preview) }
    }
  })
  const config = nodeBundle('electron/preview/main.ts', 'preview.cjs')
  const watcher = await build({ ...config, build: { ...config.build, watch: {} } })
  if (!('on' in watcher)) throw new Error('Vite does not watch')
  let isServing = false
  watcher.on('event', (event) => {
    if (event.code === 'ERROR') console.error(event.error.message)
    if (event.code !== 'END') return
    startPreview()
      .then(async (started) => {
        preview = started
        if (!isServing) {
          await server.listen()
          isServing = true
        }
        console.log(`main runs; the window: ${addressOf(server.httpServer)}/${windowTable.inbox.page}`)
      })
      .catch((error: unknown) => {
        console.error(error)
      })
  })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.once(signal, () => {
      child?.kill()
      process.exit(0)
    })
}

function addressOf(server: HttpServer | null): string {
  const address = server?.address()
  return typeof address === 'object' && address ? `http://127.0.0.1:${address.port}` : ''
}

await main()
