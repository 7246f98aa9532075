/**
 * Files that were moved out of the way hold what somebody wrote: damaged ones, and those that a later version of the app wrote
 * before an earlier one was started. Their name says so, and whether the person was told of them.
 */
import { join } from 'node:path'
import type { Notice } from '../../tickets/views.ts'
import { realDisk, type Disk } from './disk.ts'

type Why = 'damaged' | 'newer'

const setAside = /^(.+)\.(damaged|newer|newer-known)-(\d+)$/

/** As people are told of them. */
export const asideNotice = { damaged: 'file-set-aside', newer: 'file-of-newer-version' } as const
const reasons = ['damaged', 'newer'] as const

/** `at`: this machine's clock. */
export const asideName = (path: string, why: Why, at: number): string => `${path}.${why}-${at}`

export interface SetAside {
  /** As it was called before. */
  readonly name: string
  /** `newer-known`: the person was told. */
  readonly why: Why | 'newer-known'
  readonly path: string
  /** When it was set aside, by this machine's clock. */
  readonly at: number
}

export function setAsideIn(folder: string, disk: Pick<Disk, 'list'>): readonly SetAside[] {
  try {
    return (disk.list?.(folder) ?? []).flatMap((entry) => {
      const [, name, why, at] = setAside.exec(entry) ?? []
      return name === undefined
        ? []
        : [{ name, why: why as SetAside['why'], path: join(folder, entry), at: Number(at) }]
    })
  } catch {
    // A folder that cannot be read is told of elsewhere.
    return []
  }
}

export interface SetAsideFiles {
  /** What the person is to be told. */
  notices(): readonly Notice[]
  /** What is in one of this name may come back. */
  has(name: string): boolean
  /** The newest damaged one of this name; null where there is none. */
  path(name: string): string | null
  /** The person has dealt with those of this name, or knows of them: they are not told of any more. Else nothing. */
  dismiss(kind: string, name: string | undefined): void
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
  const those = (name: string, wanted: Why): readonly SetAside[] =>
    namedAs(name).filter(({ why }) => why === wanted)
  return {
    notices: () =>
      files.flatMap(({ name }) =>
        reasons
          .filter((why) => those(name, why).length > 0)
          .map((why) => ({ kind: asideNotice[why], detail: name }))
      ),
    has: (name) => namedAs(name).length > 0,
    path: (name) => [...those(name, 'damaged')].sort((a, b) => b.at - a.at)[0]?.path ?? null,
    dismiss(kind, name) {
      const why = reasons.find((one) => asideNotice[one] === kind)
      if (!why || name === undefined) return
      // A later version still takes in again what it had written.
      const to = why === 'damaged' ? 'dealt-with' : 'newer-known'
      for (const { path } of those(name, why))
        try {
          disk.rename(path, path.replace(/\.[a-z-]+-(\d+)$/, `.${to}-$1`))
        } catch {
          // Told of again after the next start.
        }
    }
  }
}
