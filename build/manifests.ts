/**
 * `tsx build/manifests.ts PACKAGES OUTPUT`: the manifests by which winget, Homebrew and Flatpak install a release. A person
 * submits them where they belong. PACKAGES is the folder of the released files; where they are published stands in the
 * `homepage` of package.json, which the release workflow sets.
 */
import { createHash } from 'node:crypto'
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { stringify } from 'yaml'

export interface ReleasedFile {
  readonly name: string
  /** Hexadecimal, lower case. */
  readonly sha256: string
}

export interface Release {
  /** Without the `v` of the tag. */
  readonly version: string
  /** The repository, `https://HOST/OWNER/NAME`. */
  readonly homepage: string
  /** Day of the release, `2026-11-30` in UTC. */
  readonly date: string
  readonly files: readonly ReleasedFile[]
}

const appId = 'tr.bilet.app'
const packageIdentifier = 'Bilet.Bilet'
const description = {
  en: 'Netinternet support tickets in the menu bar or tray',
  tr: 'Netinternet destek biletleri sistem tepsisinde'
} as const

/** Throws where a release lacks the file, or has several. */
function fileLike(release: Release, pattern: RegExp): ReleasedFile & { readonly url: string } {
  const [file, ...more] = release.files.filter(({ name }) => pattern.test(name))
  if (!file || more.length > 0)
    throw new Error(`${file ? 'More than one' : 'No'} file of the release is like ${pattern}`)
  const path = `releases/download/v${release.version}/${encodeURIComponent(file.name)}`
  return { ...file, url: `${release.homepage}/${path}` }
}

/** By the path that winget's repository of packages wants. */
export function wingetManifests(release: Release): Readonly<Record<string, string>> {
  const { version, homepage, date } = release
  const setup = fileLike(release, /^Bilet-Setup-.*\.exe$/)
  const common = { PackageIdentifier: packageIdentifier, PackageVersion: version }
  const manifestVersion = '1.10.0'
  // One installer holds both architectures and takes the machine's.
  const installers = (['x64', 'arm64'] as const).map((architecture) => ({
    Architecture: architecture,
    InstallerUrl: setup.url,
    InstallerSha256: setup.sha256.toUpperCase()
  }))
  const files = {
    '': { ...common, DefaultLocale: 'en-US', ManifestType: 'version', ManifestVersion: manifestVersion },
    '.installer': {
      ...common,
      Platform: ['Windows.Desktop'],
      MinimumOSVersion: '10.0.0.0',
      InstallerType: 'nullsoft',
      Scope: 'user',
      UpgradeBehavior: 'install',
      Protocols: ['bilet'],
      ReleaseDate: date,
      Installers: installers,
      ManifestType: 'installer',
      ManifestVersion: manifestVersion
    },
    '.locale.en-US': {
      ...common,
      PackageLocale: 'en-US',
      Publisher: 'The Bilet authors',
      PublisherSupportUrl: `${homepage}/issues`,
      PackageName: 'Bilet',
      PackageUrl: homepage,
      License: 'MIT',
      ShortDescription: description.en,
      Tags: ['netinternet', 'support', 'tickets', 'tray'],
      ReleaseNotesUrl: `${homepage}/releases/tag/v${version}`,
      ManifestType: 'defaultLocale',
      ManifestVersion: manifestVersion
    },
    '.locale.tr-TR': {
      ...common,
      PackageLocale: 'tr-TR',
      ShortDescription: description.tr,
      ManifestType: 'locale',
      ManifestVersion: manifestVersion
    }
  }
  return Object.fromEntries(
    Object.entries(files).map(([suffix, content]) => [
      `winget/${packageIdentifier.charAt(0).toLowerCase()}/${packageIdentifier.replace('.', '/')}/${version}/${packageIdentifier}${suffix}.yaml`,
      stringify(content)
    ])
  )
}

export function homebrewCask(release: Release): string {
  const { sha256, url } = fileLike(release, /\.dmg$/)
  return `cask "bilet" do
  version "${release.version}"
  sha256 "${sha256}"

  url "${url.replaceAll(release.version, '#{version}')}"
  name "Bilet"
  desc "${description.en}"
  homepage "${release.homepage}"

  auto_updates true
  depends_on macos: ">= :ventura"

  app "Bilet.app"
  binary "#{appdir}/Bilet.app/Contents/Resources/bilet.sh", target: "bilet"

  zap trash: [
    "~/Library/Application Support/Bilet",
    "~/Library/Logs/Bilet",
    "~/Library/Preferences/${appId}.plist",
    "~/Library/Saved Application State/${appId}.savedState",
  ]
end
`
}

/** For flatpak-builder. The runtime is that of Electron's base app, whose wrapper gives Chromium its sandbox. */
export function flatpakManifest(release: Release): string {
  const branch = '24.08'
  const source = (pattern: RegExp, architecture: string): object => {
    const { url, sha256 } = fileLike(release, pattern)
    return { type: 'file', 'dest-filename': 'bilet.deb', url, sha256, 'only-arches': [architecture] }
  }
  const manifest = {
    id: appId,
    runtime: 'org.freedesktop.Platform',
    'runtime-version': branch,
    sdk: 'org.freedesktop.Sdk',
    base: 'org.electronjs.Electron2.BaseApp',
    'base-version': branch,
    command: 'bilet',
    'separate-locales': false,
    'finish-args': [
      '--share=network',
      '--share=ipc',
      '--socket=wayland',
      '--socket=fallback-x11',
      '--socket=pulseaudio',
      '--device=dri',
      '--talk-name=org.freedesktop.Notifications',
      '--talk-name=org.freedesktop.secrets',
      '--talk-name=org.kde.kwalletd6',
      '--talk-name=org.kde.StatusNotifierWatcher'
    ],
    modules: [
      {
        name: 'bilet',
        buildsystem: 'simple',
        'build-commands': [
          'ar x bilet.deb',
          'tar -xf data.tar.*',
          'mv opt/Bilet /app/bilet',
          'mkdir -p /app/share',
          'cp -r usr/share/applications usr/share/icons usr/share/metainfo /app/share/',
          `sed -i 's|^Exec=/opt/Bilet/bilet|Exec=bilet|' /app/share/applications/${appId}.desktop`,
          'install -Dm755 bilet.sh /app/bin/bilet'
        ],
        sources: [
          source(/_amd64\.deb$/, 'x86_64'),
          source(/_arm64\.deb$/, 'aarch64'),
          {
            type: 'script',
            'dest-filename': 'bilet.sh',
            commands: ['exec zypak-wrapper /app/bilet/bilet "$@"']
          }
        ]
      }
    ]
  }
  return `${JSON.stringify(manifest, null, 2)}\n`
}

/** All of them, by their paths. */
export const manifests = (release: Release): Readonly<Record<string, string>> => ({
  ...wingetManifests(release),
  'homebrew/bilet.rb': homebrewCask(release),
  [`flatpak/${appId}.json`]: flatpakManifest(release)
})

async function main(packages: string, output: string): Promise<void> {
  const packageJson = fileURLToPath(new URL('../package.json', import.meta.url))
  const { version, homepage } = JSON.parse(await readFile(packageJson, 'utf8')) as {
    readonly version: string
    readonly homepage?: string
  }
  if (homepage === undefined) throw new Error('package.json has no homepage: npm pkg set homepage=https://…')
  const files = await Promise.all(
    (await readdir(packages)).map(async (name) => ({
      name,
      sha256: createHash('sha256')
        .update(await readFile(join(packages, name)))
        .digest('hex')
    }))
  )
  const date = new Date().toISOString().slice(0, 10)
  for (const [path, content] of Object.entries(manifests({ version, homepage, date, files }))) {
    await mkdir(dirname(join(output, path)), { recursive: true })
    await writeFile(join(output, path), content)
  }
}

const [program = '', packages, output] = process.argv.slice(1)
if (resolve(program) === fileURLToPath(import.meta.url)) {
  if (packages === undefined || output === undefined) throw new Error('manifests.ts PACKAGES OUTPUT')
  await main(packages, output)
}
