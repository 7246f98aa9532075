import { parse } from 'yaml'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import {
  flatpakManifest,
  homebrewCask,
  manifests,
  wingetManifests,
  type Release
} from '../../../build/manifests.ts'

const sha256 = 'a1'.repeat(32)
const names = [
  'Bilet-Setup-1.2.3.exe',
  'Bilet-Portable-1.2.3.exe',
  'Bilet-1.2.3-universal.dmg',
  'bilet_1.2.3_amd64.deb',
  'bilet_1.2.3_arm64.deb',
  'Bilet-1.2.3.AppImage',
  'SHA256SUMS'
]
const release: Release = {
  version: '1.2.3',
  homepage: 'https://code.example/owner/bilet',
  date: '2026-12-01',
  files: names.map((name) => ({ name, sha256 }))
}
const download = (name: string): string => `${release.homepage}/releases/download/v1.2.3/${name}`

/** Requirements of winget's schemas 1.10 for the fields used here. Unknown fields are rejected. */
const common = {
  PackageIdentifier: z.string().regex(/^[^.\s\\/:*?"<>|]{1,32}(\.[^.\s\\/:*?"<>|]{1,32}){1,7}$/),
  PackageVersion: z.string().max(128),
  ManifestVersion: z.literal('1.10.0')
}
const locale = {
  ...common,
  PackageLocale: z.string().regex(/^[a-z]{2}-[A-Z]{2}$/),
  ShortDescription: z.string().min(3).max(256)
}
const schemas = {
  version: z.strictObject({
    ...common,
    DefaultLocale: z.literal('en-US'),
    ManifestType: z.literal('version')
  }),
  installer: z.strictObject({
    ...common,
    Platform: z.tuple([z.literal('Windows.Desktop')]),
    MinimumOSVersion: z.string().regex(/^\d+(\.\d+){0,3}$/),
    InstallerType: z.literal('nullsoft'),
    Scope: z.literal('user'),
    UpgradeBehavior: z.enum(['install', 'uninstallPrevious', 'deny']),
    Protocols: z.array(z.string()).max(64),
    ReleaseDate: z.iso.date(),
    Installers: z.array(
      z.strictObject({
        Architecture: z.enum(['x64', 'arm64']),
        InstallerUrl: z.url({ protocol: /^https$/ }),
        InstallerSha256: z.string().regex(/^[A-F0-9]{64}$/)
      })
    ),
    ManifestType: z.literal('installer')
  }),
  defaultLocale: z.strictObject({
    ...locale,
    Publisher: z.string().min(2),
    PublisherSupportUrl: z.url(),
    PackageName: z.string().min(2),
    PackageUrl: z.url(),
    License: z.string().min(3),
    Tags: z.array(z.string().min(1).max(40)).max(16),
    ReleaseNotesUrl: z.url(),
    ManifestType: z.literal('defaultLocale')
  }),
  locale: z.strictObject({ ...locale, ManifestType: z.literal('locale') })
} as const

describe('the manifests for winget', () => {
  const files = wingetManifests(release)

  it('are four files of one version, where its repository of packages wants them', () => {
    const folder = 'winget/b/Bilet/Bilet/1.2.3/Bilet.Bilet'
    expect(Object.keys(files).toSorted()).toEqual(
      ['.installer', '.locale.en-US', '.locale.tr-TR', '']
        .map((suffix) => `${folder}${suffix}.yaml`)
        .toSorted()
    )
  })

  it('have what the schemas require, and nothing else', () => {
    const kinds = Object.values(files).map((text) => {
      const content = parse(text) as { readonly ManifestType: keyof typeof schemas }
      expect(schemas[content.ManifestType].safeParse(content).error?.issues ?? []).toEqual([])
      return content.ManifestType
    })
    expect(kinds.toSorted()).toEqual(['defaultLocale', 'installer', 'locale', 'version'])
  })

  it('name the setup and its checksum for both architectures', () => {
    const text = Object.entries(files).find(([path]) => path.includes('.installer'))?.[1] ?? ''
    expect(parse(text)).toMatchObject({
      Installers: ['x64', 'arm64'].map((Architecture) => ({
        Architecture,
        InstallerUrl: download('Bilet-Setup-1.2.3.exe'),
        InstallerSha256: sha256.toUpperCase()
      }))
    })
  })
})

it('the cask for Homebrew names the image by its version, its checksum, and what uninstalling leaves', () => {
  const cask = homebrewCask(release)
  expect(cask).toContain(`sha256 "${sha256}"`)
  expect(cask).toContain(
    'url "https://code.example/owner/bilet/releases/download/v#{version}/Bilet-#{version}-universal.dmg"'
  )
  expect(cask).toContain('"~/Library/Application Support/Bilet"')
  // All blocks are closed.
  expect(cask.match(/ do$/gm)).toHaveLength(cask.match(/^end$/gm)?.length ?? 0)
})

it('the manifest for Flatpak takes the deb of each architecture, and may do only what the app does', () => {
  const schema = z.strictObject({
    id: z.literal('tr.bilet.app'),
    runtime: z.string(),
    'runtime-version': z.string(),
    sdk: z.string(),
    base: z.literal('org.electronjs.Electron2.BaseApp'),
    'base-version': z.string(),
    command: z.literal('bilet'),
    'separate-locales': z.boolean(),
    'finish-args': z.array(z.string().regex(/^--(share|socket|device|talk-name)=[\w.-]+$/)),
    modules: z.tuple([
      z.strictObject({
        name: z.string(),
        buildsystem: z.literal('simple'),
        'build-commands': z.array(z.string()),
        sources: z.tuple([z.looseObject({}), z.looseObject({}), z.looseObject({ type: z.literal('script') })])
      })
    ])
  })
  const manifest = schema.parse(JSON.parse(flatpakManifest(release)))
  expect(manifest['finish-args'].filter((argument) => argument.includes('filesystem'))).toEqual([])
  expect(manifest.modules[0].sources.slice(0, 2)).toEqual(
    [
      ['amd64', 'x86_64'],
      ['arm64', 'aarch64']
    ].map(([debian, flatpak]) => ({
      type: 'file',
      'dest-filename': 'bilet.deb',
      url: download(`bilet_1.2.3_${debian}.deb`),
      sha256,
      'only-arches': [flatpak]
    }))
  )
})

it.each(['Bilet-Setup-1.2.3.exe', 'Bilet-1.2.3-universal.dmg', 'bilet_1.2.3_arm64.deb'])(
  'no manifest is made of a release without %s',
  (missing) => {
    const files = release.files.filter(({ name }) => name !== missing)
    expect(() => manifests({ ...release, files })).toThrow(/^No file of the release/)
  }
)
