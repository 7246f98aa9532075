import { app, shell } from 'electron'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Args, UpdateView } from '../../ipc/contract.ts'
import type { Platform } from '../types.ts'
import { systemClock } from '../../storage/clock.ts'
import { packagedManifest } from './packaged-manifest.ts'
import { readPostponement, writePostponement, type PostponementStore } from './postponement.ts'
import { updateMethod, type UpdateMethod } from './update-method.ts'
import { createUpdater, type Updater, type UpdaterOptions, type UpdateSource } from './updater.ts'

const firstCheckMs = 60_000
const checkEveryMs = 86_400_000

export interface SelfUpdate {
  view(): UpdateView
  /** How this package is updated and the current state, for diagnostics. */
  summary(): string
  act(act: Args<'updates.act'>['act']): Promise<void>
}

/** Loaded on demand, because electron-updater accesses the disk when it is imported. */
async function loadSource(platform: Platform, method: UpdateMethod['kind']): Promise<UpdateSource> {
  const all = await import('electron-updater')
  // On Linux electron-updater chooses its class by a file that packages built together may share. Every class but
  // AppImageUpdater can check for releases without installing them.
  if (platform !== 'linux') return withoutLogger(all.autoUpdater)
  return withoutLogger(method === 'installs' ? new all.AppImageUpdater() : new all.DebUpdater())
}

const withoutLogger = <Source extends { logger: unknown }>(source: Source): Source => {
  source.logger = null
  return source
}

/** Checks for releases once a day: installs them if the package can replace itself, else only reports them. */
export function selfUpdate(
  platform: Platform,
  {
    store,
    ...options
  }: Omit<UpdaterOptions, 'onQuit' | 'now' | 'postponement' | 'setPostponement' | 'pageOf'> & {
    readonly store: PostponementStore
  }
): SelfUpdate {
  const method = updateMethod({
    platform,
    isPackaged: app.isPackaged,
    env: process.env,
    fromStore: process.windowsStore || process.mas,
    hasFeed: existsSync(join(process.resourcesPath, 'app-update.yml')),
    manifest: packagedManifest()
  })
  if (method.kind === 'off')
    return {
      summary: () => `off: ${method.why}`,
      view: () => ({ kind: 'off' }),
      act: () => Promise.resolve()
    }

  let updater: Updater | null = null
  async function load(): Promise<Updater> {
    if (updater) return updater
    const source = await loadSource(platform, method.kind)
    updater ??= createUpdater(source, {
      ...options,
      pageOf: method.kind === 'announced' ? method.pageOf : null,
      onQuit: platform !== 'darwin',
      now: () => systemClock.now(),
      postponement: () => readPostponement(store),
      setPostponement: (postponement) => {
        writePostponement(store, postponement)
      }
    })
    return updater
  }
  const check = (): void => {
    load()
      .then((ready) => ready.check())
      .catch((error: unknown) => options.failed('check', error))
  }
  setTimeout(check, firstCheckMs)
  setInterval(check, checkEveryMs)

  const view = (): UpdateView => updater?.view() ?? { kind: 'none' }
  return {
    view,
    summary: () =>
      `${method.kind === 'announced' ? `announced only (${method.why})` : 'by itself'}: ${view().kind}`,
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
