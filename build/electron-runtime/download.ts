/** Downloads Electron's archive with `@electron/get`, like the npm package `electron` does. */
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { WrongChecksumError } from './folder.ts'
import { findProxies, withoutPassword, withProxies } from './proxy.ts'

/** The used part of `@electron/get`. */
interface Downloads {
  readonly FetchDownloader: new () => Downloader
  /** Returns the path of the archive in the user's cache; downloads it if necessary. Verifies the checksum. */
  readonly downloadArtifact: (artifact: Readonly<Record<string, unknown>>) => Promise<string>
}

interface Downloader {
  readonly download: (url: string, file: string, options?: unknown) => Promise<void>
}

export interface DownloadOptions {
  /** Called with each line of progress. */
  readonly tell: (line: string) => void
  /** Aborts the download. */
  readonly signal?: AbortSignal
  /** Milliseconds without data until the download fails. There is no total limit, for slow connections. */
  readonly silenceMs?: number
  readonly timers?: {
    readonly setTimeout: (run: () => void, ms: number) => unknown
    readonly clearTimeout: (handle: unknown) => void
  }
}

const systemTimers: NonNullable<DownloadOptions['timers']> = {
  setTimeout: (run, ms) => setTimeout(run, ms),
  clearTimeout: (handle) => clearTimeout(handle as NodeJS.Timeout)
}

/** The download failed; the message says why and what to do next. */
export class DownloadError extends Error {}

/** The innermost cause: `fetch failed` alone is not helpful. */
function causeOf(error: Error): Error {
  if (error instanceof AggregateError && error.errors[0] instanceof Error) return causeOf(error.errors[0])
  return error.cause instanceof Error ? causeOf(error.cause) : error
}

const otherNetworks =
  'Another source: ELECTRON_MIRROR=https://HOST/PATH/, or ELECTRON_OVERRIDE_DIST_PATH=FOLDER for one unpacked by hand.'

/** What a person can do about a failed download. */
function advice(cause: Error): string {
  const code = 'code' in cause ? String(cause.code) : ''
  if (/CERT|SELF_SIGNED|ISSUER|VERIFY/.test(code))
    return `Where a proxy of your company answers in its place: NODE_EXTRA_CA_CERTS=FILE with that proxy's certificate. ${otherNetworks}`
  return `Check the network and run the command again; behind a proxy, name it first: npm config set https-proxy http://HOST:PORT. ${otherNetworks}`
}

/** The archive to download. */
export interface Archive {
  /** Folder of the npm package `electron`. */
  readonly folder: string
  readonly version: string
  /** Folder for incomplete downloads. */
  readonly work: string
}

/** Checksums of the release's files, from the npm package, whose own checksum is in package-lock.json. */
const publishedChecksums = async (folder: string): Promise<unknown> =>
  JSON.parse(await readFile(join(folder, 'checksums.json'), 'utf8'))

/**
 * Returns the archive's path in the user's cache; downloads it if it is not there. The checksum is verified in both cases.
 * Throws `DownloadError` if the download fails or stalls, `WrongChecksumError`, and other errors (file system, abort).
 */
export async function downloadArchive(
  { folder, version, work }: Archive,
  options: DownloadOptions
): Promise<string> {
  const require = createRequire(join(folder, 'package.json'))
  const timers = options.timers ?? systemTimers
  const silenceMs = options.silenceMs ?? 60_000
  const proxies = findProxies(process.env)
  const isRemote =
    process.env.electron_use_remote_checksums || process.env.npm_config_electron_use_remote_checksums
  const checksums = isRemote ? undefined : await publishedChecksums(folder)

  const silenceLimit = new AbortController()
  let timer: unknown
  const restartTimer = (): void => {
    timers.clearTimeout(timer)
    timer = timers.setTimeout(
      () => silenceLimit.abort(new Error(`nothing came for ${silenceMs / 1000} s`)),
      silenceMs
    )
  }
  const signal = AbortSignal.any([silenceLimit.signal, ...(options.signal ? [options.signal] : [])])

  return withProxies(proxies, async () => {
    const { downloadArtifact, FetchDownloader } = (await import(
      pathToFileURL(require.resolve('@electron/get')).href
    )) as Downloads
    const inner = new FetchDownloader()
    const downloader: Downloader = {
      download: async (url, file) => {
        const isArchive = file.endsWith('.zip')
        if (isArchive) options.tell(`Downloading Electron ${version}, some 120 MB, once`)
        restartTimer()
        try {
          await inner.download(url, file, { signal, getProgressCallback: restartTimer })
        } catch (error) {
          if (options.signal?.aborted || !(error instanceof Error)) throw error
          const cause = silenceLimit.signal.aborted ? (silenceLimit.signal.reason as Error) : causeOf(error)
          // File errors, such as a full disk, are not download errors.
          if ('syscall' in cause && ['write', 'open', 'mkdir'].includes(String(cause.syscall))) throw error
          const { host } = new URL(url)
          const throughProxy = proxies ? ` through the proxy ${withoutPassword(proxies.https)}` : ''
          throw new DownloadError(
            `Electron ${version} could not be downloaded from ${host}${throughProxy}: ${cause.message}.\n${advice(cause)}`
          )
        } finally {
          timers.clearTimeout(timer)
        }
      }
    }
    try {
      return await downloadArtifact({
        version,
        artifactName: 'electron',
        platform: process.platform,
        arch: process.arch,
        cacheRoot: process.env.electron_config_cache,
        tempDirectory: work,
        checksums,
        downloader
      })
    } catch (error) {
      if (error instanceof Error && !(error instanceof DownloadError) && /checksum/i.test(error.message))
        throw new WrongChecksumError(error.message, { cause: error })
      throw error
    }
  })
}
