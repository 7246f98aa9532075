/** New releases of the app: looked for, told of, and installed where this package can replace itself. */
import { decodeHTMLStrict } from 'entities/decode'
import type { UpdateView } from '../../ipc/contract.ts'
import type { EpochMs } from '../../tickets/ticket.ts'
import type { PutOff } from './put-off.ts'

interface Release {
  readonly version: string
  readonly notes: string
}

/** The part of electron-updater that is used; main hands in its `autoUpdater`. */
export interface UpdateSource {
  autoDownload: boolean
  autoInstallOnAppQuit: boolean
  checkForUpdates(): Promise<
    { readonly isUpdateAvailable?: boolean; readonly updateInfo: UpdateInfo } | null | undefined
  >
  downloadUpdate(): Promise<unknown>
  quitAndInstall(): void
}

interface UpdateInfo {
  readonly version: string
  readonly releaseNotes?:
    string | readonly { readonly version: string; readonly note: string | null }[] | null | undefined
}

const maxNotesLength = 10_000

/** Release notes come as HTML of the release page, or a list of them. */
export function plainNotes(notes: UpdateInfo['releaseNotes']): string {
  const html =
    typeof notes === 'string'
      ? notes
      : (notes ?? []).map(({ version, note }) => `${version}\n${note ?? ''}`).join('\n\n')
  const text = html
    .replace(/<li[^>]*>/gi, '• ')
    .replace(/<\/(p|li|h\d|ul|ol)>|<br[^>]*>/gi, '\n')
    .replace(/<[^>]*>/g, '')
  return decodeHTMLStrict(text)
    .replace(/\n{3,}/g, '\n\n')
    .trim()
    .slice(0, maxNotesLength)
}

export interface Updater {
  view(): UpdateView
  /** Asks once. A version that was skipped is not offered, one put off for later not before then; a newer one is. */
  check(): Promise<void>
  /** Downloads what is offered; it is installed by `install`, and where that is possible when the app quits. */
  download(): Promise<void>
  /** Not now: it is offered again the next day. What was downloaded is installed when the app quits. */
  later(): void
  /** This version is not installed and not offered again; the next one is. */
  skip(): void
  install(): void
}

/** Less than a day: releases are looked for once a day, and at that time it is to be over. */
const laterMs = 12 * 3_600_000

function isPutOff(version: string, putOff: PutOff | null, now: EpochMs): boolean {
  if (putOff?.version !== version) return false
  if (putOff.until === null) return true
  const left = putOff.until - now
  // A clock that was set back puts nothing off for longer.
  return left > 0 && left <= laterMs
}

export function createUpdater(
  source: UpdateSource,
  options: {
    /** Where the person finds a version that this package cannot install by itself; null where it can. */
    readonly pageOf: ((version: string) => string) | null
    /** What the person said last; survives restarts. */
    readonly putOff: () => PutOff | null
    setPutOff(putOff: PutOff): void
    /** This machine's clock. */
    readonly now: () => EpochMs
    /** Not on macOS: there the system takes what it is given, and cannot be told to leave it. */
    readonly onQuit: boolean
    /** Windows must not hide themselves instead of closing. */
    beforeInstall(): void
    onChange(view: UpdateView): void
    failed(what: 'check' | 'download', error: unknown): void
  }
): Updater {
  let view: UpdateView = { kind: 'none' }
  source.autoDownload = false
  source.autoInstallOnAppQuit = options.onQuit
  const setView = (next: UpdateView): void => {
    view = next
    options.onChange(next)
  }
  return {
    view: () => view,
    async check() {
      if (view.kind !== 'none') return
      try {
        const answer = await source.checkForUpdates()
        if (
          !answer?.isUpdateAvailable ||
          isPutOff(answer.updateInfo.version, options.putOff(), options.now())
        )
          return
        const { version, releaseNotes } = answer.updateInfo
        const release = { version, notes: plainNotes(releaseNotes) }
        setView(
          options.pageOf
            ? { ...release, kind: 'published', page: options.pageOf(version) }
            : { ...release, kind: 'available' }
        )
      } catch (error) {
        // Offline, most of the time: nothing to bother anybody with.
        options.failed('check', error)
      }
    },
    async download() {
      if (view.kind !== 'available' && view.kind !== 'failed') return
      source.autoInstallOnAppQuit = options.onQuit
      const release: Release = { version: view.version, notes: view.notes }
      setView({ ...release, kind: 'downloading' })
      try {
        await source.downloadUpdate()
        setView({ ...release, kind: 'ready' })
      } catch (error) {
        options.failed('download', error)
        setView({ ...release, kind: 'failed' })
      }
    },
    later() {
      if (!('version' in view) || view.kind === 'downloading') return
      options.setPutOff({ version: view.version, until: options.now() + laterMs })
      setView({ kind: 'none' })
    },
    skip() {
      if (!('version' in view) || view.kind === 'downloading') return
      // Downloaded or not: the person said no to this version.
      source.autoInstallOnAppQuit = false
      options.setPutOff({ version: view.version, until: null })
      setView({ kind: 'none' })
    },
    install() {
      if (view.kind !== 'ready') return
      options.beforeInstall()
      source.quitAndInstall()
    }
  }
}
