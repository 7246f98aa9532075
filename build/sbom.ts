/**
 * `npm run --silent sbom`: the bill of materials (CycloneDX) of what is shipped, from the lock file. `npm sbom
 * --omit=dev` leaves out whatever something that only builds asks for too (npm/cli#7909: svelte, zod and ws here), so
 * it is asked about a project that has nothing but what is shipped.
 */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

interface Manifest {
  readonly dependencies: Readonly<Record<string, string>>
  readonly devDependencies: Readonly<Record<string, string>>
}

interface LockedPackage {
  readonly dev?: boolean
}

const readJson = (name: string): unknown =>
  JSON.parse(readFileSync(fileURLToPath(new URL(`../${name}`, import.meta.url)), 'utf8'))

/** Electron is shipped, but not the packages it needs for its download. */
const alsoShipped = ['electron']

/** The manifest with only shipped packages. */
function shippedOnly<Project extends Manifest>(project: Project): Project {
  const also = Object.fromEntries(alsoShipped.map((name) => [name, project.devDependencies[name] ?? '']))
  return { ...project, dependencies: { ...project.dependencies, ...also }, devDependencies: {} }
}

const lock = readJson('package-lock.json') as { packages: Record<string, LockedPackage> & { '': Manifest } }
const { '': project, ...others } = lock.packages
const locked = Object.entries(others as Record<string, LockedPackage>).flatMap(([path, one]) => {
  if (alsoShipped.some((name) => path === `node_modules/${name}`))
    return [[path, { ...one, dev: undefined, dependencies: undefined }]]
  return one.dev === true ? [] : [[path, one]]
})

const folder = mkdtempSync(join(tmpdir(), 'bilet-sbom-'))
try {
  const writeJson = (name: string, what: unknown): void => {
    writeFileSync(join(folder, name), JSON.stringify(what))
  }
  writeJson('package.json', shippedOnly(readJson('package.json') as Manifest))
  writeJson('package-lock.json', {
    ...lock,
    packages: { '': shippedOnly(project), ...(Object.fromEntries(locked) as object) }
  })
  execFileSync('npm', ['sbom', '--package-lock-only', '--sbom-format=cyclonedx'], {
    cwd: folder,
    stdio: ['ignore', 'inherit', 'inherit'],
    // On Windows npm is a script.
    shell: process.platform === 'win32'
  })
} finally {
  rmSync(folder, { recursive: true, force: true })
}
