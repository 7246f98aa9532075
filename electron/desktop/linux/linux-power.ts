/**
 * Battery and screen lock on Linux, where Electron's powerMonitor reports only sleep. UPower reports the battery on the
 * system bus; screen savers, which lock the screen, report on the session bus.
 */
import type { PowerSignal } from '../lifecycle/power.ts'
import { sessionBus, systemBus, type SessionBus } from './session-bus.ts'

const upower = 'org.freedesktop.UPower'
const properties = 'org.freedesktop.DBus.Properties'
/** Prefixes of the screen savers' D-Bus interfaces; `org.freedesktop` covers KDE. */
const screenSaverPrefixes = ['org.gnome', 'org.freedesktop', 'org.cinnamon', 'org.mate', 'org.xfce'] as const

/** Watches this session and machine. */
export const watchOwnPower = async (tell: (signal: PowerSignal) => void): Promise<void> =>
  watchLinuxPower({ session: await sessionBus(), system: await systemBus() }, tell)

/** Never rejects: services that are not running send no signals. */
export async function watchLinuxPower(
  buses: { readonly session: SessionBus | null; readonly system: SessionBus | null },
  tell: (signal: PowerSignal) => void
): Promise<void> {
  const { session, system } = buses
  const battery = (onBattery: unknown): void => {
    if (typeof onBattery === 'boolean') tell(onBattery ? 'on-battery' : 'on-ac')
  }
  await Promise.allSettled([
    system?.listen(properties, 'PropertiesChanged', ([interfaceName, changed]) => {
      if (interfaceName === upower && Array.isArray(changed))
        battery(new Map(changed as [string, unknown][]).get('OnBattery'))
    }),
    system
      ?.call(upower, '/org/freedesktop/UPower', properties, 'Get', [upower, 'OnBattery'])
      .then(([now]) => battery(now)),
    ...screenSaverPrefixes.map((prefix) =>
      session?.listen(`${prefix}.ScreenSaver`, 'ActiveChanged', ([active]) =>
        tell(active === true ? 'lock-screen' : 'unlock-screen')
      )
    )
  ])
}
