/** How this package gets new releases. */
import { parseUrl } from '../../tickets/text/url.ts'
import type { Platform } from '../types.ts'

export interface PackageFacts {
  readonly platform: Platform
  readonly isPackaged: boolean
  /** Without what another program's launcher left there (lifecycle/inherited-environment.ts). */
  readonly env: Readonly<Record<string, string | undefined>>
  /** `process.windowsStore` or `process.mas`. */
  readonly fromStore: boolean
  /** `app-update.yml` lies beside the app: it was built to be published somewhere. */
  readonly hasFeed: boolean
  /** The packaged package.json. `updates: 'tell'`: built so that it cannot replace itself. */
  readonly manifest: Readonly<Record<string, unknown>>
}

export type UpdateWay =
  /** It downloads a release and replaces itself. */
  | { readonly kind: 'installs' }
  /** Nobody would replace it; the person is told that there is a release, and where. */
  | { readonly kind: 'tells'; readonly why: string; readonly pageOf: (version: string) => string }
  /** Somebody else replaces it, or there is nowhere to look. */
  | { readonly kind: 'off'; readonly why: string }

/** `why` is for diagnostics. */
export function updateWay(facts: PackageFacts): UpdateWay {
  const off = whyOff(facts)
  if (off !== null) return { kind: 'off', why: off }
  const why = whyNotByItself(facts)
  if (why === null) return { kind: 'installs' }
  const { homepage } = facts.manifest
  const page = typeof homepage === 'string' ? parseUrl(homepage) : null
  if (page?.protocol !== 'https:') return { kind: 'off', why: 'built without a page of releases' }
  const base = page.href.replace(/\/$/, '')
  return { kind: 'tells', why, pageOf: (version) => `${base}/releases/tag/v${encodeURIComponent(version)}` }
}

function whyOff({ isPackaged, fromStore, hasFeed, env, platform }: PackageFacts): string | null {
  if (!isPackaged) return 'started from source'
  if (fromStore) return 'the store updates it'
  if (!hasFeed) return 'built without a place to look for them'
  if (platform === 'linux' && env.SNAP) return 'the package manager updates it (snap)'
  if (platform === 'linux' && env.FLATPAK_ID) return 'the package manager updates it (flatpak)'
  return null
}

/** A deb or rpm belongs to root, and there is no repository that its package manager could ask. */
function whyNotByItself({ platform, env, manifest }: PackageFacts): string | null {
  if (manifest.updates === 'tell') return 'signed ad hoc'
  switch (platform) {
    case 'darwin':
      return null
    case 'win32':
      return env.PORTABLE_EXECUTABLE_FILE ? 'portable' : null
    case 'linux':
      return env.APPIMAGE ? null : 'installed from a package or unpacked'
  }
}
