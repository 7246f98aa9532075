import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { JsonFile, realDisk, type FileOptions } from '../../../electron/storage/file.ts'
import { createSettings } from '../../../electron/storage/settings.ts'
import type { Notice } from '../../../electron/tickets/views.ts'
import { diskError, MemoryDisk } from '../../support/sync/memory.ts'

let folder: string
let reported: (Notice | null)[]
const report = (notice: Notice | null): void => void reported.push(notice)

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bilet-storage-'))
  reported = []
})

const numbers = z.array(z.number())
const file = (options: Partial<FileOptions<number[]>> = {}): JsonFile<number[]> =>
  new JsonFile({
    path: join(folder, 'numbers.json'),
    migrations: [(data) => String(data).split(',').map(Number)],
    parse: (data) => numbers.safeParse(data).data ?? null,
    report,
    now: () => 7,
    ...options
  })

describe('a stored file', () => {
  it('gives back what was written, also to the next run', () => {
    expect(file().read()).toBeNull()
    expect(file().write([1, 2])).toBe(true)
    expect(file().read()).toEqual([1, 2])
  })

  it.each(['{"version":2,"data":[1', '', 'null', '{"version":2,"data":{"x":1}}', '\u0000\u0000'])(
    'that is damaged (%j) is set aside and reported, and the next run starts anew',
    async (text) => {
      await writeFile(join(folder, 'numbers.json'), text)
      expect(file().read()).toBeNull()
      expect(reported).toEqual([{ kind: 'file-set-aside', detail: 'numbers.json' }])
      expect(await readdir(folder)).toEqual(['numbers.json.damaged-7'])
      expect(await readFile(join(folder, 'numbers.json.damaged-7'), 'utf8')).toBe(text)
      expect(file().read()).toBeNull()
    }
  )

  describe('to which changes are added', () => {
    const whole = { a: 1, b: 1 }
    const record = z.record(z.string(), z.number())
    const path = (): string => join(folder, 'record.json')
    const changing = (disk?: MemoryDisk): JsonFile<Record<string, number>> =>
      new JsonFile({
        path: path(),
        parse: (data) => record.safeParse(data).data ?? null,
        merge: (before, change) => ({ ...before, ...change }),
        report,
        now: () => 7,
        ...(disk ? { disk } : {})
      })
    const lines = async (): Promise<number> => (await readFile(path(), 'utf8')).split('\n').length

    it('gives back all of them, in this run and the next', async () => {
      const one = changing()
      expect(one.append({ a: 2 }), 'nothing to add to').toBe(false)
      one.write(whole)
      expect([one.append({ a: 2 }), one.append({ b: 3, c: 4 })]).toEqual([true, true])
      expect(await lines()).toBe(3)
      const next = changing()
      expect(next.read()).toEqual({ a: 2, b: 3, c: 4 })
      expect(next.append({ a: 5 })).toBe(true)
      expect(changing().read()).toEqual({ a: 5, b: 3, c: 4 })
      expect(reported.filter(Boolean)).toEqual([])
    })

    it('forgets a last one that a crash tore, and adds nothing behind it', async () => {
      const one = changing()
      one.write(whole)
      one.append({ a: 2 })
      await writeFile(path(), '\n{"version":1,"data":{"b"', { flag: 'a' })
      const next = changing()
      expect(next.read()).toEqual({ a: 2, b: 1 })
      expect(next.append({ b: 9 })).toBe(false)
      next.write({ a: 2, b: 9 })
      expect(await lines()).toBe(1)
      expect(reported.filter(Boolean)).toEqual([])
    })

    it('is damaged when one in the middle is', async () => {
      await writeFile(path(), '{"version":1,"data":{"a":1}}\n{"ver\n{"version":1,"data":{"a":2}}')
      expect(changing().read()).toBeNull()
      expect(reported).toEqual([{ kind: 'file-set-aside', detail: 'record.json' }])
    })

    it('is written whole after it was deleted, after trouble, and when it has grown', async () => {
      const one = changing()
      one.write(whole)
      await rm(path())
      expect(one.append({ a: 2 })).toBe(false)
      expect(await readdir(folder), 'no change alone').toEqual([])

      const disk = new MemoryDisk()
      const other = changing(disk)
      other.write(whole)
      disk.failure = diskError('ENOSPC')
      expect(other.append({ a: 2 })).toBe(false)
      disk.failure = null
      expect(other.append({ a: 2 }), 'something is missing now').toBe(false)
      other.write(whole)
      let added = 0
      while (other.append({ [`key ${added}`]: added })) added += 1
      expect(added).toBeGreaterThan(1000)
      expect(added).toBeLessThan(3000)
      expect(Object.keys(changing(disk).read() ?? {})).toHaveLength(added + 2)
    })
  })

  it('of an older version is migrated', async () => {
    await writeFile(join(folder, 'numbers.json'), '{"version":1,"data":"1,2"}')
    expect(file().read()).toEqual([1, 2])
    expect(reported).toEqual([])
  })

  it('of a much older version goes through every step, and is written as the newest', async () => {
    await writeFile(join(folder, 'numbers.json'), '{"version":1,"data":"1;2"}')
    const migrations = [
      (data: unknown) => String(data).replace(';', ','),
      (data: unknown) => String(data).split(',').map(Number)
    ]
    const newest = file({ migrations })
    expect(newest.read()).toEqual([1, 2])
    newest.write([3])
    expect(await readFile(join(folder, 'numbers.json'), 'utf8')).toBe('{"version":3,"data":[3]}')
  })

  it('whose migration fails is set aside whole', async () => {
    await writeFile(join(folder, 'numbers.json'), '{"version":1,"data":null}')
    const migrations = [
      (): unknown => {
        throw new Error('not as expected')
      }
    ]
    expect(file({ migrations }).read()).toBeNull()
    expect(await readdir(folder)).toEqual(['numbers.json.damaged-7'])
  })

  it('of a newer version is not touched by an older app, but set aside whole', async () => {
    await writeFile(join(folder, 'numbers.json'), '{"version":3,"data":[1]}')
    expect(file().read()).toBeNull()
    expect(await readFile(join(folder, 'numbers.json.damaged-7'), 'utf8')).toBe('{"version":3,"data":[1]}')
  })

  it.each([
    ['ENOSPC', 'storage-full'],
    ['EROFS', 'storage-read-only'],
    ['EACCES', 'storage-read-only'],
    ['EIO', 'storage-failed']
  ])('says so when it cannot be written (%s), and keeps the old content', (code, kind) => {
    const disk = new MemoryDisk()
    const stored = file({ disk })
    stored.write([1])
    disk.failure = diskError(code)
    expect(stored.write([2])).toBe(false)
    expect(reported.at(-1)).toEqual({ kind, detail: 'numbers.json' })
    expect(stored.read()).toEqual([1])
  })

  it.skipIf(process.platform === 'win32')(
    'is readable for its owner only (Windows has rights by folder)',
    async () => {
      file({ disk: realDisk }).write([1])
      const { stat } = await import('node:fs/promises')
      expect((await stat(join(folder, 'numbers.json'))).mode & 0o077).toBe(0)
    }
  )
})

describe('settings', () => {
  const schema = z.strictObject({
    seconds: z.number().min(30),
    nested: z.strictObject({ on: z.boolean(), name: z.string() })
  })
  const defaults = { seconds: 60, nested: { on: true, name: 'a' } }
  const store = (content: Record<string, unknown>) => ({
    content,
    get: (key: string) => content[key],
    set: (key: string, value: unknown) => {
      content[key] = value
    }
  })

  it('lose only the value that is bad', () => {
    const settings = createSettings(
      store({ seconds: 'soon', nested: { on: false, name: 'b' } }),
      schema,
      defaults
    )
    expect(settings.current()).toEqual({ seconds: 60, nested: { on: false, name: 'b' } })
  })

  it('change what is named and keep the rest, one level below too', () => {
    const kept = store({})
    const settings = createSettings(kept, schema, defaults)
    expect(settings.change({ nested: { on: false } })).toMatchObject({ ok: true })
    expect(createSettings(kept, schema, defaults).current()).toEqual({
      seconds: 60,
      nested: { on: false, name: 'a' }
    })
  })

  it('refuse what is not valid and stay as they were', () => {
    const settings = createSettings(store({}), schema, defaults)
    expect(settings.change({ seconds: 1 })).toEqual({ ok: false, error: { kind: 'invalid-arguments' } })
    expect(settings.current()).toEqual(defaults)
  })
})
