/** State of updates: checks for releases, offers, downloads and installs them. */
import { decodeHTMLStrict } from 'entities/decode'
import type { UpdateView } from '../../ipc/contract.ts'
import type { EpochMs } from '../../tickets/ticket.ts'
import type { Postponement } from './postponement.ts'

interface Release {
  readonly version: string
  readonly notes: string
}

/** The part of electron-updater's `autoUpdater` that is used. */
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

/** Plain text of release notes, which come as HTML or as a list of HTML texts. */
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
  /**
   * Checks once. Does not offer a skipped version, nor a postponed one before its time; a newer version is offered.
   * Never rejects.
   */
  check(): Promise<void>
  /**
   * Downloads the offered release. It is installed by `install`, or when the app quits, where that is possible. Never
   * rejects.
   */
  download(): Promise<void>
  /** Postpones the offer by half a day. A downloaded release is still installed when the app quits. */
  later(): void
  /** Skips this version; the next one is offered. */
  skip(): void
  install(): void
}

/** How long an offer is postponed; less than the day between two checks, so that the next check offers it again. */
const laterMs = 12 * 3_600_000

function isPostponed(version: string, postponement: Postponement | null, now: EpochMs): boolean {
  if (postponement?.version !== version) return false
  if (postponement.until === null) return true
  const left = postponement.until - now
  // If the clock was set back, the offer is not postponed any longer.
  return left > 0 && left <= laterMs
}

export interface UpdaterOptions {
  /** Page of a version that this package cannot install itself; null if it can. */
  readonly pageOf: ((version: string) => string) | null
  /** The person's last decision; survives restarts. */
  readonly postponement: () => Postponement | null
  setPostponement(postponement: Postponement): void
  /** This machine's clock, in milliseconds since the epoch. */
  readonly now: () => EpochMs
  /**
   * Whether a downloaded release is installed when the app quits. False on macOS, where the system cannot be told to
   * discard it.
   */
  readonly onQuit: boolean
  /** Called before installing: windows must close instead of hiding. */
  beforeInstall(): void
  onChange(view: UpdateView): void
  failed(what: 'check' | 'download', error: unknown): void
}

export function createUpdater(source: UpdateSource, options: UpdaterOptions): Updater {
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
          isPostponed(answer.updateInfo.version, options.postponement(), options.now())
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
        // Usually the machine is offline, which is not worth a message.
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
      options.setPostponement({ version: view.version, until: options.now() + laterMs })
      setView({ kind: 'none' })
    },
    skip() {
      if (!('version' in view) || view.kind === 'downloading') return
      // Applies to a downloaded release, too.
      source.autoInstallOnAppQuit = false
      options.setPostponement({ version: view.version, until: null })
      setView({ kind: 'none' })
    },
    install() {
      if (view.kind !== 'ready') return
      options.beforeInstall()
      source.quitAndInstall()
    }
  }
}
