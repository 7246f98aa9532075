import { mkdtemp, readFile, readdir, readlink, rm, symlink, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { realDisk, type Disk } from '../../../electron/storage/files/disk.ts'
import { JsonFile, type FileOptions } from '../../../electron/storage/files/file.ts'
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

  it('that an editor saved with a byte order mark is read', async () => {
    file().write([1, 2])
    const path = join(folder, 'numbers.json')
    await writeFile(path, `\ufeff${await readFile(path, 'utf8')}`)
    expect(file().read()).toEqual([1, 2])
    expect(reported).toEqual([null])
  })

  it.skipIf(process.platform === 'win32')(
    'that is a link to a drive which is not there is reported, and kept when it is written anew',
    async () => {
      await symlink(join(folder, 'drive', 'numbers.json'), join(folder, 'numbers.json'))
      const linked = file()
      expect(linked.read()).toBeNull()
      expect(reported).toEqual([{ kind: 'storage-failed', detail: 'numbers.json' }])
      expect(linked.write([3])).toBe(true)
      expect(await readlink(join(folder, 'numbers.json.damaged-7'))).toBe(
        join(folder, 'drive', 'numbers.json')
      )
      expect(file().read()).toEqual([3])
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
      const file = changing()
      expect(file.append({ a: 2 }), 'nothing to add to').toBe(false)
      file.write(whole)
      expect([file.append({ a: 2 }), file.append({ b: 3, c: 4 })]).toEqual([true, true])
      expect(await lines()).toBe(3)
      const next = changing()
      expect(next.read()).toEqual({ a: 2, b: 3, c: 4 })
      expect(next.append({ a: 5 })).toBe(true)
      expect(changing().read()).toEqual({ a: 5, b: 3, c: 4 })
      expect(reported.filter(Boolean)).toEqual([])
    })

    it('forgets a last one that a crash tore, and adds nothing behind it', async () => {
      const file = changing()
      file.write(whole)
      file.append({ a: 2 })
      await writeFile(path(), '\n{"version":1,"data":{"b"', { flag: 'a' })
      const next = changing()
      expect(next.read()).toEqual({ a: 2, b: 1 })
      expect(next.append({ b: 9 })).toBe(false)
      next.write({ a: 2, b: 9 })
      expect(await lines()).toBe(1)
      expect(reported.filter(Boolean)).toEqual([])
    })

    describe('costs of a damaged line that line only:', () => {
      const a = '{"version":1,"data":{"a":1}}'
      const b = '{"version":1,"data":{"b":2}}'
      const c = '{"version":1,"data":{"c":3}}'
      const nul = '\0'.repeat(512)
      it.each<[string, string, Record<string, number>]>([
        ['half of one in the middle', `${a}\n{"ver\n${c}`, { a: 1, c: 3 }],
        ['the second half of one', `${a}\n"data":{"b":2}}\n${c}`, { a: 1, c: 3 }],
        ['the content itself', `{"version":1,"da\n${b}\n${c}`, { b: 2, c: 3 }],
        ['one of another shape', `${a}\n{"version":1,"data":{"b":"two"}}\n${c}`, { a: 1, c: 3 }],
        ['zero bytes instead of one', `${a}\n${nul}\n${c}`, { a: 1, c: 3 }],
        ['zero bytes within one', `${a}\n{"version":1,${nul}2}}\n${c}`, { a: 1, c: 3 }],
        [
          'half of one, and no break behind it',
          `${a}\n{"version":1,"data":{"b${b}\n${c}`,
          { a: 1, b: 2, c: 3 }
        ],
        ['an empty one', `${a}\n\n${c}`, { a: 1, c: 3 }],
        ['lists beyond any depth', `${a}\n${'['.repeat(1_000_000)}\n${c}`, { a: 1, c: 3 }]
      ])('%s', async (_, text, read) => {
        await writeFile(path(), text)
        const file = changing()
        expect([file.read(), file.isSalvaged]).toEqual([read, true])
        expect(await readFile(`${path()}.salvaged-7`, 'utf8'), 'as it was').toBe(text)
        expect(file.append({ d: 4 }), 'nothing is added behind a damaged one').toBe(false)
        file.write({ ...read, d: 4 })
        const next = changing()
        expect([next.read(), next.isSalvaged]).toEqual([{ ...read, d: 4 }, false])
      })

      it.each([
        ['two in one line', `${a}${b}\n${c}`, { a: 1, b: 2, c: 3 }],
        ['zero bytes between two', `${a}\n${b}${nul}${c}`, { a: 1, b: 2, c: 3 }]
      ])('nothing for %s', async (_, text, read) => {
        await writeFile(path(), text)
        expect(changing().read()).toEqual(read)
      })

      it('a text that looks like a beginning is a text', () => {
        const tricky: Record<string, number> = { [`${b}{"version":1,"data":`]: 1 }
        const file = changing()
        file.write(tricky)
        expect(changing().read()).toEqual(tricky)
      })
    })

    it('is damaged when no line of it can be read', async () => {
      await writeFile(path(), '{"version":1,"da\n{"ver\n\0\0')
      expect(changing().read()).toBeNull()
      expect(reported).toEqual([{ kind: 'file-set-aside', detail: 'record.json' }])
    })

    it('is written whole after it was deleted, after trouble, and when it has grown', async () => {
      const file = changing()
      file.write(whole)
      await rm(path())
      expect(file.append({ a: 2 })).toBe(false)
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
    expect(await readFile(join(folder, 'numbers.json.newer-7'), 'utf8')).toBe('{"version":3,"data":[1]}')
    expect(reported).toEqual([{ kind: 'file-of-newer-version', detail: 'numbers.json' }])
  })

  it('of more bytes than any grows to is set aside unread', async () => {
    const path = join(folder, 'numbers.json')
    await writeFile(path, '{"version":2,"data":[1]}')
    await truncate(path, 300 * 1024 * 1024)
    const disk: Disk = {
      ...realDisk,
      read: () => {
        throw new Error('read')
      }
    }
    expect(file({ disk }).read()).toBeNull()
    expect(reported).toEqual([{ kind: 'file-set-aside', detail: 'numbers.json' }])
    expect(await readdir(folder)).toEqual(['numbers.json.damaged-7'])
    expect(file().write([1])).toBe(true)
  })

  describe('that waited while an earlier version was in use', () => {
    const newest = (disk?: MemoryDisk): JsonFile<number[]> =>
      file({
        rejoin: (aside, current) => [...new Set([...(current ?? []), ...aside])],
        ...(disk ? { path: '/numbers.json', disk } : {})
      })

    it.each(['newer-3', 'newer-known-3', 'damaged-3'])(
      'comes back (%s) with what was written meanwhile, once, and that is said',
      async (aside) => {
        await writeFile(join(folder, `numbers.json.${aside}`), '{"version":2,"data":[1,2]}')
        await writeFile(join(folder, 'numbers.json.newer-2'), '{"version":1,"data":"7"}')
        await writeFile(join(folder, 'numbers.json'), '{"version":1,"data":"3,1"}')
        expect(newest().read()).toEqual([3, 1, 2, 7])
        expect(reported.filter(Boolean)).toEqual([{ kind: 'file-rejoined', detail: 'numbers.json' }])
        expect(newest().read()).toEqual([3, 1, 2, 7])
        expect(reported.filter(Boolean)).toHaveLength(1)
        expect((await readdir(folder)).filter((name) => /newer|damaged/.test(name))).toEqual([])
      }
    )

    it('comes back also where nothing was written', async () => {
      await writeFile(join(folder, 'numbers.json.newer-3'), '{"version":2,"data":[1,2]}')
      expect(newest().read()).toEqual([1, 2])
    })

    it.each([
      ['is of a later version still', 'newer-3', '{"version":3,"data":[1]}'],
      ['is damaged', 'damaged-3', '{"version":2,"data":[1'],
      ['was dealt with', 'dealt-with-3', '{"version":2,"data":[1]}']
    ])('stays where it is when it %s', async (_, aside, text) => {
      await writeFile(join(folder, `numbers.json.${aside}`), text)
      await writeFile(join(folder, 'numbers.json'), '{"version":2,"data":[5]}')
      expect(newest().read()).toEqual([5])
      expect(await readFile(join(folder, `numbers.json.${aside}`), 'utf8')).toBe(text)
    })

    it('waits on where it cannot be written: what is removed until then would come back', () => {
      const disk = new MemoryDisk()
      disk.write('/numbers.json.newer-3', '{"version":2,"data":[1]}')
      disk.write('/numbers.json', '{"version":2,"data":[5]}')
      disk.failure = diskError('ENOSPC')
      expect(newest(disk).read()).toEqual([5])
      disk.failure = null
      expect(newest(disk).read()).toEqual([5, 1])
    })
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
