/** One folder, one copy of the app. */
import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, vi } from 'vitest'
import { lockFile } from '../../../electron/storage/lock.ts'

const minutes = (count: number): number => count * 60_000

describe('two copies of the app in one folder', () => {
  it('are told apart by a lock that a dead one leaves free', () => {
    const path = join(mkdtempSync(join(tmpdir(), 'bilet-lock-')), 'lock')
    const free = lockFile(path)
    expect(free).not.toBeNull()
    expect(lockFile(path), 'held').toBeNull()
    free?.()
    // A number that is no process's.
    writeFileSync(path, '99999999 1')
    expect(lockFile(path)).not.toBeNull()
    expect(readFileSync(path, 'utf8')).toMatch(new RegExp(`^${process.pid} `))
    // Who started this one lives.
    writeFileSync(path, `${process.ppid} `)
    expect(lockFile(path), 'another that lives').toBeNull()
  })

  it('that start at once take over a dead one’s lock only once', async () => {
    const path = join(mkdtempSync(join(tmpdir(), 'bilet-lock-')), 'lock')
    const lockModule = new URL('../../../electron/storage/lock.ts', import.meta.url).href
    const script = `const { lockFile } = await import(${JSON.stringify(lockModule)})
      process.stdin.once('data', () => { process.stdout.write(lockFile(${JSON.stringify(path)}) ? 'mine' : 'held') })
      process.stdin.once('end', () => process.exit())
      process.stdout.write('ready ')`
    for (let round = 0; round < 4; round++) {
      writeFileSync(path, '99999999 1')
      const copies = Array.from({ length: 4 }, () =>
        spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', script], {
          stdio: ['pipe', 'pipe', 'inherit']
        })
      )
      const said = copies.map(() => '')
      const heard = (words: RegExp): Promise<void> =>
        vi.waitFor(() => expect(said.every((text) => words.test(text))).toBe(true), { timeout: 60_000 })
      copies.forEach(({ stdout }, i) =>
        stdout.on('data', (data) => (said[i] = (said[i] ?? '') + String(data)))
      )
      await heard(/ready/)
      // All live until all have tried.
      for (const { stdin } of copies) stdin.write('go')
      await heard(/mine|held/)
      for (const { stdin } of copies) stdin.end()
      expect(
        said.filter((text) => text.endsWith('mine')),
        `round ${round}`
      ).toHaveLength(1)
    }
  }, 300_000)

  it('are told apart where another program got the number after a restart of the machine', () => {
    const path = join(mkdtempSync(join(tmpdir(), 'bilet-lock-')), 'lock')
    const booted = Date.UTC(2026, 10, 24, 9)
    // No beginning is known off Linux.
    writeFileSync(path, `${process.ppid}  ${booted}`)
    expect(lockFile(path, booted + 60_000), 'the clock was set a little').toBeNull()
    const free = lockFile(path, booted + minutes(10))
    expect(free, 'from before the restart').not.toBeNull()
    expect(readFileSync(path, 'utf8')).toMatch(new RegExp(` ${booted + minutes(10)}$`))
    expect(lockFile(path, booted + minutes(20)), 'this very process holds it').toBeNull()
    free?.()
  })
})
