import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import {
  retryWhileBusy,
  retryWhileBusyAsync,
  replaceFile,
  replaceFileAsync
} from '../../../electron/storage/files/retry-while-busy.ts'
import { diskError } from '../../support/sync/memory.ts'

/** Work that fails `times` times, run synchronously and asynchronously. Returns the attempts and waiting times of both. */
function refused(times: number, code: string) {
  const start = () => {
    const seen = { tries: 0, waitedMs: 0 }
    const work = (): string => {
      seen.tries += 1
      if (seen.tries <= times) throw diskError(code)
      return 'done'
    }
    return { seen, work, pause: (ms: number): void => void (seen.waitedMs += ms) }
  }
  return async (platform: NodeJS.Platform) => {
    const [synchronous, asynchronous] = [start(), start()]
    const outcomes = await Promise.all([
      Promise.resolve()
        .then(() => retryWhileBusy(synchronous.work, { platform, pause: synchronous.pause }))
        .catch(String),
      retryWhileBusyAsync(() => Promise.resolve().then(asynchronous.work), {
        platform,
        pause: async (ms) => {
          await Promise.resolve()
          asynchronous.pause(ms)
        }
      }).catch(String)
    ])
    expect([outcomes[1], asynchronous.seen], 'both ways are alike').toEqual([outcomes[0], synchronous.seen])
    return { outcome: outcomes[0], ...synchronous.seen }
  }
}

describe('a file put in another’s place', () => {
  it('is there, and only it', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'bilet-replace-'))
    for (const [text, put] of [
      ['bir', replaceFile],
      ['iki', replaceFileAsync]
    ] as const) {
      writeFileSync(join(folder, 'new'), text)
      await put(join(folder, 'new'), join(folder, 'file'))
      expect([readdirSync(folder), readFileSync(join(folder, 'file'), 'utf8')]).toEqual([['file'], text])
    }
    rmSync(folder, { recursive: true })
  })

  it.each(['EPERM', 'EACCES', 'EBUSY'])(
    'is tried again on Windows while another program has it open (%s)',
    async (code) => {
      expect(await refused(3, code)('win32')).toEqual({ outcome: 'done', tries: 4, waitedMs: 70 })
    }
  )

  it('is not waited for without end', async () => {
    const { outcome, waitedMs } = await refused(Infinity, 'EPERM')('win32')
    expect(outcome).toContain('EPERM')
    expect(waitedMs).toBeLessThan(500)
  })

  it.each([
    ['linux', 'EACCES'],
    ['darwin', 'EPERM'],
    ['win32', 'ENOSPC'],
    ['win32', 'ENOENT']
  ] as const)('is refused at once on %s for %s', async (platform, code) => {
    const { outcome, tries } = await refused(Infinity, code)(platform)
    expect(outcome).toContain(code)
    expect(tries).toBe(1)
  })
})
