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
 * A random name in the same folder: others who may write to the folder cannot predict it and place a link there. It does not
 * contain the file's name, which may already have the maximum length.
 */
const temporaryPath = (path: string): string =>
  join(dirname(path), `.bilet-${randomBytes(12).toString('hex')}.part`)

/** Readable and writable by the owner only, since tickets are private. */
const mode = 0o600

/**
 * Writes the pieces to a temporary file and renames it to `path`, so an existing file stays until the new one is complete.
 * A symbolic link at `path` is replaced, not followed. Yields to the event loop after each piece. Returns false if `signal`
 * aborts; the temporary file is then removed.
 */
export async function saveFile(
  path: string,
  pieces: Iterable<string | Uint8Array>,
  signal?: AbortSignal
): Promise<Outcome<boolean>> {
  const beside = temporaryPath(path)
  try {
    // `wx` fails if the file exists.
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
