/** The Linux packages as installed in a system that has only their declared dependencies. */
import { execFile } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { startPlain } from '../support/desktop/app.ts'
import { expect, packagedApp, releasedApp, test } from '../support/desktop/fixtures.ts'
import type { Stage } from '../support/desktop/machine.ts'
import type { DesktopSession } from '../support/desktop/session.ts'
import { buildLinuxPackage } from '../support/packages/build.ts'
import { CleanRoot, whyNoCleanRoot } from '../support/packages/clean-root.ts'

const run = promisify(execFile)

const buildPackage = (stage: Stage, target: 'deb' | 'rpm', version: string): Promise<string> =>
  buildLinuxPackage({ stage, target, version, released: releasedApp(), notPackaged: packagedApp() })

/** Whether a window with this title is visible. */
const isOnScreen = (session: DesktopSession, title: string): Promise<boolean> =>
  run('xdotool', ['search', '--onlyvisible', '--name', `^${title}$`], {
    env: { ...process.env, DISPLAY: session.env.DISPLAY }
  }).then(
    () => true,
    () => false
  )

const logOf = (session: DesktopSession): string => {
  const path = join(session.home, '.config', 'Bilet', 'logs', 'main.log')
  return existsSync(path) ? readFileSync(path, 'utf8') : ''
}

/** Creates the user's folders outside the profile. */
async function givePersonTheirHome({ home }: DesktopSession, stage: Stage): Promise<void> {
  for (const folder of ['.config', '.cache']) mkdirSync(join(home, folder), { recursive: true })
  if (stage.user) await run('chown', ['-R', stage.user, join(home, '.config'), join(home, '.cache')])
}

test('the deb, installed in a clean system without what it merely recommends, starts, opens links, is upgraded while it runs and leaves nothing', async ({
  stage,
  session
}) => {
  const why = whyNoCleanRoot()
  test.skip(why !== null, `not installed in a clean system: ${why}`)
  test.setTimeout(300_000)
  await givePersonTheirHome(session, stage)
  const first = await buildPackage(stage, 'deb', '0.1.0')
  const system = await CleanRoot.open(stage, session)
  // All dependencies were downloaded when the system was prepared; the proxy blocks other downloads.
  const offline = ['http', 'https'].flatMap((scheme) => [
    '-o',
    `Acquire::${scheme}::Proxy=http://127.0.0.1:9`
  ])
  const install = ['apt-get', 'install', '-y', '--no-install-recommends', ...offline]
  const quit = async (ended: Promise<unknown>): Promise<void> => {
    await session.tray.click(/^Quit$/)
    await ended
  }
  try {
    await test.step('apt installs it, and every library is there', async () => {
      await system.asRoot(...install, await system.bring(first))
      expect(await system.asRoot('ldd', '/opt/Bilet/bilet')).not.toContain('not found')
      expect(await system.asRoot('dpkg', '--audit')).toBe('')
    })

    await test.step('it is in the menu, with a valid entry, and is described once', async () => {
      const entry = await system.asRoot('cat', '/usr/share/applications/tr.bilet.app.desktop')
      expect(entry).toMatch(/^Exec=\/opt\/Bilet\/bilet %U$/m)
      expect(await system.asRoot('find', '/usr', '/opt', '-name', '*.metainfo.xml')).toBe(
        '/usr/share/metainfo/tr.bilet.app.metainfo.xml\n'
      )
      const [, icon] = /^Icon=(.*)$/m.exec(entry) ?? []
      expect(await system.asRoot('find', '/usr/share/icons', '-name', `${icon}.png`)).toContain('256x256')
    })

    await test.step('it starts, by the name on the path', async () => {
      const output = await system.asPerson('bilet', '--smoke', `--ozone-platform=${session.display}`)
      expect(output).toMatch(/^smoke: passed$/m)
      expect(output).toMatch(/^smoke: tray there .*last: shown /m)
    })

    await test.step('its command says that the app does not run, starts it hidden, and asks the one that runs', async () => {
      expect(await system.start('bilet', 'status', '--no-start').ended).toBe(4)
      expect(await system.start('bilet', 'status', '--jsn').ended).toBe(2)
      const status = async (...options: readonly string[]): Promise<unknown> => {
        const command = system.start('bilet', 'status', '--json', ...options)
        expect(await command.ended, command.output()).toBe(0)
        return JSON.parse(command.stdout())
      }
      const answer = expect.objectContaining({ command: 'status', accounts: [] }) as unknown
      expect(await status()).toEqual(answer)
      expect(await session.tray.tooltip()).toContain('Bilet')
      expect(await isOnScreen(session, 'Inbox')).toBe(false)
      expect(await status('--no-start')).toEqual(answer)
      expect(await system.start('bilet', 'show', '1', '--no-start').ended).toBe(3)
      await session.tray.click(/^Quit$/)
      const isGone = async (): Promise<boolean> =>
        (await system.start('bilet', 'status', '--no-start').ended) === 4
      await expect.poll(isGone).toBe(true)
    })

    await test.step('a link starts it, and one more goes to the one that runs', async () => {
      const app = system.start('xdg-open', 'bilet://ticket/1')
      await expect.poll(() => isOnScreen(session, 'Inbox'), { message: app.output() }).toBe(true)
      expect(await isOnScreen(session, 'New ticket')).toBe(false)
      await system.asPerson('xdg-open', 'bilet://new?title=Disk')
      await expect.poll(() => isOnScreen(session, 'New ticket')).toBe(true)
      await quit(app.ended)
    })

    await test.step('an upgrade leaves the one that runs running, and the next start is the new one', async () => {
      const app = system.start('bilet', '--hidden')
      await expect(async () => expect(await session.tray.tooltip()).toContain('Bilet')).toPass()
      await system.asRoot(...install, await system.bring(await buildPackage(stage, 'deb', '0.2.0')))
      expect(await system.asRoot('dpkg-query', '-W', '-f=${Version}', 'bilet')).toBe('0.2.0')
      await system.asPerson('bilet')
      await expect.poll(() => isOnScreen(session, 'Inbox')).toBe(true)
      expect(logOf(session)).not.toContain('Bilet 0.2.0 starts')
      await quit(app.ended)
      const next = system.start('bilet', '--hidden')
      await expect.poll(() => logOf(session)).toContain('Bilet 0.2.0 starts')
      await expect(async () => expect(await session.tray.tooltip()).toContain('Bilet')).toPass()
      await quit(next.ended)
    })

    await test.step('removed and purged, nothing of it is left', async () => {
      await system.asRoot('sh', '-c', 'rm /root/*.deb')
      await system.asRoot('apt-get', 'remove', '-y', 'bilet')
      await system.asRoot('apt-get', 'purge', '-y', 'bilet')
      expect(await system.asRoot('find', '/', '-xdev', '-iname', '*bilet*', '-not', '-path', '/tmp/*')).toBe(
        ''
      )
      expect(
        await system.asRoot('grep', '-rliF', 'bilet', '/etc', '/usr/share/applications').catch(() => '')
      ).toBe('')
    })
  } finally {
    await system.close()
  }
})

/** Unpacks the package into a folder and runs the smoke test of its program. */
async function smokeOf(stage: Stage, session: DesktopSession, program: string): Promise<number> {
  await run('chmod', ['-R', 'a+rX', join(program, '..', '..')])
  return startPlain({ stage, session, packaged: program, args: ['--smoke'] }).ended
}

test('the deb holds what the clean system was given, and starts where it is only unpacked', async ({
  stage,
  session
}) => {
  const deb = await buildPackage(stage, 'deb', '0.3.0')
  const folder = join(stage.folder, 'unpacked-deb')
  await run('dpkg-deb', ['-x', deb, folder])
  const program = join(folder, 'opt', 'Bilet', 'bilet')
  const { stdout: linked } = await run('ldd', [program])
  expect(linked).not.toContain('not found')
  const { stdout: recommended } = await run('dpkg-deb', ['-f', deb, 'Recommends'])
  expect(recommended).not.toContain('appindicator')
  await test.step('its desktop file is valid, and has the actions, the scheme and both languages', async () => {
    const path = join(folder, 'usr', 'share', 'applications', 'tr.bilet.app.desktop')
    const { stdout } = await run('desktop-file-validate', [path])
    expect(stdout).toBe('')
    const lines = readFileSync(path, 'utf8').split('\n')
    expect(lines).toEqual(
      expect.arrayContaining([
        'Exec=/opt/Bilet/bilet %U',
        'MimeType=x-scheme-handler/bilet;',
        'StartupWMClass=tr.bilet.app',
        'Comment=Netinternet support tickets in the tray',
        'Comment[tr]=Netinternet destek biletleri sistem tepsisinde',
        'Actions=new;check;'
      ])
    )
    const action = (id: string): readonly string[] =>
      lines.slice(lines.indexOf(`[Desktop Action ${id}]`)).slice(1, 4)
    expect(action('new')).toEqual(['Name=New ticket', 'Name[tr]=Yeni bilet', 'Exec=bilet --new'])
    expect(action('check')).toEqual(['Name=Check now', 'Name[tr]=Şimdi yenile', 'Exec=bilet --check'])
    expect(lines.join()).not.toContain('no-sandbox')
  })
  expect(await smokeOf(stage, session, program)).toBe(0)
})

test('the rpm asks for the libraries that the program links, owns its folder, and starts', async ({
  stage,
  session
}) => {
  const rpm = await buildPackage(stage, 'rpm', '0.1.0')
  const ask = async (...what: readonly string[]): Promise<readonly string[]> =>
    (await run('rpm', ['-qp', ...what, rpm])).stdout.trim().split('\n')
  const files = await ask('--list')
  expect(files).toEqual(
    expect.arrayContaining([
      '/opt/Bilet',
      '/opt/Bilet/bilet',
      '/opt/Bilet/resources',
      '/usr/share/applications/tr.bilet.app.desktop',
      '/usr/share/metainfo/tr.bilet.app.metainfo.xml'
    ])
  )
  expect(files.filter((path) => path.endsWith('.metainfo.xml'))).toHaveLength(1)
  // The package must not own folders that it shares with other packages.
  expect(files).not.toContain('/usr/share/applications')
  expect(await ask('--requires')).toEqual(expect.arrayContaining(['libdrm.so.2()(64bit)', 'xdg-utils']))
  expect((await ask('--scripts')).join('\n')).toMatch(/postinstall scriptlet[^]*postuninstall scriptlet/)

  const folder = join(stage.folder, 'unpacked-rpm')
  mkdirSync(folder)
  await run('rpm2archive', [rpm])
  await run('tar', ['xzf', `${rpm}.tgz`, '-C', folder])
  expect(await smokeOf(stage, session, join(folder, 'opt', 'Bilet', 'bilet'))).toBe(0)
})
