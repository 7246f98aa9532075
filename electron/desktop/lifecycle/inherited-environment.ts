/**
 * Launchers of AppImages and portable programs tell the program its own file through environment variables, which child
 * processes inherit. If another AppImage opened a link with this app, its file would be used for autostart, links and
 * updates.
 */
import { realpathSync } from 'node:fs'
import { posix, win32, type PlatformPath } from 'node:path'

type Env = Record<string, string | undefined>

const appImageNames = ['APPIMAGE', 'APPDIR', 'ARGV0', 'OWD'] as const
const portableNames = [
  'PORTABLE_EXECUTABLE_FILE',
  'PORTABLE_EXECUTABLE_DIR',
  'PORTABLE_EXECUTABLE_APP_FILENAME'
] as const

function realPath(path: string): string {
  try {
    return realpathSync.native(path)
  } catch {
    return path
  }
}

/** Whether `path` is inside `folder`. */
function isWithin(folder: string, path: string, paths: PlatformPath): boolean {
  const fromFolder = paths.relative(folder, path)
  return fromFolder !== '' && !fromFolder.startsWith('..') && !paths.isAbsolute(fromFolder)
}

/** An AppImage's launcher mounts or unpacks the image at APPDIR and starts a program inside. */
const isOwnAppImage = ({ APPDIR }: Env, execPath: string): boolean =>
  APPDIR !== undefined && isWithin(realPath(APPDIR), realPath(execPath), posix)

/** A portable program's launcher unpacks it into the temporary folder, where no installed program is. */
const isOwnPortable = (execPath: string, temporaryFolder: string): boolean =>
  isWithin(realPath(temporaryFolder), realPath(execPath), win32)

/** Removes another program's launcher variables from `env`. `execPath`: the running program. */
export function dropInheritedPackage(env: Env, execPath: string, temporaryFolder: string): void {
  const foreign = [
    ...(isOwnAppImage(env, execPath) ? [] : appImageNames),
    ...(isOwnPortable(execPath, temporaryFolder) ? [] : portableNames)
  ]
  // Deleted, because assigning undefined sets the text "undefined".
  for (const name of foreign) Reflect.deleteProperty(env, name)
}
