/** `npm start`, `npm run demo` and `npm run preview` right after the project was cloned. */
import { existsSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { executableName } from '../../build/electron-runtime/folder.ts'
import { deadAddress, startMirror, startProxy, type Answer, type Mirror } from '../support/launch/mirror.ts'
import { makeProject, type Project } from '../support/launch/project.ts'

/** The fake Electron is a shell script. */
const isUnix = process.platform !== 'win32'
const isTestRuntimeHere = process.platform === 'linux' && process.arch === 'x64'

const anythingRan = /^(Official|Test runtime|Half of Electron|Preview) runs/m

let project: Project
const servers: Mirror[] = []
beforeEach(() => {
  project = makeProject()
})
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()))
  project.remove()
})

const keep = async (server: Promise<Mirror>): Promise<Mirror> => {
  servers.push(await server)
  return server
}
const whole: Answer = (response) => response.end(project.archive)
const mirrorThat = (answer: Answer): Promise<Mirror> => keep(startMirror(answer))

describe.runIf(isUnix)('npm start', () => {
  it('says what it downloads, unpacks it and runs on it, and does so once', async () => {
    const mirror = await mirrorThat(whole)
    const first = await project.start('start', { ELECTRON_MIRROR: mirror.address }).ended
    expect(first.printed).toMatch(
      new RegExp(`^Downloading Electron ${project.version}, some 120 MB, once\n[^]*Official runs \\.\n`)
    )
    expect(first.code).toBe(0)
    const second = await project.start('start', { ELECTRON_MIRROR: mirror.address }).ended
    expect(second.printed).toMatch(/^Official runs \.\n/)
    expect(mirror.requests).toHaveLength(1)
    expect(project.leftovers()).toEqual([])
  })

  it.runIf(process.platform === 'linux')(
    'draws on Wayland where the session has no X server, whatever the version of Electron',
    async () => {
      const mirror = await mirrorThat(whole)
      const session = { ELECTRON_MIRROR: mirror.address, WAYLAND_DISPLAY: 'wayland-1' }
      const onlyWayland = await project.start('start', { ...session, DISPLAY: '' }).ended
      expect(onlyWayland.printed).toContain('Official runs . --ozone-platform=wayland\n')
      const both = await project.start('start', session).ended
      expect(both.printed).toContain('Official runs .\n')
    }
  )

  it('says why there is no Electron, and runs nobody else’s', async () => {
    project.prepareTestRuntime()
    const { code, printed } = await project.start('start', { ELECTRON_MIRROR: await deadAddress() }).ended
    expect(printed).toMatch(/could not be downloaded from 127\.0\.0\.1:\d+: .*ECONNREFUSED/)
    expect(printed).toContain('npm config set https-proxy')
    expect(printed).toContain('npm run preview')
    expect(printed).not.toMatch(anythingRan)
    expect(code).toBe(1)
    expect(project.leftovers()).toEqual([])
  })

  it('says what a server answered that has no such file', async () => {
    const mirror = await mirrorThat((response) => response.writeHead(404).end())
    const { code, printed } = await project.start('start', { ELECTRON_MIRROR: mirror.address }).ended
    expect(printed).toMatch(/could not be downloaded from .* 404 /)
    expect(code).toBe(1)
  })

  it.each([
    [
      'an installer that was killed',
      (): void => project.putDist({ version: project.version, isFinished: false })
    ],
    ['another version', (): void => project.putDist({ version: '45.0.0', isFinished: true })],
    ['no version', (): void => project.putDist({ version: '', isFinished: true })]
  ])('unpacks anew what %s has left', async (_name, leave) => {
    leave()
    writeFileSync(join(project.electron, 'dist', 'stale'), '')
    const mirror = await mirrorThat(whole)
    const { code, printed } = await project.start('start', { ELECTRON_MIRROR: mirror.address }).ended
    expect(printed).toContain('Official runs')
    expect(printed).not.toContain('Half of Electron')
    expect(code).toBe(0)
    expect(existsSync(join(project.electron, 'dist', 'stale'))).toBe(false)
  })

  it('says which Electron of the person’s own it runs on, and that a folder holds none', async () => {
    const folder = join(project.electron, 'dist')
    const absent = await project.start('start', { ELECTRON_OVERRIDE_DIST_PATH: folder }).ended
    expect(absent.printed).toContain(`ELECTRON_OVERRIDE_DIST_PATH (${folder}) holds no Electron`)
    expect(absent.printed).not.toMatch(anythingRan)
    expect(absent.printed).not.toMatch(/^ +at /m)
    expect(absent.code).toBe(1)
  })
})

describe.runIf(isUnix)('a download', () => {
  it('that is cut leaves nothing behind, says so, and is whole the next time', async () => {
    let isCut = true
    const mirror = await mirrorThat((response, request) => {
      if (!isCut) {
        whole(response, request)
        return
      }
      response.writeHead(200, { 'content-length': project.archive.length })
      response.write(project.archive.subarray(0, 100_000), () => response.destroy())
    })
    const cut = await project.start('start', { ELECTRON_MIRROR: mirror.address }).ended
    expect(cut.printed).toMatch(/could not be downloaded from .*\n.*run the command again/)
    expect(cut.code).toBe(1)
    expect(project.leftovers()).toEqual([])
    isCut = false
    const next = await project.start('start', { ELECTRON_MIRROR: mirror.address }).ended
    expect(next.printed).toContain('Official runs')
  })

  it.each([
    ['SIGINT', 130],
    ['SIGTERM', 143]
  ] as const)('that is ended by %s leaves nothing behind and runs nothing', async (signal, expected) => {
    project.prepareTestRuntime()
    let half = (): void => undefined
    const isHalfDone = new Promise<void>((resolve) => (half = resolve))
    const mirror = await mirrorThat((response) => {
      response.writeHead(200, { 'content-length': project.archive.length })
      response.write(project.archive.subarray(0, 100_000), half)
    })
    const run = project.start('demo', { ELECTRON_MIRROR: mirror.address })
    await run.waitForOutput(/Downloading Electron/)
    await isHalfDone
    run.signal(signal, 'command')
    const { code, printed } = await run.ended
    expect(code).toBe(expected)
    expect(printed).not.toMatch(anythingRan)
    expect(project.leftovers()).toEqual([])
  })

  it.each(['start', 'demo'] as const)(
    'with a wrong checksum stops `%s` loudly, and nothing runs',
    async (how) => {
      project.prepareTestRuntime()
      const mirror = await mirrorThat((response) =>
        response.end(Buffer.concat([project.archive, Buffer.from('!')]))
      )
      const { code, printed } = await project.start(how, { ELECTRON_MIRROR: mirror.address }).ended
      expect(printed).toContain('is not what Electron published')
      expect(printed).not.toMatch(anythingRan)
      expect(code).toBe(1)
      expect(existsSync(join(project.electron, 'dist'))).toBe(false)
      expect(project.leftovers()).toEqual([])
    }
  )

  it.each([
    ['npm’s proxy', 'npm_config_https_proxy'],
    ['the environment’s', 'http_proxy']
  ])('goes through %s, of which the app hears no more than before', async (_name, variable) => {
    const mirror = await mirrorThat(whole)
    const proxy = await keep(startProxy(mirror.port))
    const env = { ELECTRON_MIRROR: 'http://electron.invalid/', [variable]: `127.0.0.1:${proxy.port}` }
    const { printed } = await project.start('start', env).ended
    expect(proxy.requests).toEqual(['electron.invalid:80'])
    expect(printed).toContain('Official runs')
    expect(printed).toContain(`proxies: ${variable === 'http_proxy' ? env[variable] : 'none'} none`)
  })

  it('goes around a proxy to a host that npm’s noproxy names', async () => {
    const mirror = await mirrorThat(whole)
    const proxy = await keep(startProxy(null))
    const env = { npm_config_proxy: proxy.address, npm_config_noproxy: '127.0.0.1' }
    const { printed } = await project.start('start', { ELECTRON_MIRROR: mirror.address, ...env }).ended
    expect(printed).toContain('Official runs')
    expect(proxy.requests).toEqual([])
  })

  it('that a proxy refuses names the proxy, not its password, and runs nobody else’s Electron', async () => {
    project.prepareTestRuntime()
    const proxy = await keep(startProxy(null))
    const env = { npm_config_https_proxy: `http://ayse:gizli@127.0.0.1:${proxy.port}` }
    const { code, printed } = await project.start('start', {
      ELECTRON_MIRROR: 'http://electron.invalid/',
      ...env
    }).ended
    expect(printed).toMatch(new RegExp(`through the proxy 127\\.0\\.0\\.1:${proxy.port}: .*407`))
    expect(printed).not.toContain('gizli')
    expect(printed).not.toMatch(anythingRan)
    expect(code).toBe(1)
  })
})

describe.runIf(isUnix)('npm run demo', () => {
  it.runIf(isTestRuntimeHere)(
    'says whose Electron it runs on where the official one cannot be had',
    async () => {
      project.prepareTestRuntime()
      const { code, printed } = await project.start('demo', { ELECTRON_MIRROR: await deadAddress() }).ended
      expect(printed).toMatch(/could not be downloaded/)
      expect(printed).toMatch(
        /sample account on Electron 33\.2\.1 of 2024, out of the npm package \S+: for tests and this account only/
      )
      expect(printed).toMatch(/Test runtime runs \. --demo --user-data-dir=/)
      expect(code).toBe(0)
    }
  )

  it('shows the sample account in a browser where no Electron can be had at all', async () => {
    const dead = await deadAddress()
    const { printed } = await project.start('demo', {
      ELECTRON_MIRROR: dead,
      npm_config_registry: dead,
      npm_config_fetch_retries: '0'
    }).ended
    expect(printed).toMatch(
      /No Electron can be had: showing the app in a browser instead\.\nPreview runs --demo/
    )
  })

  it.each([
    ['ends', {}, 0],
    ['fails', { STAND_IN: 'fail' }, 3]
  ] as const)('removes its profile when the app %s', async (_how, env, expected) => {
    const mirror = await mirrorThat(whole)
    const { code, printed } = await project.start('demo', { ELECTRON_MIRROR: mirror.address, ...env }).ended
    const profile = /^profile (.+)$/m.exec(printed)?.[1] ?? ''
    expect(profile).toContain('bilet-demo-')
    expect(existsSync(profile)).toBe(false)
    expect(code).toBe(expected)
    expect(project.leftovers()).toEqual([])
  })

  it.each([
    ['SIGINT', 'group', 130],
    ['SIGTERM', 'command', 143],
    ['SIGHUP', 'command', 129]
  ] as const)('removes its profile when a %s comes to the %s', async (signal, to, expected) => {
    const mirror = await mirrorThat(whole)
    const run = project.start('demo', { ELECTRON_MIRROR: mirror.address, STAND_IN: 'stay' })
    const profile = (await run.waitForOutput(/^profile (.+)$/m))[1] ?? ''
    expect(readdirSync(profile)).toEqual(['Cache'])
    run.signal(signal, to)
    expect((await run.ended).code).toBe(expected)
    expect(existsSync(profile)).toBe(false)
    expect(project.leftovers()).toEqual([])
  })

  it('passes Ctrl+C on to the app once', async () => {
    const mirror = await mirrorThat(whole)
    const run = project.start('demo', { ELECTRON_MIRROR: mirror.address, STAND_IN: 'protest' })
    await run.waitForOutput(/^profile /m)
    run.signal('SIGINT', 'group')
    await run.waitForOutput(/^Interrupted$/m)
    run.signal('SIGTERM', 'command')
    expect((await run.ended).printed.match(/^Interrupted$/gm)).toHaveLength(1)
  })

  it('ends, and removes its profile, with the shell that npm started it in', async () => {
    const mirror = await mirrorThat(whole)
    const run = project.start('demo', { ELECTRON_MIRROR: mirror.address, STAND_IN: 'stay' }, 'in a shell')
    const profile = (await run.waitForOutput(/^profile (.+)$/m))[1] ?? ''
    run.signal('SIGTERM', 'command')
    await vi.waitFor(() => expect(existsSync(profile)).toBe(false), 10_000)
  })

  it('removes its profile when its terminal is closed', async () => {
    const mirror = await mirrorThat(whole)
    const run = project.start('demo', { ELECTRON_MIRROR: mirror.address, STAND_IN: 'protest' })
    const profile = (await run.waitForOutput(/^profile (.+)$/m))[1] ?? ''
    run.closeTerminal()
    run.signal('SIGHUP', 'group')
    await vi.waitFor(() => expect(existsSync(profile)).toBe(false), 10_000)
  })

  it('removes its profile when the app cannot be started', async () => {
    project.putDist({ version: project.version, isFinished: true })
    writeFileSync(join(project.electron, 'dist', executableName), 'neither a program nor a script', {
      mode: 0o755
    })
    const { code } = await project.start('demo', {}).ended
    expect(code).not.toBe(0)
    expect(project.leftovers()).toEqual([])
  })
})

it('npm run preview asks for no Electron', async () => {
  const mirror = await mirrorThat(whole)
  const { printed } = await project.start('preview', { ELECTRON_MIRROR: mirror.address }).ended
  expect(printed).toBe('Preview runs --demo\n')
  expect(mirror.requests).toEqual([])
})
