/** Determines how this package is updated. */
import { parseUrl } from '../../tickets/text/url.ts'
import type { Platform } from '../types.ts'

export interface PackageFacts {
  readonly platform: Platform
  readonly isPackaged: boolean
  /** The environment, cleaned of other programs' launcher variables (lifecycle/inherited-environment.ts). */
  readonly env: Readonly<Record<string, string | undefined>>
  readonly fromStore: boolean
  /** `app-update.yml` exists: the package was built with a place to publish releases. */
  readonly hasFeed: boolean
  /** The packaged package.json. `updates: 'tell'` marks a build that cannot replace itself. */
  readonly manifest: Readonly<Record<string, unknown>>
}

export type UpdateMethod =
  /** The app downloads a release and replaces itself. */
  | { readonly kind: 'installs' }
  /** The app cannot replace itself; the person is told about a release and its page. */
  | { readonly kind: 'announced'; readonly why: string; readonly pageOf: (version: string) => string }
  /** A package manager or store updates the app, or there is nowhere to check. */
  | { readonly kind: 'off'; readonly why: string }

/** `why` in the result is for diagnostics. */
export function updateMethod(facts: PackageFacts): UpdateMethod {
  const off = reasonOff(facts)
  if (off !== null) return { kind: 'off', why: off }
  const why = reasonNotSelfInstalling(facts)
  if (why === null) return { kind: 'installs' }
  const { homepage } = facts.manifest
  const page = typeof homepage === 'string' ? parseUrl(homepage) : null
  if (page?.protocol !== 'https:') return { kind: 'off', why: 'built without a page of releases' }
  const base = page.href.replace(/\/$/, '')
  return {
    kind: 'announced',
    why,
    pageOf: (version) => `${base}/releases/tag/v${encodeURIComponent(version)}`
  }
}

function reasonOff({ isPackaged, fromStore, hasFeed, env, platform }: PackageFacts): string | null {
  if (!isPackaged) return 'started from source'
  if (fromStore) return 'the store updates it'
  if (!hasFeed) return 'built without a place to look for them'
  if (platform === 'linux' && env.SNAP) return 'the package manager updates it (snap)'
  if (platform === 'linux' && env.FLATPAK_ID) return 'the package manager updates it (flatpak)'
  return null
}

/**
 * Why the app cannot replace itself; null if it can. A deb or rpm is owned by root, and there is no package repository.
 */
function reasonNotSelfInstalling({ platform, env, manifest }: PackageFacts): string | null {
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
