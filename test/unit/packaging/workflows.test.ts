import { execFile } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { TargetConfiguration } from 'electron-builder'
import { describe, expect, it } from 'vitest'
import { billOfMaterials } from '../../../build/sbom.ts'
import type { ShippedPackage } from '../../../build/licences.ts'
import { readConfig, root } from './packager.ts'
import { onEachSystem, readWorkflow, type Job, type Read, type Step } from './workflows.ts'

const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
  scripts: Readonly<Record<string, string>>
}
const names = readdirSync(join(root, '.github', 'workflows'))
const checks = readWorkflow('checks.yml')
const release = readWorkflow('release.yml')

const job = (workflow: Read, name: string): Job => {
  const found = workflow.jobs[name]
  if (!found) throw new Error(`no job ${name}`)
  return found
}
const commandsOf = (workflowJob: Job): string =>
  onEachSystem(workflowJob)
    .map(({ commands }) => commands)
    .join('\n')
const writes = ({ permissions = {} }: Job): boolean => Object.values(permissions).includes('write')
const action = (name: string) => (step: Step) => step.uses?.startsWith(`actions/${name}@`) ?? false

describe.each(names)('the workflow %s', (name) => {
  const workflow = readWorkflow(name)
  const jobs = Object.values(workflow.jobs).filter(({ uses }) => uses === undefined)
  const steps = jobs.flatMap((workflowJob) => workflowJob.steps)

  it('takes every action by its commit, with the version beside it for people', () => {
    expect(workflow.uses).toHaveLength(steps.filter(({ uses }) => uses !== undefined).length)
    for (const { action, comment } of workflow.uses)
      expect(`${action} # ${comment}`).toMatch(/^[\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/)
  })

  it('takes an action by the same commit wherever another workflow has that version', () => {
    const all = names.flatMap((other) => readWorkflow(other).uses)
    for (const { action, comment } of workflow.uses) {
      const [which = ''] = action.split('@')
      const same = all.filter(
        (candidate) => candidate.action.startsWith(`${which}@`) && candidate.comment === comment
      )
      expect([...new Set(same.map((used) => used.action))]).toEqual([action])
    }
  })

  it('may read, and nothing more', () => {
    expect(workflow.permissions).toEqual({ contents: 'read' })
  })

  it('leaves no token behind in what it checks out', () => {
    for (const step of steps.filter(action('checkout')))
      expect(step.with).toMatchObject({ 'persist-credentials': false })
  })

  it('puts nothing into a shell’s text but what its own matrix says', () => {
    const put = steps.flatMap(({ run = '' }) => [...run.matchAll(/\$\{\{(.*?)\}\}/gs)].map(([, it]) => it))
    for (const expression of put) expect(expression).toMatch(/^\s*matrix\.\w+\s*$/)
    // Nor in other ways: whoever opens a pull request chooses its title and branch name.
    expect(workflow.text).not.toMatch(/github\.(event\.|head_ref)|pull_request_target|workflow_run/)
  })

  it('calls scripts that exist, and programs that are installed rather than fetched', () => {
    const commands = jobs.map(commandsOf).join('\n')
    const called = [...commands.matchAll(/\bnpm run (?:--\S+ )*([\w:-]+)/g)].map(([, it = '']) => it)
    if (/\bnpm test\b/.test(commands)) called.push('test')
    expect(called).not.toEqual([])
    expect(called.filter((script) => !(script in scripts))).toEqual([])
    const programs = [...commands.matchAll(/\bnpx ([\w-]+)/g)].map(([, it = '']) => it)
    expect(programs.filter((program) => !existsSync(join(root, 'node_modules', '.bin', program)))).toEqual([])
    expect(commands).not.toMatch(/\bnpm (i|install)\b/)
  })

  it('runs on a Node that is supported', () => {
    for (const run of jobs.filter(({ steps: all }) => all.some(action('setup-node'))).flatMap(onEachSystem))
      expect(['22', '24']).toContain(run.node)
  })

  it('ends by itself when something hangs', () => {
    for (const workflowJob of jobs) expect(workflowJob['timeout-minutes']).toBeLessThanOrEqual(60)
  })
})

describe('the checks', () => {
  it('run with every change', () => {
    expect(checks.on).toEqual({ push: { branches: ['main'] }, pull_request: null, workflow_call: null })
  })

  it.each(['ubuntu', 'macos', 'windows'])(
    'on %s install what is locked, check and test, on each Node that is supported',
    (system) => {
      const runs = Object.values(checks.jobs).flatMap(onEachSystem)
      const whole = runs.filter(
        (candidate) => candidate.system === system && /\bnpm test\b/.test(candidate.commands)
      )
      expect(whole.map(({ node }) => node)).toEqual(['22', '24'])
      for (const { commands } of whole) {
        const order = [/\bnpm ci\b/, /\bnpm run (--silent )?check$/m, /\bnpm test\b/]
        const places = order.map((what) => commands.search(what))
        expect(places).not.toContain(-1)
        expect(places).toEqual(places.toSorted((a, b) => a - b))
      }
    }
  )

  it('run the desktop tests on the Electron that users get, or fail', () => {
    const desktop = job(checks, 'linux').steps.filter(({ run }) => run?.includes('.ci/run'))
    expect(desktop).toMatchObject([{ env: { BILET_REQUIRE_RELEASED_ELECTRON: '1' } }])
    // sudo removes variables that it is not told to keep.
    expect(desktop[0]?.run).toMatch(/^sudo --preserve-env=\S*\bBILET_REQUIRE_RELEASED_ELECTRON\b/)
    const [{ commands } = { commands: '' }] = onEachSystem(job(checks, 'linux'))
    const places = [/\bnpm ci\b/, /\bnpx install-electron$/m, /\bnpm test\b/].map((it) => commands.search(it))
    expect(places).not.toContain(-1)
    expect(places).toEqual(places.toSorted((a, b) => a - b))
  })

  it('check types, lint, form, imports and what is unused', () => {
    expect(scripts.check).toBe('tsx build/check.ts')
    expect(Object.keys(scripts).filter((name) => name.startsWith('check:'))).toEqual(
      ['types', 'format', 'lint', 'lint-svelte', 'lint-components', 'imports', 'unused'].map(
        (part) => `check:${part}`
      )
    )
  })

  it('build the package on the systems where no test does, and start it', () => {
    const built = Object.values(checks.jobs)
      .flatMap(onEachSystem)
      .flatMap(({ system, commands }) => {
        const [, target] = /^npm run package -- (.*)$/m.exec(commands) ?? []
        return target === undefined ? [] : [`${system} ${target}`]
      })
    expect([...new Set(built)]).toEqual([
      'macos --mac dir --config build/mac/ad-hoc.yml',
      'windows --win dir',
      'ubuntu --linux dir'
    ])
    for (const run of ['others', 'arm64'].flatMap((name) => onEachSystem(job(checks, name)))) {
      const places = [/^npm run package /m, /\bnpm run smoke$/m].map((what) => run.commands.search(what))
      expect(places).not.toContain(-1)
      expect(places).toEqual(places.toSorted((a, b) => a - b))
    }
  })

  it('ask what others know: advisories about what is shipped', () => {
    const commands = commandsOf(job(checks, 'known')).split('\n')
    expect(commands).toContain('npm audit --omit=dev')
  })

  it('forgive nothing that failed', () => {
    expect(checks.text + release.text).not.toMatch(/continue-on-error|\|\| (true|exit 0|:)/)
  })

  it('know no secret, and write nothing', () => {
    expect(checks.text).not.toMatch(/secrets[.[]|secrets: inherit/)
    for (const workflowJob of Object.values(checks.jobs)) expect(workflowJob.permissions).toBeUndefined()
  })
})

describe('a release', () => {
  const packaging = job(release, 'package')
  const publishing = job(release, 'publish')

  it('is made of a tag, which says the version that is built', () => {
    expect(release.on).toEqual({ push: { tags: ['v*'] } })
    expect(packaging.steps.map(({ run }) => run)).toContain(
      `test "v$(node -p "require('./package.json').version")" = "$GITHUB_REF_NAME"`
    )
  })

  it('is built on each system from what is locked and signed by who published it', () => {
    const runs = onEachSystem(packaging)
    expect(runs.map(({ system }) => system)).toEqual(['ubuntu', 'macos', 'windows'])
    for (const { commands } of runs) {
      expect(commands).toMatch(/^npm ci /m)
      expect(commands).toMatch(/^npm audit signatures$/m)
    }
    // Another run, even of a pull request, could have written the cache.
    for (const step of [packaging, publishing].flatMap(({ steps }) => steps))
      expect(step.with?.cache).toBeUndefined()
  })

  const [building] = packaging.steps.filter(({ run }) => run?.includes('npx electron-builder'))

  it('begins when every check has passed', () => {
    expect(release.jobs.checks).toEqual({ uses: './.github/workflows/checks.yml' })
    expect(packaging.needs).toBe('checks')
  })

  it('is signed and notarised by what electron-builder reads from the environment', async () => {
    const on = (system: string, secret: string): Record<string, string> => ({
      [secret]: `\${{ runner.os == '${system}' && secrets.${secret} || '' }}`
    })
    expect(building?.env).toMatchObject({
      ...on('macOS', 'CSC_LINK'),
      ...on('macOS', 'CSC_KEY_PASSWORD'),
      ...on('macOS', 'APPLE_API_KEY_ID'),
      ...on('macOS', 'APPLE_API_ISSUER'),
      ...on('Windows', 'AZURE_TENANT_ID'),
      ...on('Windows', 'AZURE_CLIENT_ID'),
      ...on('Windows', 'AZURE_CLIENT_SECRET')
    })
    // Notarising needs three values, of which the third is a file.
    const [key] = packaging.steps.filter(({ env }) => env?.KEY === '${{ secrets.APPLE_API_KEY_BASE64 }}')
    expect(key?.run).toContain('echo "APPLE_API_KEY=$RUNNER_TEMP/key.p8" >> "$GITHUB_ENV"')
    const { config } = await readConfig()
    expect(config.mac?.notarize).not.toBe(false)
    expect(config.mac?.identity).toBeUndefined()
  })

  it.skipIf(process.platform === 'win32')(
    'is signed by whom the secrets name, else for macOS ad hoc',
    async () => {
      const options = async (system: string, secrets: Record<string, string>): Promise<readonly string[]> => {
        // Replaces npx by a function that prints the build's arguments.
        const script = `npm() { :; }; npx() { printf '%s\\n' "$@"; }\n${building?.run}`
        const env = {
          ...Object.fromEntries(Object.keys(building?.env ?? {}).map((name) => [name, ''])),
          ...{ PATH: process.env.PATH, TARGET: '--mac', RUNNER_OS: system },
          ...{ GITHUB_REPOSITORY: 'o/r', GITHUB_REPOSITORY_OWNER: 'o', GITHUB_SERVER_URL: 'https://g' },
          ...secrets
        }
        const { stdout } = await promisify(execFile)('bash', ['-euc', script], { env })
        return stdout.trim().split('\n')
      }
      const adHoc = ['--config', 'build/mac/ad-hoc.yml']
      expect(await options('macOS', {})).toEqual(expect.arrayContaining(adHoc))
      for (const signed of [await options('macOS', { CSC_LINK: 'x' }), await options('Windows', {})]) {
        expect(signed).not.toContain(adHoc[1])
        expect(signed.join()).not.toContain('azure')
      }
      const azure = {
        AZURE_CLIENT_ID: 'x',
        AZURE_SIGNING_ENDPOINT: 'https://e',
        AZURE_SIGNING_PUBLISHER: 'CN=o'
      }
      const given = (await options('Windows', azure)).filter((option) => option.includes('azure'))
      expect(given).toContain('-c.win.azureSignOptions.publisherName=CN=o')
      // electron-builder's schema knows these options and requires all of them.
      const names = given.map((option) => /azureSignOptions\.(\w+)=/.exec(option)?.[1] ?? '')
      const azureSignOptions = Object.fromEntries(names.map((name) => [name, 'x']))
      await readConfig({ win: { azureSignOptions } as never })
      for (const name of names) {
        const lacking = { ...azureSignOptions, [name]: undefined }
        await expect(readConfig({ win: { azureSignOptions: lacking } as never })).rejects.toThrow(
          /Invalid configuration/
        )
      }
    }
  )

  it('has its secrets from an environment that somebody approves, and says at its head which', () => {
    const used = [...release.text.matchAll(/secrets\.(\w+)/g)].map(([, name = '']) => name)
    expect(used).not.toEqual([])
    for (const name of used) expect(release.head).toMatch(new RegExp(`\\b${name}\\b`))
    for (const workflowJob of [packaging, publishing]) expect(workflowJob.environment).toBe('release')
  })

  it('hands over every kind of package that is configured, and what updates look for', async () => {
    const [{ with: handed } = {}] = packaging.steps.filter(action('upload-artifact'))
    const paths = String(handed?.path).trim().split('\n')
    const { config } = await readConfig()
    const targets = [config.mac?.target, config.win?.target, config.linux?.target].flatMap(
      (list) => list as readonly (string | TargetConfiguration)[]
    )
    const endings = targets
      .map((target) => (typeof target === 'string' ? target : target.target))
      .map((target) => ({ nsis: 'exe', portable: 'exe' })[target] ?? target)
    expect(paths.toSorted()).toEqual(
      [...new Set(endings), 'blockmap', 'cdx.json']
        .map((it) => `release/*.${it}`)
        .concat('release/latest*.yml')
        .toSorted()
    )
    expect(handed?.['if-no-files-found']).toBe('error')
  })

  it('is published by the one job that may write, which installs and builds nothing', () => {
    expect(Object.values(release.jobs).filter(writes)).toEqual([publishing])
    expect(publishing.permissions).toEqual({
      contents: 'write',
      'id-token': 'write',
      attestations: 'write'
    })
    expect(publishing.needs).toEqual(['package', 'manifests'])
    // Code of a dependency that runs here could sign and publish anything.
    expect(commandsOf(publishing)).not.toMatch(/\b(npm|npx|node|tsx)\b/)
    for (const { uses = 'actions/' } of publishing.steps) expect(uses).toMatch(/^actions\//)
  })

  it('comes with its bill of materials, checksums and provenance, in an order in which each sees the others', () => {
    const { steps } = publishing
    const places = [
      steps.findIndex(action('download-artifact')),
      steps.findIndex(({ run }) => run?.includes('sha256sum -- *')),
      steps.findIndex(action('attest-build-provenance')),
      steps.findIndex(action('attest-sbom')),
      steps.findIndex(({ run }) => run?.includes('gh release create'))
    ]
    expect(places).not.toContain(-1)
    expect(places).toEqual(places.toSorted((a, b) => a - b))
    expect(steps.find(action('download-artifact'))?.with).toMatchObject({ path: 'packages' })
    expect(packaging.steps).toContainEqual(
      expect.objectContaining({
        if: "runner.os == 'Linux'",
        run: 'npm run --silent sbom > release/bilet.cdx.json'
      })
    )
    expect(steps.find(action('attest-build-provenance'))?.with).toEqual({ 'subject-path': 'packages/*' })
    expect(steps.find(action('attest-sbom'))?.with).toEqual({
      'subject-path': 'packages/*',
      'sbom-path': 'packages/bilet.cdx.json'
    })
  })

  it('is a draft that a person publishes', () => {
    expect(commandsOf(publishing)).toMatch(/^gh release create .* packages\/\* --draft --verify-tag /m)
    expect(commandsOf(packaging)).toContain('--publish never')
  })

  it.skipIf(process.platform === 'win32')(
    'tells in its notes what the changelog says of that version',
    async () => {
      const [made] = publishing.steps.filter(({ run }) => run?.includes('gh release create'))
      const notesOf = async (version: string, changelog: string): Promise<string> => {
        const folder = await mkdtemp(join(tmpdir(), 'bilet-notes-'))
        try {
          await writeFile(join(folder, 'CHANGELOG.md'), changelog)
          const script = `gh() { cat notes.md; }\n${made?.run}`
          const env = { PATH: process.env.PATH, GITHUB_REF_NAME: `v${version}` }
          return (await promisify(execFile)('bash', ['-euc', script], { cwd: folder, env })).stdout.trim()
        } finally {
          await rm(folder, { recursive: true })
        }
      }
      const changelog =
        '# Changelog\n\nWhat.\n\n## Unreleased\n\n- c\n\n## [0.10.0] - 2027-01-02\n\n- b\n\n## 0.1.0\n\n- a\n'
      expect(await notesOf('0.10.0', changelog)).toBe('- b')
      expect(await notesOf('0.1.0', changelog)).toBe('- a')
      // A version without notes, or with only a heading, cannot be released.
      for (const version of ['0.1', '0.2.0', '0.3.0'])
        await expect(notesOf(version, `${changelog}\n## 0.3.0\n\n`)).rejects.toThrow()
    }
  )

  it('lists in its bill of materials, in CycloneDX, what was bundled, by version, hash and licence', () => {
    const shipped = (name: string, version: string, licence = 'MIT'): ShippedPackage => ({
      name,
      version,
      licence,
      text: ''
    })
    const hash = (content: string): string => `sha512-${Buffer.from(content).toString('base64')}`
    const lock = {
      packages: {
        '': {},
        'node_modules/electron': { version: '45.0.0', integrity: hash('e') },
        'node_modules/@scope/own': { version: '2.0.0', integrity: hash('s') },
        'node_modules/fs-extra': { version: '9.0.0', integrity: hash('other') },
        'node_modules/updater/node_modules/fs-extra': { version: '10.1.0', integrity: hash('f') }
      }
    }
    const parts = [
      shipped('electron', '45.0.0'),
      shipped('@scope/own', '2.0.0', '(MIT OR Apache-2.0)'),
      shipped('fs-extra', '10.1.0'),
      shipped('SnoreToast', '0.7.0', 'LGPL-3.0-only')
    ]
    const app = { name: 'bilet', version: '0.1.0', license: 'MIT' }
    const bill = billOfMaterials(parts, lock, app, { made: '2026-01-01T00:00:00Z', serial: 'x' })
    expect(bill).toMatchObject({
      bomFormat: 'CycloneDX',
      specVersion: '1.5',
      metadata: { component: { name: 'bilet' } }
    })
    const hex = (content: string): string => Buffer.from(content).toString('hex')
    expect(bill.components).toMatchObject([
      { type: 'framework', purl: 'pkg:npm/electron@45.0.0', hashes: [{ alg: 'SHA-512', content: hex('e') }] },
      {
        group: '@scope',
        name: 'own',
        purl: 'pkg:npm/%40scope/own@2.0.0',
        licenses: [{ expression: '(MIT OR Apache-2.0)' }]
      },
      {
        purl: 'pkg:npm/fs-extra@10.1.0',
        hashes: [{ content: hex('f') }],
        licenses: [{ license: { id: 'MIT' } }]
      },
      { type: 'application', name: 'SnoreToast', version: '0.7.0' }
    ])
    expect(bill.dependencies[0].dependsOn).toHaveLength(parts.length)
  })
})
