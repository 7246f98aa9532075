import type { Locale } from '../../electron/tickets/locale.ts'
import { createSubscriber } from 'svelte/reactivity'
import type {
  AppInfo,
  Args,
  CommandName,
  Settings,
  SettingsPatch,
  UpdateView,
  Value
} from '../../electron/ipc/contract.ts'
import type { Problem } from '../../electron/tickets/problem.ts'
import type { AccountView, Notice } from '../../electron/tickets/views.ts'
import { bridge } from './bridge/bridge.ts'
import { onReconnect } from './bridge/preview-bridge.ts'
import { startOfDay } from './format.ts'
import { keepFocusInPlace } from './keep-in-place.ts'
import { Outbox } from './outbox.svelte.ts'

const textSizes: Readonly<Record<Settings['textSize'], string>> = {
  small: '12px',
  normal: '13px',
  large: '16px',
  huge: '20px',
  double: '26px'
}

/** Ticks once a second while the window is visible; a hidden window must not wake the machine. */
function everySecondInView(update: () => void): () => void {
  let timer: ReturnType<typeof setInterval> | undefined
  const turn = (): void => {
    clearInterval(timer)
    if (document.hidden) return
    update()
    timer = setInterval(update, 1000)
  }
  document.addEventListener('visibilitychange', turn)
  if (!document.hidden) timer = setInterval(update, 1000)
  return () => {
    clearInterval(timer)
    document.removeEventListener('visibilitychange', turn)
  }
}

/** What every window knows of the app; main tells what changes. */
class App {
  ready = $state(false)
  info = $state.raw<AppInfo>({
    version: '',
    platform: '',
    host: 'electron',
    keychain: true,
    newTicketCommand: null,
    reportTo: null
  })
  locale = $state<Locale>('tr')
  settings = $state.raw<Settings | null>(null)
  accounts = $state.raw<readonly AccountView[]>([])
  readonly outbox = new Outbox()
  notices = $state.raw<readonly Notice[]>([])
  update = $state.raw<UpdateView>({ kind: 'off' })
  /** Events received since `app.state` was requested; its answer may be older than they are. */
  #since: (() => void)[] | null = null
  readonly #everySecond = createSubscriber(everySecondInView)
  /** `now` rounded down to ten seconds, for text that need not be redrawn every second. */
  readonly lately = $derived(Math.floor(this.now / 10_000) * 10_000)
  /** Start of the current day in this machine's time zone, epoch ms. */
  readonly today = $derived(startOfDay(this.now))
  /** Why there is nothing to show. */
  problem = $state.raw<Problem | null>(null)

  /** Epoch ms by this machine's clock, updated once a second; for relative times. */
  get now(): number {
    this.#everySecond()
    return Date.now()
  }

  async start(): Promise<void> {
    const loaded = this.load()
    bridge.on('accounts', (accounts) => this.#take(() => (this.accounts = accounts)))
    bridge.on('outbox', (change) => this.#take(() => this.outbox.apply(change)))
    bridge.on('notices', (notices) => this.#take(() => (this.notices = notices)))
    bridge.on('update', (update) => this.#take(() => (this.update = update)))
    bridge.on('settings', ({ settings, locale }) => this.#take(() => this.#show(settings, locale)))
    onReconnect(() => void this.load())
    // Chromium notices network changes at once; main has no other source for them.
    for (const change of ['online', 'offline'])
      addEventListener(change, () => void bridge.invoke('network.changed'))
    await loaded
  }

  /** Asks main for everything again. */
  async load(): Promise<void> {
    const since: (() => void)[] = []
    this.#since = since
    const state = await bridge.invoke('app.state')
    if (this.#since === since) this.#since = null
    this.problem = state.ok ? null : state.error
    if (!state.ok) return
    this.info = state.value.info
    this.accounts = state.value.accounts
    this.outbox.reset(state.value.outbox)
    this.notices = state.value.notices
    this.update = state.value.update
    this.#show(state.value.settings, state.value.locale)
    for (const change of since) change()
    this.ready = true
  }

  /** Applies at once; null, or what was wrong. */
  async change(patch: SettingsPatch): Promise<Problem | null> {
    const changed = await bridge.invoke('settings.change', patch)
    return changed.ok ? null : changed.error
  }

  #take(change: () => void): void {
    this.#since?.push(change)
    change()
  }

  #show(settings: Settings, locale: Locale): void {
    this.settings = settings
    this.locale = locale
    const root = document.documentElement
    root.lang = locale
    root.dataset.theme = settings.theme
    const size = textSizes[settings.textSize]
    if (root.style.fontSize !== size) keepFocusInPlace(() => (root.style.fontSize = size))
  }
}

export const app = new App()

/** The value, or null after `onProblem` heard why not. */
export async function call<Name extends CommandName>(
  onProblem: (problem: Problem) => void,
  name: Name,
  ...args: Args<Name> extends undefined ? [] : [Args<Name>]
): Promise<Value<Name> | null> {
  const result = await bridge.invoke(name, ...args)
  if (result.ok) return result.value
  onProblem(result.error)
  return null
}
