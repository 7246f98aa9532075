/**
 * Chooses the keychain of a Linux session. Chromium decides by the desktop's name, of which it knows eight; on all
 * others it uses none, even if one is running. The session bus tells which one is.
 */
import { app } from 'electron'
import type { KeychainState } from '../../storage/types.ts'
import { sessionBus, type SessionBus } from '../linux/session-bus.ts'
import { valuesOf } from '../linux/dbus-writer.ts'

/** `mayAsk`: whether the keychain may ask the person for its password. */
export type AskKeychain = (mayAsk: boolean) => Promise<KeychainState>

type Env = Readonly<Record<string, string | undefined>>

/** Maximum wait at the start for a bus that does not answer, in milliseconds. */
const busTimeoutMs = 1000
/** Maximum wait for the person to type a password, in milliseconds. */
const promptTimeoutMs = 120_000

export const secretsName = 'org.freedesktop.secrets'
const secretsPath = '/org/freedesktop/secrets'
const secretInterface = 'org.freedesktop.Secret'

/** KDE's keychains, newest first, each with its value for `--password-store`. */
const wallets = [
  { name: 'org.kde.kwalletd6', path: '/modules/kwalletd6', store: 'kwallet6' },
  { name: 'org.kde.kwalletd5', path: '/modules/kwalletd5', store: 'kwallet5' }
] as const
type Wallet = (typeof wallets)[number]

/** Whether the desktop is KDE, by Chromium's rules. */
function isKde({
  XDG_CURRENT_DESKTOP: desktop,
  DESKTOP_SESSION: session,
  KDE_FULL_SESSION: full
}: Env): boolean {
  if (desktop) return desktop.split(':').includes('KDE')
  return full !== undefined || /^(kde|plasma)/.test(session ?? '')
}

async function firstWallet(hasName: (name: string) => Promise<boolean>): Promise<Wallet | null> {
  for (const wallet of wallets) if (await hasName(wallet.name)) return wallet
  return null
}

/** The value for `--password-store`; null if Chromium's own choice is right or no keychain was found. */
export async function passwordStore(bus: SessionBus, env: Env): Promise<string | null> {
  if (isKde(env) && (await firstWallet(bus.isReachable))) return null
  if (await bus.isReachable(secretsName)) return 'gnome-libsecret'
  // Not started here: on other desktops KWallet would open its setup assistant.
  return (await firstWallet(bus.hasOwner))?.store ?? null
}

/**
 * State of the Secret Service collection (GNOME Keyring, KeePassXC …) that contains Chromium's key. Rejects if the bus
 * does not answer.
 */
export async function secretServiceState(bus: SessionBus, mayAsk: boolean): Promise<KeychainState> {
  if (!(await bus.isReachable(secretsName))) return 'missing'
  const ask = (
    path: string,
    interfaceName: string,
    member: string,
    args: Parameters<SessionBus['call']>[4]
  ) => bus.call(secretsName, path, interfaceName, member, args)
  const service = (member: string, signature: string, value: string | readonly string[]) =>
    ask(secretsPath, `${secretInterface}.Service`, member, valuesOf(signature, [value]))
  const [collection] = await service('ReadAlias', 's', 'default')
  // No collection yet: storing the first secret asks the person for a new password.
  if (typeof collection !== 'string' || collection === '/') return mayAsk ? 'open' : 'locked'
  const isLocked = async (): Promise<boolean> => {
    const names = [`${secretInterface}.Collection`, 'Locked']
    return (await ask(collection, 'org.freedesktop.DBus.Properties', 'Get', names))[0] === true
  }
  if (!(await isLocked())) return 'open'
  if (!mayAsk) return 'locked'
  const [, prompt] = await service('Unlock', 'ao', [collection])
  if (typeof prompt === 'string' && prompt !== '/') await answerTo(prompt)
  return (await isLocked()) ? 'locked' : 'open'

  /** Resolves when the person answered the prompt, or after `promptTimeoutMs`. */
  async function answerTo(path: string): Promise<void> {
    let finish: () => void = () => undefined
    const answered = new Promise<void>((resolve) => (finish = resolve))
    await bus.listen(`${secretInterface}.Prompt`, 'Completed', finish)
    await ask(path, `${secretInterface}.Prompt`, 'Prompt', [''])
    const timer = setTimeout(finish, promptTimeoutMs)
    await answered
    clearTimeout(timer)
  }
}

/** State of KWallet. Chromium itself makes KWallet ask for its password when it reads the key. */
export async function walletState(bus: SessionBus, mayAsk: boolean): Promise<KeychainState> {
  const wallet = await firstWallet(bus.isReachable)
  if (!wallet) return 'missing'
  if (mayAsk) return 'open'
  const ask = async (member: string, args: readonly string[]): Promise<unknown> =>
    (await bus.call(wallet.name, wallet.path, 'org.kde.KWallet', member, args))[0]
  return (await ask('isOpen', [String(await ask('networkWallet', []))])) === true ? 'open' : 'locked'
}

/** Query function for the keychain that Chromium uses with this `--password-store`; null if it uses none. */
export function keychainOf(store: string, env: Env, bus: SessionBus): AskKeychain | null {
  const state =
    store.startsWith('kwallet') || (store === '' && isKde(env))
      ? walletState
      : store === 'gnome-libsecret' || store === ''
        ? secretServiceState
        : null
  // 'locked' and not 'missing': the bus may answer later.
  return state && ((mayAsk) => state(bus, mayAsk).catch((): KeychainState => 'locked'))
}

async function choose(): Promise<AskKeychain | null> {
  const bus = await sessionBus()
  if (!bus) return null
  const given = app.commandLine.getSwitchValue('password-store')
  const store = given || ((await passwordStore(bus, process.env)) ?? '')
  if (store !== given && !app.isReady()) app.commandLine.appendSwitch('password-store', store)
  return keychainOf(store, process.env, bus)
}

/** Call and await it before `ready`, when Chromium decides. Null if there is no keychain to query. Never rejects. */
export function chooseKeychain(): Promise<AskKeychain | null> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<null>((resolve) => (timer = setTimeout(() => resolve(null), busTimeoutMs)))
  return Promise.race([choose().catch(() => null), late]).finally(() => clearTimeout(timer))
}
