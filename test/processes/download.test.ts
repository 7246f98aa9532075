/** Timeouts of the Electron download, on a fake clock. */
import { readdirSync } from 'node:fs'
import type { ServerResponse } from 'node:http'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { officialElectron, type OfficialElectron } from '../../build/electron-runtime/official.ts'
import { startMirror, type Mirror } from '../support/launch/mirror.ts'
import { makeProject, type Project } from '../support/launch/project.ts'

/** One timeout that the download has started: its duration, and a function that ends it. */
interface Wait {
  readonly ms: number
  readonly end: () => void
}

function watchedTimers() {
  const waits: Wait[] = []
  let tell: (() => void) | null = null
  return {
    timers: {
      setTimeout: (end: () => void, ms: number): unknown => {
        waits.push({ ms, end })
        tell?.()
        return waits.length
      },
      clearTimeout: (): void => undefined
    },
    /** Waits for the timeout with this number. The first one is for the first byte. */
    wait: (number: number): Promise<Wait> =>
      new Promise((resolve) => {
        const look = (): void => {
          const wait = waits[number - 1]
          if (wait) resolve(wait)
        }
        tell = look
        look()
      })
  }
}

let project: Project
let mirror: Mirror
let asked: Promise<ServerResponse>
beforeEach(async () => {
  project = makeProject()
  let answer: (response: ServerResponse) => void
  asked = new Promise((resolve) => (answer = resolve))
  mirror = await startMirror((response) => answer(response))
  vi.stubEnv('ELECTRON_MIRROR', mirror.address)
  vi.stubEnv('electron_config_cache', project.cache)
  // The machine may use a proxy.
  vi.stubEnv('npm_config_noproxy', '127.0.0.1')
})
afterEach(async () => {
  vi.unstubAllEnvs()
  await mirror.close()
  project.remove()
})

const start = (timers: ReturnType<typeof watchedTimers>['timers']): Promise<OfficialElectron> =>
  officialElectron({ tell: () => undefined, folder: project.electron, timers })

describe('a download', () => {
  it('may take as long as it wants while bytes come: each of them starts a wait of its own', async () => {
    const { timers, wait } = watchedTimers()
    const download = start(timers)
    const response = await asked
    const step = Math.ceil(project.archive.length / 10)
    for (let chunk = 0; chunk < 10; chunk += 1) {
      expect((await wait(chunk + 1)).ms).toBe(60_000)
      response.write(project.archive.subarray(chunk * step, (chunk + 1) * step))
      await wait(chunk + 2)
    }
    response.end()
    expect(await download).toMatchObject({ ok: true, electron: { version: project.version } })
  })

  it.each([
    ['before the first byte', 0],
    ['in the middle', 100_000]
  ])('ends when a server falls silent %s, says so, and leaves nothing', async (_when, bytes) => {
    const { timers, wait } = watchedTimers()
    const download = start(timers)
    const response = await asked
    const isCut = new Promise((resolve) => response.once('close', resolve))
    if (bytes > 0) response.write(project.archive.subarray(0, bytes))
    const silence = await wait(bytes > 0 ? 2 : 1)
    silence.end()
    const result = await download
    expect(result).toMatchObject({ ok: false, why: { kind: 'not-downloaded' } })
    expect(!result.ok && result.why.message).toMatch(/nothing came for 60 s\.\n.*run the command again/)
    await isCut
    expect(project.leftovers()).toEqual([])
    expect(readdirSync(project.electron)).not.toContain('dist')
  })

  it('says that it could not be unpacked where the archive holds no Electron', async () => {
    const { timers } = watchedTimers()
    project.expectArchive(Buffer.from('PK\x05\x06' + '\0'.repeat(18), 'latin1'))
    const download = start(timers)
    ;(await asked).end(Buffer.from('PK\x05\x06' + '\0'.repeat(18), 'latin1'))
    const result = await download
    expect(result).toMatchObject({ ok: false, why: { kind: 'not-unpacked' } })
    expect(project.leftovers()).toEqual([])
  })

  it('removes what one that was killed has left, and not what another one is at', async () => {
    project.leaveWork(2 ** 22 + 1)
    project.leaveWork(process.ppid)
    const download = start(watchedTimers().timers)
    ;(await asked).end(project.archive)
    expect(await download).toMatchObject({ ok: true })
    expect(project.leftovers()).toEqual([`download.work-${process.ppid}`])
  })
})
