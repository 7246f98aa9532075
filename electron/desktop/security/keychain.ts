/**
 * Which keychain a Linux session has. Chromium goes by the desktop's name and knows eight of them; everywhere else it
 * takes none, also where one runs. The session's bus knows who keeps secrets.
 */
import { app } from 'electron'
import type { KeychainState } from '../../storage/types.ts'
import { sessionBus, type SessionBus } from '../linux/session-bus.ts'
import { valuesOf } from '../linux/dbus-writer.ts'

/** `mayAsk`: its owner may be asked for its password. */
export type AskKeychain = (mayAsk: boolean) => Promise<KeychainState>

type Env = Readonly<Record<string, string | undefined>>

/** A start waits no longer for a bus that does not answer, in milliseconds. */
const busTimeoutMs = 1000
/** For a password that somebody is typing, in milliseconds. */
const promptTimeoutMs = 120_000

export const secretsName = 'org.freedesktop.secrets'
const secretsPath = '/org/freedesktop/secrets'
const secretInterface = 'org.freedesktop.Secret'

/** KDE's own, newest first, with the name that `--password-store` has for each. */
const wallets = [
  { name: 'org.kde.kwalletd6', path: '/modules/kwalletd6', store: 'kwallet6' },
  { name: 'org.kde.kwalletd5', path: '/modules/kwalletd5', store: 'kwallet5' }
] as const
type Wallet = (typeof wallets)[number]

/** As Chromium recognises it. */
function isKde({
  XDG_CURRENT_DESKTOP: desktop,
  DESKTOP_SESSION: session,
  KDE_FULL_SESSION: full
}: Env): boolean {
  if (desktop) return desktop.split(':').includes('KDE')
  return full !== undefined || /^(kde|plasma)/.test(session ?? '')
}

async function firstWallet(is: (name: string) => Promise<boolean>): Promise<Wallet | null> {
  for (const wallet of wallets) if (await is(wallet.name)) return wallet
  return null
}

/** What `--password-store` should say; null where Chromium's own choice is right, or there is nothing to choose. */
export async function passwordStore(bus: SessionBus, env: Env): Promise<string | null> {
  if (isKde(env) && (await firstWallet(bus.isReachable))) return null
  if (await bus.isReachable(secretsName)) return 'gnome-libsecret'
  // Not started by us: on other desktops KWallet would open its setup assistant.
  return (await firstWallet(bus.hasOwner))?.store ?? null
}

/** Asks the Secret Service (GNOME Keyring, KeePassXC …) about the collection in which Chromium's key is. */
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
  // None yet: who stores the first secret is asked for a new password.
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

  /** Resolves when the person has answered the prompt, or does not. */
  async function answerTo(path: string): Promise<void> {
    let over: () => void = () => undefined
    const answered = new Promise<void>((resolve) => (over = resolve))
    await bus.listen(`${secretInterface}.Prompt`, 'Completed', over)
    await ask(path, `${secretInterface}.Prompt`, 'Prompt', [''])
    const timer = setTimeout(over, promptTimeoutMs)
    await answered
    clearTimeout(timer)
  }
}

/** KWallet is asked for its password by Chromium, when it takes its key from there. */
export async function walletState(bus: SessionBus, mayAsk: boolean): Promise<KeychainState> {
  const wallet = await firstWallet(bus.isReachable)
  if (!wallet) return 'missing'
  if (mayAsk) return 'open'
  const ask = async (member: string, args: readonly string[]): Promise<unknown> =>
    (await bus.call(wallet.name, wallet.path, 'org.kde.KWallet', member, args))[0]
  return (await ask('isOpen', [String(await ask('networkWallet', []))])) === true ? 'open' : 'locked'
}

/** How to ask the keychain that Chromium takes with this `--password-store`; null where it takes none. */
export function keychainOf(store: string, env: Env, bus: SessionBus): AskKeychain | null {
  const state =
    store.startsWith('kwallet') || (store === '' && isKde(env))
      ? walletState
      : store === 'gnome-libsecret' || store === ''
        ? secretServiceState
        : null
  // The bus may answer later, so this is not final.
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

/** Before `ready`, and awaited: Chromium decides then. Null where nobody can be asked. Never rejects. */
export function chooseKeychain(): Promise<AskKeychain | null> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<null>((resolve) => (timer = setTimeout(() => resolve(null), busTimeoutMs)))
  return Promise.race([choose().catch(() => null), late]).finally(() => clearTimeout(timer))
}
