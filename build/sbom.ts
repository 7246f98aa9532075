/**
 * `npm run --silent sbom`, after a build: prints the software bill of materials (CycloneDX) of the shipped app. It lists the
 * packages that were actually bundled (dist/licences.json), not all dependencies. The hashes are those of the lock file.
 */
import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { ShippedPackage } from './licences.ts'

export interface Lock {
  readonly packages: Readonly<Record<string, { readonly version?: string; readonly integrity?: string }>>
}

interface Component {
  readonly type: 'library' | 'framework' | 'application'
  readonly 'bom-ref': string
  readonly group?: string
  readonly name: string
  readonly version?: string
  readonly purl?: string
  readonly hashes?: readonly { readonly alg: 'SHA-512'; readonly content: string }[]
  readonly licenses: readonly object[]
}

/** CycloneDX licences of an SPDX identifier or expression. */
const licensesOf = (licence: string): readonly object[] => [
  /^[\w.+-]+$/.test(licence) ? { license: { id: licence } } : { expression: licence }
]

function integrityOf(lock: Lock, { name, version }: ShippedPackage): string | undefined {
  // A package may be installed in several versions, one of them nested in the folder of another package.
  const found = Object.entries(lock.packages).find(
    ([path, locked]) => path.endsWith(`node_modules/${name}`) && locked.version === version
  )
  return found?.[1].integrity
}

function componentOf(lock: Lock, shipped: ShippedPackage): Component {
  const { name, version, licence } = shipped
  const licenses = licensesOf(licence)
  const integrity = integrityOf(lock, shipped)
  // A helper program inside another package.
  if (integrity === undefined)
    return { type: 'application', 'bom-ref': name, name, ...(version && { version }), licenses }
  const [group, own] = name.startsWith('@') ? (name.split('/') as [string, string]) : [undefined, name]
  const purl = `pkg:npm/${group === undefined ? '' : `${encodeURIComponent(group)}/`}${own}@${version}`
  const content = Buffer.from(integrity.replace(/^sha512-/, ''), 'base64').toString('hex')
  return {
    type: name === 'electron' ? 'framework' : 'library',
    'bom-ref': purl,
    ...(group !== undefined && { group }),
    name: own,
    version,
    purl,
    hashes: [{ alg: 'SHA-512', content }],
    licenses
  }
}

/** `made`: creation time in ISO 8601; `serial`: a new UUID for each document. */
export function billOfMaterials(
  shipped: readonly ShippedPackage[],
  lock: Lock,
  app: { readonly name: string; readonly version: string; readonly license: string },
  { made, serial }: { readonly made: string; readonly serial: string }
) {
  const components = shipped.map((one) => componentOf(lock, one))
  const ref = `pkg:npm/${app.name}@${app.version}`
  return {
    bomFormat: 'CycloneDX',
    specVersion: '1.5',
    serialNumber: `urn:uuid:${serial}`,
    version: 1,
    metadata: {
      timestamp: made,
      component: {
        type: 'application',
        'bom-ref': ref,
        name: app.name,
        version: app.version,
        purl: ref,
        licenses: licensesOf(app.license)
      }
    },
    components,
    dependencies: [{ ref, dependsOn: components.map((one) => one['bom-ref']) }]
  } as const
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const readJson = (name: string): unknown =>
    JSON.parse(readFileSync(fileURLToPath(new URL(`../${name}`, import.meta.url)), 'utf8'))
  const bill = billOfMaterials(
    readJson('dist/licences.json') as readonly ShippedPackage[],
    readJson('package-lock.json') as Lock,
    readJson('package.json') as { readonly name: string; readonly version: string; readonly license: string },
    { made: new Date().toISOString(), serial: randomUUID() }
  )
  console.log(JSON.stringify(bill, null, 1))
}
