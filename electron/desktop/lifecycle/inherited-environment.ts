/**
 * AppImages and portable programs are told by their launcher which file they were started from. Whatever they start
 * inherits that: a link opened by another AppImage would make its file the one that autostart, links and updates take
 * for this app.
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

/** `path` lies in `folder`, or deeper. */
function isWithin(folder: string, path: string, paths: PlatformPath): boolean {
  const fromFolder = paths.relative(folder, path)
  return fromFolder !== '' && !fromFolder.startsWith('..') && !paths.isAbsolute(fromFolder)
}

/** The launcher mounts or unpacks the image at APPDIR and starts what lies there. */
const isOwnAppImage = ({ APPDIR }: Env, execPath: string): boolean =>
  APPDIR !== undefined && isWithin(realPath(APPDIR), realPath(execPath), posix)

/** The launcher unpacks the program in the folder for temporary files; an installed one does not lie there. */
const isOwnPortable = (execPath: string, temporaryFolder: string): boolean =>
  isWithin(realPath(temporaryFolder), realPath(execPath), win32)

/** Removes from `env` what another program's launcher left there. `execPath`: the program that runs. */
export function dropInheritedPackage(env: Env, execPath: string, temporaryFolder: string): void {
  const foreign = [
    ...(isOwnAppImage(env, execPath) ? [] : appImageNames),
    ...(isOwnPortable(execPath, temporaryFolder) ? [] : portableNames)
  ]
  // Assigned undefined, a variable of the process would be the text "undefined".
  for (const name of foreign) Reflect.deleteProperty(env, name)
}
