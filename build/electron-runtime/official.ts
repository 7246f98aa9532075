/**
 * Downloads the Electron release of the npm package `electron`, which is the one that users get. That package can download
 * it itself, with the same two modules, but prints nothing for 30 seconds, waits five minutes for a silent server, and does
 * not print why it failed.
 *
 * An interrupted download starts again: the downloader writes complete files only, and the checksum is of the complete file.
 */
import { existsSync } from 'node:fs'
import { readFile, rename, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { downloadArchive, DownloadError, type DownloadOptions } from './download.ts'
import {
  electronIn,
  executableName,
  makeWorkFolder,
  WrongChecksumError,
  type ElectronRuntime
} from './folder.ts'

const electronPackage = fileURLToPath(new URL('../../node_modules/electron', import.meta.url))

interface Archives {
  readonly extract: (archive: string, options: { readonly dir: string }) => Promise<void>
}

export interface Options extends DownloadOptions {
  /** Folder of the npm package `electron`; default: the installed one. */
  readonly folder?: string
}

/** Why the download failed. The message says what to do next. */
export interface DownloadFailure {
  readonly kind: 'wrong-checksum' | 'not-downloaded' | 'not-unpacked' | 'ended'
  readonly message: string
}

export type OfficialElectron =
  | { readonly ok: true; readonly electron: ElectronRuntime }
  | { readonly ok: false; readonly why: DownloadFailure }

const versionIn = async (folder: string): Promise<string> =>
  (JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')) as { readonly version: string }).version

/**
 * The Electron that was downloaded before. Null if there is none, if it has another version, or if it was not unpacked
 * completely (`path.txt` is written last).
 */
export async function installedOfficialElectron(folder = electronPackage): Promise<ElectronRuntime | null> {
  const electron = await electronIn(join(folder, 'dist'))
  if (!electron) return null
  const path = await readFile(join(folder, 'path.txt'), 'utf8').catch(() => null)
  return path === executableName && electron.version === (await versionIn(folder)) ? electron : null
}

function failureOf(version: string, error: unknown, isEnded: boolean): DownloadFailure {
  const message = error instanceof Error ? error.message : String(error)
  if (isEnded) return { kind: 'ended', message: `Electron ${version} was not downloaded to its end.` }
  if (error instanceof DownloadError) return { kind: 'not-downloaded', message }
  if (error instanceof WrongChecksumError)
    return {
      kind: 'wrong-checksum',
      message:
        `What came as Electron ${version} is not what Electron published: its checksum is another one (${message})\n` +
        'Nothing of it was kept or run. Something on the way answers in its place: a portal, a proxy, a mirror ' +
        '(ELECTRON_MIRROR). Try another network, and do not trust that source.'
    }
  return {
    kind: 'not-unpacked',
    message: `Electron ${version} could not be unpacked: ${message}\nMake room or permit writing in node_modules/electron, and run the command again.`
  }
}

/**
 * Downloads and unpacks Electron unless it is installed. An aborted download leaves nothing behind except a complete archive
 * in the user's cache.
 */
export async function officialElectron(options: Options): Promise<OfficialElectron> {
  const folder = options.folder ?? electronPackage
  const installed = await installedOfficialElectron(folder)
  if (installed) return { ok: true, electron: installed }
  const version = await versionIn(folder)
  try {
    // Not in the system's temporary folder, so that the next run can remove the leftovers of a crash.
    const work = await makeWorkFolder(folder, 'download')
    try {
      const archive = await downloadArchive({ folder, version, work }, options)
      options.tell(`Unpacking Electron ${version}`)
      const require = createRequire(join(folder, 'package.json'))
      const { extract } = (await import(
        pathToFileURL(require.resolve('@electron-internal/extract-zip')).href
      )) as Archives
      const unpacked = join(work, 'dist')
      await extract(archive, { dir: unpacked })
      if (!existsSync(join(unpacked, executableName))) throw new Error('the archive holds no Electron')
      const installedMeanwhile = await installedOfficialElectron(folder)
      if (installedMeanwhile) return { ok: true, electron: installedMeanwhile }
      const dist = join(folder, 'dist')
      await rm(join(folder, 'path.txt'), { force: true })
      await rm(dist, { recursive: true, force: true })
      await rename(unpacked, dist)
      await writeFile(join(folder, 'path.txt'), executableName)
    } finally {
      await rm(work, { recursive: true, force: true, maxRetries: 5 })
    }
  } catch (error) {
    return { ok: false, why: failureOf(version, error, options.signal?.aborted ?? false) }
  }
  const electron = await electronIn(join(folder, 'dist'))
  if (electron) return { ok: true, electron }
  return { ok: false, why: failureOf(version, new Error('its executable is gone'), false) }
}
