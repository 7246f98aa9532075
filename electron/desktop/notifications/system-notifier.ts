/** Creates the notifier of this platform: its backends, and the files that other programs must be able to read. */
import { app, nativeImage } from 'electron'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { sessionBus } from '../linux/session-bus.ts'
import type { Platform } from '../types.ts'
import { electronBackend } from './backends/electron-notification.ts'
import { nodeNotifierBackend } from './backends/node-notifier.ts'
import { notificationServer, notificationsName } from './backends/notification-server.ts'
import { missingBackend, type BackendName } from './notification.ts'
import { notifierOf, preferredBackend, type Notifier } from './notifier.ts'
import { sessionBusBackend, type IconPixels } from './backends/session-bus-notification.ts'
import { toastActivatorClsid } from './backends/windows-toast.ts'

/**
 * Files that other programs run or read, and which therefore cannot be inside the asar: unpacked beside it when
 * packaged, else node-notifier's own folder and the built icon.
 */
function unpackedFiles(builtIcon: string): { readonly vendorFolder: string; readonly icon: string } {
  const folder = join(process.resourcesPath, 'notifier')
  return existsSync(folder)
    ? { vendorFolder: folder, icon: join(folder, 'icon.png') }
    : { vendorFolder: join(app.getAppPath(), 'node_modules/node-notifier/vendor'), icon: builtIcon }
}

/** The icon as RGBA pixels (Electron's bitmaps are BGRA); null if the file cannot be read. */
function pixelsOf(file: string): IconPixels | null {
  const image = nativeImage.createFromPath(file).resize({ width: 64 })
  if (image.isEmpty()) return null
  const rgba = image.toBitmap()
  for (let at = 0; at < rgba.length; at += 4) {
    const blue = rgba[at] ?? 0
    rgba[at] = rgba[at + 2] ?? 0
    rgba[at + 2] = blue
  }
  return { ...image.getSize(), rgba }
}

export function createNotifier(options: {
  readonly platform: Platform
  readonly icon: string
  readonly wanted: () => BackendName | 'auto'
  readonly onPermission: (allowed: boolean) => void
}): Notifier {
  const { platform, icon, wanted, onPermission } = options
  const installed = app.isPackaged && !process.env.PORTABLE_EXECUTABLE_FILE
  if (platform === 'win32') {
    // Must precede setAppUserModelId and the first notification: Electron writes both into the Start-menu entry.
    if (installed) app.setToastActivatorCLSID(toastActivatorClsid)
    // Windows shows toasts of registered apps only, under this id's name.
    app.setAppUserModelId('tr.bilet.app')
  }
  const unpacked = unpackedFiles(icon)
  let pixels: IconPixels | null | undefined
  return notifierOf({
    backends: {
      'session-bus': sessionBusBackend({
        bus: () => (platform === 'linux' ? sessionBus() : Promise.resolve(null)),
        icon: () => (pixels ??= pixelsOf(icon))
      }),
      electron: platform === 'win32' && !installed ? missingBackend : electronBackend(platform, icon),
      'node-notifier': nodeNotifierBackend(platform, unpacked.icon, {
        vendorFolder: unpacked.vendorFolder,
        installed
      })
    },
    first: () => preferredBackend(platform, wanted(), installed),
    server: async () => notificationServer(platform === 'linux' ? await sessionBus() : null),
    ...(platform === 'linux' ? { onServer: onServerAppears } : {}),
    onPermission
  })
}

function onServerAppears(listener: () => void): void {
  sessionBus()
    .then((bus) =>
      bus?.watch(notificationsName, (isThere) => {
        if (isThere) listener()
      })
    )
    .catch(() => undefined)
}
