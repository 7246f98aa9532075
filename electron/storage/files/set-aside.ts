/**
 * Files that were set aside because they are damaged or were written by a later version of the app. They hold texts of the
 * person. Their name has the reason, and whether the person was notified.
 */
import { join } from 'node:path'
import type { Notice } from '../../tickets/views.ts'
import { realDisk, type Disk } from './disk.ts'

type Why = 'damaged' | 'newer'

const setAside = /^(.+)\.(damaged|newer|newer-known)-(\d+)$/

/** The notice for each reason. */
export const asideNotice = { damaged: 'file-set-aside', newer: 'file-of-newer-version' } as const
const reasons = ['damaged', 'newer'] as const

/** `at`: when it was set aside, by this machine's clock. */
export const asideName = (path: string, why: Why, at: number): string => `${path}.${why}-${at}`

export interface SetAside {
  /** The original name of the file. */
  readonly name: string
  /** `newer-known`: newer, and the person was notified. */
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
    // An unreadable folder is reported elsewhere.
    return []
  }
}

export interface SetAsideFiles {
  /** The notices about these files. */
  notices(): readonly Notice[]
  /** Whether a file of this name may still be restored. */
  has(name: string): boolean
  /** Path of the newest damaged file of this name; null if there is none. */
  path(name: string): string | null
  /** Dismisses the notice about the files of this name; other kinds of notices are ignored. */
  dismiss(kind: string, name: string | undefined): void
}

/** `files`: names of files, with the folders to search them in. */
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
      // The name still lets a later version merge it.
      const to = why === 'damaged' ? 'dealt-with' : 'newer-known'
      for (const { path } of those(name, why))
        try {
          disk.rename(path, path.replace(/\.[a-z-]+-(\d+)$/, `.${to}-$1`))
        } catch {
          // The notice is shown again after the next start.
        }
    }
  }
}
