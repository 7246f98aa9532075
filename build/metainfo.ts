/**
 * `tsx build/metainfo.ts`: adds to the AppStream metadata what only a release knows, in place: where it is published
 * (`homepage` and `bugs` of package.json, which the release workflow sets), the releases that the changelog tells of, and a
 * picture.
 */
import { readFile, writeFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

export interface Publication {
  readonly version: string
  /** The repository, `https://HOST/OWNER/NAME`. */
  readonly homepage: string
  /** Where problems are reported. */
  readonly bugs: string
  /** CHANGELOG.md, whole. */
  readonly changelog: string
  /** Day of this release, `2026-11-30` in UTC; used where the changelog's heading has none. */
  readonly date: string
}

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')

/** Versions with their days, as the changelog has them: the newest first. */
export function releasesIn(
  changelog: string,
  today: string
): readonly { readonly version: string; readonly date: string }[] {
  return [...changelog.matchAll(/^## \[?(\d+\.\d+\.\d+)\]?(?:\s+\S+\s+(\d{4}-\d\d-\d\d))?\s*$/gm)].map(
    ([, version = '', date]) => ({ version, date: date ?? today })
  )
}

/** Throws where the metadata has these parts already, or the changelog does not know this version. */
export function publishedMetainfo(metainfo: string, publication: Publication): string {
  const { version, homepage, bugs, changelog, date } = publication
  if (/<(?:releases|url|screenshots)\b/.test(metainfo)) throw new Error('The metadata is filled in already')
  const releases = releasesIn(changelog, date)
  if (releases[0]?.version !== version) throw new Error(`CHANGELOG.md does not begin with ${version}`)
  const lines = [
    `<url type="homepage">${escaped(homepage)}</url>`,
    `<url type="bugtracker">${escaped(bugs)}</url>`,
    '<screenshots>',
    '  <screenshot type="default">',
    `    <image>${escaped(`${homepage}/raw/v${version}/docs/screenshots/desktop-tr.png`)}</image>`,
    '  </screenshot>',
    '</screenshots>',
    '<releases>',
    ...releases.map((one) => `  <release version="${escaped(one.version)}" date="${one.date}"/>`),
    '</releases>'
  ]
  return metainfo.replace('</component>', `${lines.map((line) => `  ${line}\n`).join('')}</component>`)
}

async function main(): Promise<void> {
  const path = (name: string): string => fileURLToPath(new URL(`../${name}`, import.meta.url))
  const file = path('build/linux/tr.bilet.app.metainfo.xml')
  const { version, homepage, bugs } = JSON.parse(await readFile(path('package.json'), 'utf8')) as {
    readonly version: string
    readonly homepage?: string
    readonly bugs?: { readonly url?: string }
  }
  if (homepage === undefined || bugs?.url === undefined)
    throw new Error('package.json has no homepage or bugs: npm pkg set homepage=https://… bugs.url=https://…')
  const published = publishedMetainfo(await readFile(file, 'utf8'), {
    version,
    homepage,
    bugs: bugs.url,
    changelog: await readFile(path('CHANGELOG.md'), 'utf8'),
    date: new Date().toISOString().slice(0, 10)
  })
  await writeFile(file, published)
}

if (resolve(process.argv[1] ?? '') === fileURLToPath(import.meta.url)) await main()
