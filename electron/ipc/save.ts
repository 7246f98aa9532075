import { open, rm } from 'node:fs/promises'
import { troubleOf } from '../storage/files/file.ts'
import { replaceFileAsync } from '../storage/files/retry-while-busy.ts'
import type { Outcome } from '../sync/types.ts'

const problemKinds = {
  'storage-full': 'file-no-room',
  'storage-read-only': 'file-not-allowed'
} as const

/**
 * Writes piece by piece beside the file a person chose, and renames: what stood there stays until all of the
 * new is on disk. Between two pieces everything else has its turn. False after `signal`: nothing is left behind.
 */
export async function saveFile(
  path: string,
  pieces: Iterable<string | Uint8Array>,
  signal?: AbortSignal
): Promise<Outcome<boolean>> {
  const beside = `${path}.part`
  try {
    const file = await open(beside, 'w')
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
