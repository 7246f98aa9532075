import { app } from 'electron'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Args, UpdateView } from '../../ipc/contract.ts'
import type { Platform } from '../types.ts'
import { systemClock } from '../../storage/clock.ts'
import { readPutOff, writePutOff, type PutOffStore } from './put-off.ts'
import { createUpdater, whyNoUpdates, type Updater } from './updater.ts'

const firstCheckMs = 60_000
const checkEveryMs = 86_400_000

const resourceFile = (file: string): string => join(process.resourcesPath, file)

/** electron-builder writes it for packages that a package manager installs. */
function packageType(): string | null {
  try {
    return readFileSync(resourceFile('package-type'), 'utf8').trim() || null
  } catch {
    return null
  }
}

export interface SelfUpdate {
  view(): UpdateView
  /** Null where this package updates itself. */
  readonly why: string | null
  act(act: Args<'updates.act'>['act']): Promise<void>
}

/** Looks for releases once a day, where this package can replace itself. */
export function selfUpdate(
  platform: Platform,
  {
    store,
    ...options
  }: Omit<Parameters<typeof createUpdater>[1], 'onQuit' | 'now' | 'putOff' | 'setPutOff'> & {
    readonly store: PutOffStore
  }
): SelfUpdate {
  const why = whyNoUpdates({
    platform,
    isPackaged: app.isPackaged,
    env: process.env,
    packageType: packageType(),
    fromStore: process.windowsStore || process.mas,
    hasFeed: existsSync(resourceFile('app-update.yml'))
  })
  if (why !== null) return { why, view: () => ({ kind: 'off' }), act: () => Promise.resolve() }

  let updater: Updater | null = null
  /** electron-updater is loaded only where it is used: it looks around on the disk as it starts. */
  async function load(): Promise<Updater> {
    if (updater) return updater
    const { autoUpdater } = await import('electron-updater')
    autoUpdater.logger = null
    updater = createUpdater(autoUpdater, {
      ...options,
      onQuit: platform !== 'darwin',
      now: () => systemClock.now(),
      putOff: () => readPutOff(store),
      setPutOff: (putOff) => {
        writePutOff(store, putOff)
      }
    })
    return updater
  }
  const look = (): void => {
    load()
      .then((ready) => ready.check())
      .catch((error: unknown) => options.failed('check', error))
  }
  setTimeout(look, firstCheckMs)
  setInterval(look, checkEveryMs)

  return {
    why,
    view: () => updater?.view() ?? { kind: 'none' },
    async act(act) {
      const ready = await load()
      if (act === 'check') await ready.check()
      else if (act === 'download') await ready.download()
      else if (act === 'later') ready.later()
      else if (act === 'skip') ready.skip()
      else ready.install()
    }
  }
}
