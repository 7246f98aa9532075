import { app, shell } from 'electron'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Args, UpdateView } from '../../ipc/contract.ts'
import { isRecord } from '../../tickets/json.ts'
import type { Platform } from '../types.ts'
import { systemClock } from '../../storage/clock.ts'
import { readPutOff, writePutOff, type PutOffStore } from './put-off.ts'
import { updateWay, type UpdateWay } from './update-way.ts'
import { createUpdater, type Updater, type UpdateSource } from './updater.ts'

const firstCheckMs = 60_000
const checkEveryMs = 86_400_000

/** What the release wrote into the packaged package.json. */
function packagedManifest(): Readonly<Record<string, unknown>> {
  const read: unknown = JSON.parse(readFileSync(join(app.getAppPath(), 'package.json'), 'utf8'))
  return isRecord(read) ? read : {}
}

export interface SelfUpdate {
  view(): UpdateView
  /** For diagnostics: how this package gets its updates, and what is so now. */
  summary(): string
  act(act: Args<'updates.act'>['act']): Promise<void>
}

/** electron-updater is loaded only where it is used: it looks around on the disk as it starts. */
async function loadSource(platform: Platform, way: UpdateWay['kind']): Promise<UpdateSource> {
  const all = await import('electron-updater')
  // On Linux its own choice goes by a file that packages built together may share. Any but the AppImage's can look.
  if (platform !== 'linux') return silent(all.autoUpdater)
  return silent(way === 'installs' ? new all.AppImageUpdater() : new all.DebUpdater())
}

const silent = <Source extends { logger: unknown }>(source: Source): Source => {
  source.logger = null
  return source
}

/** Looks for releases once a day: installs them where this package can replace itself, and tells of them elsewhere. */
export function selfUpdate(
  platform: Platform,
  {
    store,
    ...options
  }: Omit<Parameters<typeof createUpdater>[1], 'onQuit' | 'now' | 'putOff' | 'setPutOff' | 'pageOf'> & {
    readonly store: PutOffStore
  }
): SelfUpdate {
  const way = updateWay({
    platform,
    isPackaged: app.isPackaged,
    env: process.env,
    fromStore: process.windowsStore || process.mas,
    hasFeed: existsSync(join(process.resourcesPath, 'app-update.yml')),
    manifest: packagedManifest()
  })
  if (way.kind === 'off')
    return {
      summary: () => `off: ${way.why}`,
      view: () => ({ kind: 'off' }),
      act: () => Promise.resolve()
    }

  let updater: Updater | null = null
  async function load(): Promise<Updater> {
    if (updater) return updater
    const source = await loadSource(platform, way.kind)
    updater ??= createUpdater(source, {
      ...options,
      pageOf: way.kind === 'tells' ? way.pageOf : null,
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

  const view = (): UpdateView => updater?.view() ?? { kind: 'none' }
  return {
    view,
    summary: () => `${way.kind === 'tells' ? `told of (${way.why})` : 'by itself'}: ${view().kind}`,
    async act(act) {
      const ready = await load()
      const now = ready.view()
      if (act === 'check') await ready.check()
      else if (act === 'download') await ready.download()
      else if (act === 'later') ready.later()
      else if (act === 'skip') ready.skip()
      else if (act === 'install') ready.install()
      else if (now.kind === 'published') await shell.openExternal(now.page)
    }
  }
}
