/** Only one instance of the app can use a folder. */
import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, vi } from 'vitest'
import { lockFile, type HeldLock, type LockHolder } from '../../electron/storage/files/lock.ts'
import { thisMachine, type Machine } from '../../electron/storage/files/lock-content.ts'

const minutes = (count: number): number => count * 60_000

describe('two copies of the app in one folder', () => {
  it('are told apart by a lock that a dead one leaves free', () => {
    const path = join(mkdtempSync(join(tmpdir(), 'bilet-lock-')), 'lock')
    const mine = lockFile(path)
    expect(mine.kind).toBe('held')
    expect(lockFile(path), 'held').toMatchObject({ kind: 'holder', computer: null })
    free(mine)
    // An id that no process has.
    writeFileSync(path, '99999999 1')
    free(lockFile(path))
    // The id of the parent process, which is running.
    writeFileSync(path, `${process.ppid} `)
    expect(lockFile(path).kind, 'another that lives').toBe('holder')
  })

  it('that start at once take over a dead one’s lock only once', async () => {
    const path = join(mkdtempSync(join(tmpdir(), 'bilet-lock-')), 'lock')
    const lockModule = new URL('../../electron/storage/files/lock.ts', import.meta.url).href
    const script = `const { lockFile } = await import(${JSON.stringify(lockModule)})
      process.stdin.once('data', () => { process.stdout.write(lockFile(${JSON.stringify(path)}).kind === 'held' ? 'mine' : 'held') })
      process.stdin.once('end', () => process.exit())
      process.stdout.write('ready ')`
    for (let round = 0; round < 4; round++) {
      writeFileSync(path, '99999999 1')
      const copies = Array.from({ length: 4 }, () =>
        spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', script], {
          stdio: ['pipe', 'pipe', 'inherit']
        })
      )
      const outputs = copies.map(() => '')
      const allPrinted = (words: RegExp): Promise<void> =>
        vi.waitFor(() => expect(outputs.every((text) => words.test(text))).toBe(true), { timeout: 60_000 })
      copies.forEach(({ stdout }, i) =>
        stdout.on('data', (data) => (outputs[i] = (outputs[i] ?? '') + String(data)))
      )
      await allPrinted(/ready/)
      // No instance ends before all have tried.
      for (const { stdin } of copies) stdin.write('go')
      await allPrinted(/mine|held/)
      for (const { stdin } of copies) stdin.end()
      expect(
        outputs.filter((text) => text.endsWith('mine')),
        `round ${round}`
      ).toHaveLength(1)
    }
  }, 300_000)

  it('are told apart where another program got the number after a restart of the machine', () => {
    const path = join(mkdtempSync(join(tmpdir(), 'bilet-lock-')), 'lock')
    const booted = Date.UTC(2026, 10, 24, 9)
    const at = (bootedAt: number): Machine => ({ ...thisMachine(), bootedAt })
    // Without a start time (unknown except on Linux) and without a computer (as in earlier versions).
    writeFileSync(path, `${process.ppid}  ${booted}`)
    expect(lockFile(path, null, at(booted + 60_000)).kind, 'the clock was set a little').toBe('holder')
    const mine = lockFile(path, null, at(booted + minutes(10)))
    expect(mine.kind, 'from before the restart').toBe('held')
    expect(readFileSync(path, 'utf8')).toMatch(new RegExp(` ${booted + minutes(10)}$`))
    expect(lockFile(path, null, at(booted + minutes(20))).kind, 'this very process holds it').toBe('holder')
    free(mine)
  })
})

describe('copies on two computers with one folder', () => {
  const desktop: Machine = { name: 'Masaüstü pc', id: 'a1', bootId: 'boot-1', bootedAt: 1_700_000_000_000 }
  const other: Machine = { name: 'laptop', id: 'b2', bootId: 'boot-9', bootedAt: 1_700_000_500_000 }
  const at = (): string => join(mkdtempSync(join(tmpdir(), 'bilet-lock-')), 'lock')

  it('are told apart: the other’s is respected and named, whatever process has its number here', () => {
    const path = at()
    const mine = lockFile(path, null, desktop)
    expect(lockFile(path, null, other)).toEqual({
      kind: 'holder',
      computer: 'Masaüstü pc',
      sign: readFileSync(path, 'utf8')
    })
    // A process that does not run here may run on the other computer.
    writeFileSync(path, readFileSync(path, 'utf8').replace(/^\d+/, '99999999'))
    expect(lockFile(path, null, other).kind).toBe('holder')
    expect(lockFile(path, null, desktop).kind, 'on its own computer it is dead').toBe('held')
    free(mine)
  })

  it('see each other live by renewing, and take over what was not renewed', () => {
    const path = at()
    const mine = held(lockFile(path, null, desktop))
    const seen = holder(lockFile(path, null, other))
    expect(mine.renew()).toBe(true)
    const renewed = holder(lockFile(path, seen.sign, other))
    expect(renewed.sign).not.toBe(seen.sign)
    const theirs = held(lockFile(path, renewed.sign, other))
    expect([mine.isMine(), mine.renew(), theirs.isMine(), theirs.renew()]).toEqual([false, false, true, true])
    mine.release()
    expect(existsSync(path), 'what is not ours stays').toBe(true)
    theirs.release()
    expect(existsSync(path)).toBe(false)
  })

  it('write a renewal into the file itself, so that it never takes the lock from another', () => {
    const path = at()
    const mine = held(lockFile(path, null, desktop))
    const before = statSync(path)
    const content = readFileSync(path, 'utf8')
    for (let i = 0; i < 12; i++) expect(mine.renew()).toBe(true)
    const after = statSync(path)
    expect([after.ino, after.size], 'the same file, of the same size').toEqual([before.ino, before.size])
    const differing = [...readFileSync(path, 'utf8')].flatMap((letter, i) =>
      letter === content[i] ? [] : [letter]
    )
    expect(differing.join(''), 'only digits of the counter').toMatch(/^\d{1,2}$/)

    // A renewal that was written only in part, by a disk that then failed.
    writeFileSync(path, content.replace(/(\d)( \d+)$/, '9$2'))
    expect([mine.isMine(), mine.renew()]).toEqual([true, true])
  })

  it('do not lose what somebody deleted, unless another was faster', () => {
    const path = at()
    const mine = held(lockFile(path, null, desktop))
    rmSync(path)
    expect([mine.isMine(), mine.renew(), existsSync(path)]).toEqual([true, true, true])
    rmSync(path)
    writeFileSync(path, '1  laptop/b2 boot-9 0 1700000500000')
    expect(mine.renew()).toBe(false)
  })

  it('that are one computer know a dead one by its start, though a process has its number and beginning', () => {
    const path = at()
    free(lockFile(path, null, desktop))
    const stat = readFileSync(`/proc/${process.ppid}/stat`, 'utf8')
    const beginning = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? ''
    writeFileSync(
      path,
      `${process.ppid} ${beginning} ${encodeURIComponent(desktop.name)}/a1 boot-0 5 ${desktop.bootedAt}`
    )
    expect(lockFile(path, null, { ...desktop, bootId: 'boot-0' }).kind, 'the same start').toBe('holder')
    expect(lockFile(path, null, desktop).kind, 'an earlier start').toBe('held')
  })
})

function held(lock: HeldLock | LockHolder): HeldLock {
  if (lock.kind !== 'held') throw new Error(`held by ${lock.sign}`)
  return lock
}
function holder(lock: HeldLock | LockHolder): LockHolder {
  if (lock.kind !== 'holder') throw new Error('free')
  return lock
}
function free(lock: HeldLock | LockHolder): void {
  held(lock).release()
}
