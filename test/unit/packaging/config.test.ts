import { FuseV1Options } from '@electron/fuses'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TargetConfiguration } from 'electron-builder'
import { describe, expect, it } from 'vitest'
import { appId } from '../../../electron/desktop/app-id.ts'
import { toastActivatorClsid } from '../../../electron/desktop/notifications/backends/windows-toast.ts'
import { readConfig, root } from './packager.ts'

const read = (path: string): Promise<string> => readFile(join(root, path), 'utf8')
const { config } = await readConfig()

/** The marker before the fuses in an executable. `packedFuses` returns the fuses after the hook: '0' is off, '1' is on. */
const sentinel = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX'
async function packedFuses(fuses: string): Promise<string> {
  const hook = createRequire(import.meta.url)('../../../build/after-pack.cjs') as (
    context: object
  ) => Promise<void>
  const appOutDir = await mkdtemp(join(tmpdir(), 'bilet-fuses-'))
  try {
    const head = `ELF ${sentinel}\u0001${String.fromCharCode(fuses.length)}`
    await writeFile(join(appOutDir, 'bilet'), `${head}${fuses} more`)
    const packager = { executableName: 'bilet', appInfo: { productFilename: 'Bilet' } }
    await hook({ appOutDir, electronPlatformName: 'linux', packager })
    const packed = await readFile(join(appOutDir, 'bilet'), 'latin1')
    expect([packed.slice(0, head.length), packed.slice(head.length + fuses.length)]).toEqual([head, ' more'])
    return packed.slice(head.length, head.length + fuses.length)
  } finally {
    await rm(appOutDir, { recursive: true })
  }
}

describe('the packages', () => {
  it('are configured as electron-builder’s schema allows, which refuses what it does not know', async () => {
    await expect(readConfig({ linux: { sandbox: false } as object })).rejects.toThrow(/Invalid configuration/)
  })

  it('are those of each system', () => {
    const names = (targets: unknown): unknown =>
      (targets as readonly (string | TargetConfiguration)[]).map((target) =>
        typeof target === 'string' ? target : `${target.target} ${String(target.arch)}`
      )
    expect(names(config.mac?.target)).toEqual(['dmg universal', 'zip universal'])
    expect(names(config.win?.target)).toEqual(['nsis x64,arm64', 'portable x64,arm64'])
    expect(names(config.linux?.target)).toEqual(['AppImage x64,arm64', 'deb x64,arm64', 'rpm x64,arm64'])
  })

  it('have every fuse set, and none that opens a way in', async () => {
    expect(config.electronFuses).toEqual({
      runAsNode: false,
      enableCookieEncryption: true,
      enableNodeOptionsEnvironmentVariable: false,
      enableNodeCliInspectArguments: false,
      enableEmbeddedAsarIntegrityValidation: true,
      onlyLoadAppFromAsar: true,
      loadBrowserProcessSpecificV8Snapshot: false,
      grantFileProtocolExtraPrivileges: false,
      resetAdHocDarwinSignature: true
    })
    expect(config.asar).toBe(true)
    // The ninth fuse, for which electron-builder has no option.
    const named = Object.keys(config.electronFuses ?? {}).map((name) => name.toLowerCase())
    const known = Object.keys(FuseV1Options).filter((name) => !/^\d+$/.test(name))
    expect(known.filter((name) => !named.includes(name.toLowerCase()))).toEqual(['WasmTrapHandlers'])
    expect(await packedFuses('110000000')).toBe('110000001')
    // The number of fuses in Electron 33.
    expect(await packedFuses('11000000')).toBe('11000000')
  })

  it('are not made of an Electron with a fuse that nobody has decided on', async () => {
    await expect(packedFuses('1100000000')).rejects.toThrow(/fuse 9/)
  })

  it('carry an Electron that is proposed anew with each of its releases, without waiting', async () => {
    interface Rule {
      readonly matchPackageNames: readonly string[]
      readonly minimumReleaseAge?: string | null
      readonly enabled?: boolean
      readonly allowedVersions?: string
    }
    const { packageRules } = JSON.parse(await read('renovate.json')) as { packageRules: readonly Rule[] }
    const rules = packageRules.filter(({ matchPackageNames }) => matchPackageNames.includes('electron'))
    expect(rules).toMatchObject([{ minimumReleaseAge: null }])
    for (const rule of rules) expect([rule.enabled, rule.allowedVersions]).toEqual([undefined, undefined])
    const { devDependencies } = JSON.parse(await read('package.json')) as {
      devDependencies: { electron: string }
    }
    const { packages } = JSON.parse(await read('package-lock.json')) as {
      packages: Record<string, { readonly version?: string }>
    }
    const major = (version: string): number => Number(/\d+/.exec(version)?.[0])
    const locked = packages['node_modules/electron']?.version ?? ''
    expect(major(locked)).toBe(major(devDependencies.electron))
    // The current major version when this was written; older ones are not allowed.
    expect(major(locked)).toBeGreaterThanOrEqual(45)
  })

  it('carry no uuid that an advisory speaks of, though node-notifier asks for one (GHSA-w5hq-g745-h8pq)', async () => {
    const { packages } = JSON.parse(await read('package-lock.json')) as {
      packages: Record<string, { readonly version?: string; readonly dev?: boolean }>
    }
    const shipped = Object.entries(packages).filter(
      ([path, { dev }]) => path.endsWith('node_modules/uuid') && dev !== true
    )
    const mended = shipped.map(([, { version = '' }]) => {
      const [major = 0, minor = 0, patch = 0] = version.split('.').map(Number)
      return major > 11 || (major === 11 && (minor > 1 || (minor === 1 && patch >= 1)))
    })
    expect(mended).toEqual([true])
  })

  it('are made of packages that are named by one exact version each, the locked one', async () => {
    interface Manifest {
      readonly dependencies: Record<string, string>
      readonly devDependencies: Record<string, string>
    }
    const { dependencies, devDependencies } = JSON.parse(await read('package.json')) as Manifest
    const { packages } = JSON.parse(await read('package-lock.json')) as {
      packages: Record<string, { readonly name?: string; readonly version?: string } | undefined>
    }
    const asked = { ...dependencies, ...devDependencies }
    const locked = Object.keys(asked).map((alias) => {
      // Only a package under another name than its own has a name here.
      const { name, version } = packages[`node_modules/${alias}`] ?? {}
      return [alias, name === undefined ? version : `npm:${name}@${version}`]
    })
    expect(asked).toEqual(Object.fromEntries(locked))
    // `conf` comes with electron-store, which chooses its version.
    expect(Object.keys(asked)).not.toContain('conf')
  })

  it('look for updates only where a release says where', () => {
    expect(config.publish).toBeNull()
  })

  it('bring what foreign programs read or run outside the asar, on every system', () => {
    const places = [config.extraResources, config.mac?.extraResources, config.win?.extraResources]
    expect(places.flat()).toEqual([
      { from: 'dist/icons/128x128.png', to: 'notifier/icon.png' },
      {
        from: 'node_modules/node-notifier/vendor',
        to: 'notifier',
        filter: ['mac.noindex/**', 'terminal-notifier-LICENSE']
      },
      { from: 'build/mac/bilet.sh', to: 'bilet.sh' },
      { from: 'node_modules/node-notifier/vendor', to: 'notifier', filter: ['snoreToast/**'] }
    ])
    // A system's own list is added to the common one; systems without a list use the common one.
    expect(config.linux?.extraResources).toBeUndefined()
  })

  it('for macOS run hardened, with no exception but for V8', async () => {
    expect(config.mac).toMatchObject({ hardenedRuntime: true })
    expect(config.mac?.entitlementsInherit).toBe(config.mac?.entitlements)
    const entitlements = await read(String(config.mac?.entitlements))
    expect([...entitlements.matchAll(/<key>(.*?)<\/key>/g)].map(([, key]) => key)).toEqual([
      'com.apple.security.cs.allow-jit'
    ])
  })

  it('for macOS are signed ad hoc where there is no certificate, and then load Electron’s own libraries', async () => {
    const { config: adHoc } = await readConfig({ extends: 'build/mac/ad-hoc.yml' })
    expect(adHoc.mac).toMatchObject({ identity: '-', hardenedRuntime: true, notarize: false })
    expect(adHoc.mac?.entitlementsInherit).toBe(adHoc.mac?.entitlements)
    const keys = [...(await read(String(adHoc.mac?.entitlements))).matchAll(/<key>(.*?)<\/key>/g)].map(
      ([, key]) => key
    )
    expect(keys).toEqual([
      'com.apple.security.cs.allow-jit',
      'com.apple.security.cs.disable-library-validation'
    ])
    // Everything else is the same as with a certificate.
    expect(adHoc.mac?.target).toEqual(config.mac?.target)
    expect(adHoc.electronFuses).toEqual(config.electronFuses)
  })

  it('for Linux make nothing setuid and never start without the sandbox', async () => {
    expect(config.deb?.afterInstall).toBe(config.rpm?.afterInstall)
    const script = await read(String(config.deb?.afterInstall))
    expect(script).not.toMatch(/chmod|setcap|chrome-sandbox/)
    expect(script).toContain('apparmor_parser')
    expect(JSON.stringify(config)).not.toContain('no-sandbox')
  })

  it('for Windows install for one person, without an administrator', () => {
    expect(config.nsis).toMatchObject({ perMachine: false })
  })

  it('for Windows take with them, when they go, what the app wrote into the registry', async () => {
    const script = await read(String(config.nsis?.include))
    const gone = [...script.matchAll(/^ +Delete\w+ HKCU (.*)$/gm)].map(([, what]) => what)
    expect(gone).toEqual([
      `"Software\\Classes\\CLSID\\${toastActivatorClsid}"`,
      '"Software\\Classes\\bilet"',
      '"Software\\Microsoft\\Windows\\CurrentVersion\\Run" "${APP_ID}"',
      '"Software\\Microsoft\\Windows\\CurrentVersion\\Explorer\\StartupApproved\\Run" "${APP_ID}"'
    ])
    // The name that electron-builder uses for APP_ID and Electron for the login item.
    expect(config.appId).toBe(appId)
    expect(script).toMatch(/\$\{ifNot\} \$\{isUpdated\}[^]*\$\{endIf\}/)
  })
})
