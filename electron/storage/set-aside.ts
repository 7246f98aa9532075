/**
 * Files that were damaged and moved out of the way hold what somebody wrote. Their name says so until the person has dealt
 * with them, so that they are told of again after a restart; afterwards they stay, under a name that says that.
 */
import { join } from 'node:path'
import { realDisk, type Disk } from './file.ts'

const setAside = /^(.+)\.damaged-(\d+)$/

interface SetAside {
  /** As it was called before. */
  readonly name: string
  readonly path: string
  /** When it was set aside, by this machine's clock. */
  readonly at: number
}

function setAsideIn(folder: string, disk: Disk): readonly SetAside[] {
  try {
    return (disk.list?.(folder) ?? []).flatMap((entry) => {
      const [, name, at] = setAside.exec(entry) ?? []
      return name === undefined ? [] : [{ name, path: join(folder, entry), at: Number(at) }]
    })
  } catch {
    // A folder that cannot be read is told of elsewhere.
    return []
  }
}

export interface SetAsideFiles {
  /** Of what was not dealt with, without repetition. */
  names(): readonly string[]
  /** The newest of this name; null where there is none. */
  path(name: string): string | null
  /** The person has dealt with those of this name: they are not told of any more. */
  markDealtWith(name: string): void
}

/** `files`: the names that are looked for, each in its folders. */
export function setAsideFiles(
  files: readonly { readonly name: string; readonly folders: () => readonly string[] }[],
  disk: Disk = realDisk
): SetAsideFiles {
  const namedAs = (wanted: string): readonly SetAside[] =>
    files
      .filter(({ name }) => name === wanted)
      .flatMap(({ folders }) => folders())
      .flatMap((folder) => setAsideIn(folder, disk))
      .filter(({ name }) => name === wanted)
  return {
    names: () => files.map(({ name }) => name).filter((name) => namedAs(name).length > 0),
    path: (name) => [...namedAs(name)].sort((a, b) => b.at - a.at)[0]?.path ?? null,
    markDealtWith(name) {
      for (const { path } of namedAs(name))
        try {
          disk.rename(path, path.replace(/\.damaged-(\d+)$/, '.dealt-with-$1'))
        } catch {
          // Told of again after the next start.
        }
    }
  }
}
