import { randomBytes } from 'node:crypto'
import { open, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { troubleOf } from '../storage/files/file.ts'
import { replaceFileAsync } from '../storage/files/retry-while-busy.ts'
import type { Outcome } from '../sync/types.ts'

const problemKinds = {
  'storage-full': 'file-no-room',
  'storage-read-only': 'file-not-allowed'
} as const

/**
 * A name that nobody can have put a link or a file at, in a folder that others may write to. Short, since the file's own
 * may be as long as the system allows.
 */
const temporaryPath = (path: string): string =>
  join(dirname(path), `.bilet-${randomBytes(12).toString('hex')}.part`)

/** Tickets are the person's own business, also in a folder of everybody's. */
const mode = 0o600

/**
 * Writes piece by piece beside the file a person chose, and renames: what stood there stays until all of the
 * new is on disk; a link is replaced, not followed. Between two pieces everything else has its turn. False after
 * `signal`: nothing is left behind.
 */
export async function saveFile(
  path: string,
  pieces: Iterable<string | Uint8Array>,
  signal?: AbortSignal
): Promise<Outcome<boolean>> {
  const beside = temporaryPath(path)
  try {
    // Fails where something is there already.
    const file = await open(beside, 'wx', mode)
    try {
      for (const piece of pieces) {
        if (signal?.aborted) break
        await file.writeFile(piece)
      }
      if (!signal?.aborted) await file.sync()
    } finally {
      await file.close()
    }
    if (signal?.aborted) await rm(beside, { force: true })
    else await replaceFileAsync(beside, path)
    return { ok: true, value: signal?.aborted !== true }
  } catch (error) {
    await rm(beside, { force: true }).catch(() => undefined)
    const { kind } = troubleOf(error, path)
    return {
      ok: false,
      error: {
        kind: kind in problemKinds ? problemKinds[kind as keyof typeof problemKinds] : 'file-not-written'
      }
    }
  }
}
