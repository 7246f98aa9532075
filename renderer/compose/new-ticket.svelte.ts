import type { ComposePrefill, ComposeStart, TicketTemplate } from '../../electron/ipc/contract.ts'
import { checkField, fieldNames, type FieldError, type FieldName } from '../../electron/tickets/fields.ts'
import type { Problem } from '../../electron/tickets/problem.ts'
import { emptyNewTicket, isEmptyTicket, type NewTicket } from '../../electron/tickets/ticket.ts'
import type { AccountView, OutboxItem } from '../../electron/tickets/views.ts'
import { app, call } from '../lib/app.svelte.ts'
import type { FilledText, PlaceholderValues } from '../lib/saved-texts/placeholders.ts'
import { AccountServices } from './account-services.svelte.ts'
import { HeldPassword } from './sent/held-password.ts'
import { ticketValues, withTemplate } from './template.ts'

export type NewTicketFieldError = FieldError | 'unknown-department'

interface Cleared {
  readonly draft: NewTicket
  readonly departmentText: string
}

const unheard = (): void => undefined

/** A ticket being written. Main keeps its draft; access data stays in this window, the password until it closes. */
export class NewTicketForm {
  draft = $state<{ -readonly [Field in keyof NewTicket]: NewTicket[Field] }>({ ...emptyNewTicket })
  password = $state('')
  /** Text of the department field, also when it names no department. */
  departmentText = $state('')
  busy = $state(false)
  problem = $state.raw<Problem | null>(null)
  readonly services = new AccountServices(() => this.account?.id ?? null)
  start = $state.raw<ComposeStart | null>(null)
  wrong = $state.raw<Readonly<Partial<Record<FieldName, NewTicketFieldError>>>>({})
  /** The entry sent last, until the window that shows its result is closed. */
  sent = $state.raw<OutboxItem | null>(null)
  /** The discarded draft, for undo, until something else is written. */
  cleared = $state.raw<Cleared | null>(null)

  readonly held = new HeldPassword()
  #accountId = $state<string | null>(null)
  #saved: Promise<unknown> = Promise.resolve()
  #wasClosed = false
  #begun = 0
  /** Counts changes by the person. */
  #typed = 0

  get account(): AccountView | null {
    const { accounts } = app
    return (
      accounts.find(({ id }) => id === this.#accountId) ??
      accounts.find(({ demo }) => !demo) ??
      accounts[0] ??
      null
    )
  }

  /** Nothing is written yet; a department alone is something, but for the one that the account's rules put in. */
  get isEmpty(): boolean {
    const { departmentId, service, ...texts } = this.draft
    const begins = this.#defaults
    const isDefault = departmentId === begins.departmentId && ['', begins.service].includes(service)
    const hasText = departmentId === 0 && this.departmentText !== ''
    return isDefault && !hasText && Object.values(texts).every((text) => text === '')
  }

  get hasWords(): boolean {
    return `${this.draft.title}${this.draft.message}`.trim() !== ''
  }

  placeholderValues(): PlaceholderValues {
    return ticketValues(this.draft, this.account)
  }

  /** Fills in a template; answers the place in the message that the person has to fill in. */
  fill(template: TicketTemplate): FilledText['unfilled'] {
    const { draft, unfilled } = withTemplate($state.snapshot(this.draft), template, this.account)
    this.draft = draft
    this.nameDepartment()
    this.changed()
    return unfilled
  }

  /** What a new ticket of this account begins with, by its rules; a department that is not listed any more is none. */
  get #defaults(): Pick<NewTicket, 'departmentId' | 'service'> {
    const { account } = this
    const id = account?.rules.departmentId ?? 0
    const isListed = account?.departments.some((one) => one.id === id) ?? false
    return { departmentId: isListed ? id : 0, service: account?.rules.service ?? '' }
  }

  /** Starts over from what main keeps; a prefill fills only what is empty. */
  begin(prefill: ComposePrefill | null): Promise<void> {
    return this.#begin('compose.start', prefill)
  }

  /** Starts an empty draft; what was written waits behind the others. */
  startNew(): Promise<void> {
    return this.#begin('compose.new', null)
  }

  async #begin(command: 'compose.start' | 'compose.new', prefill: ComposePrefill | null): Promise<void> {
    const turn = ++this.#begun
    this.sent = null
    await this.flush()
    const typed = this.#typed
    const begun = await call((problem) => (this.problem = problem), command)
    if (!begun || turn !== this.#begun) return
    this.start = begun
    // The person typed while main was answering, so the form is newer than main's answer.
    const kept = this.#typed === typed ? begun.draft : $state.snapshot(this.draft)
    this.#accountId = begun.accountId
    // Keeps the account of a draft that already has text.
    const rules = isEmptyTicket(kept) ? this.#defaults : null
    // Server access belongs to the ticket that it was written for.
    const isSame = kept.title === this.draft.title && kept.message === this.draft.message
    const { serverIp, serverUser } = isSame ? this.draft : emptyNewTicket
    this.draft = {
      ...kept,
      serverIp: kept.serverIp || serverIp,
      serverUser: kept.serverUser || serverUser,
      title: kept.title || (prefill?.title ?? ''),
      message: kept.message || (prefill?.message ?? ''),
      service: kept.service || (prefill?.service ?? rules?.service ?? ''),
      departmentId: kept.departmentId || (prefill?.departmentId ?? rules?.departmentId ?? 0)
    }
    if (this.draft.departmentId > 0 || this.#typed === typed) this.nameDepartment()
    // The window was opened again while it was visible: its text is still being written.
    if (this.#wasClosed || !isSame) this.password = ''
    this.password = this.held.take(kept) ?? this.password
    this.#wasClosed = false
    this.wrong = {}
    this.problem = null
    this.cleared = null
    // They came with a refused ticket that is being corrected, and must not stay in another draft.
    const hasAccess = kept.serverIp !== '' || kept.serverUser !== ''
    if (prefill || hasAccess) this.changed()
  }

  /** Puts the department's name into its field; accounts may arrive later than the draft. */
  nameDepartment(): void {
    const id = this.draft.departmentId
    if (id > 0) this.departmentText = this.account?.departments.find((one) => one.id === id)?.name ?? ''
    else this.departmentText = ''
  }

  /** The one of this account that waits comes to the front; else what is written here is for this account now. */
  async chooseAccount(id: string): Promise<void> {
    if (await this.turnToNext(id)) return
    const before = this.#defaults
    const { departmentId, service } = this.draft
    this.#accountId = id
    const begins = this.#defaults
    // Department numbers differ between API versions, so only the name is kept.
    const isChosen = departmentId !== 0 && departmentId !== before.departmentId
    const same = this.account?.departments.find(({ name }) => name === this.departmentText)
    this.draft.departmentId =
      (isChosen || begins.departmentId === 0 ? same?.id : undefined) ?? begins.departmentId
    this.nameDepartment()
    if (service === before.service) this.draft.service = begins.service
    this.changed()
  }

  /** What stands here waits behind the next one, of this account where one is named; false where there is none. */
  async turnToNext(accountId: string | null): Promise<boolean> {
    if (!this.start?.later) return false
    await this.flush()
    const isThere = await call(unheard, 'compose.next', { accountId })
    if (isThere) await this.begin(null)
    return isThere === true
  }

  clear(): void {
    const { departmentText } = this
    const draft = $state.snapshot(this.draft)
    this.#put({ draft: { ...emptyNewTicket, ...this.#defaults }, departmentText: '' })
    this.nameDepartment()
    this.password = ''
    this.cleared = { draft, departmentText }
  }

  restore(): void {
    if (this.cleared) this.#put(this.cleared)
  }

  #put({ draft, departmentText }: Cleared): void {
    this.draft = { ...draft }
    this.departmentText = departmentText
    this.wrong = {}
    this.changed()
  }

  changed(): void {
    this.cleared = null
    this.#typed += 1
    this.problem = null
    // Typing can clear an error; a new error is shown only when the field is left.
    const still = Object.entries(this.wrong).filter(([field]) => this.#check(field as FieldName) !== null)
    if (still.length < Object.keys(this.wrong).length) this.wrong = Object.fromEntries(still)
    this.#save()
  }

  /** The field was left: says what is wrong with it. */
  leave(field: FieldName): void {
    const { [field]: _, ...others } = this.wrong
    const error = this.#check(field)
    this.wrong = error ? { ...others, [field]: error } : others
  }

  /** Main has everything typed so far, when this answers. */
  async flush(): Promise<void> {
    await this.#saved
  }

  async close(): Promise<void> {
    this.password = ''
    await this.flush()
    this.#wasClosed = true
    await call(unheard, 'window.close')
    this.sent = null
  }

  /** A ticket that was refused or taken back comes back to be written on. */
  async edit({ id }: OutboxItem): Promise<void> {
    let problem: Problem | null = null
    await call((why) => (problem = why), 'outbox.cancel', { id })
    await this.begin(null)
    this.problem = problem
  }

  /** Whether all that stands here would come back from main: server access and a department's name that is none do not. */
  get isKeptByMain(): boolean {
    const { serverIp, serverUser, departmentId } = this.draft
    const isNamed = departmentId > 0 || this.departmentText === ''
    return isNamed && !this.busy && [serverIp, serverUser, this.password].every((secret) => secret === '')
  }

  /** Called when the window is closed by its own button. */
  closed(): void {
    this.password = ''
    this.#wasClosed = true
    this.sent = null
  }

  /** The first field that cannot be sent; null if the ticket was queued, or if `mayGo`, asked last, holds it back. */
  async send(mayGo: () => Promise<boolean>): Promise<FieldName | null> {
    if (this.busy) return null
    const found = fieldNames.flatMap((field) => {
      const error = this.#check(field)
      return error ? [[field, error] as const] : []
    })
    this.wrong = Object.fromEntries(found)
    this.problem = null
    const account = this.account
    if (found[0]) return found[0][0]
    if (!account) return null
    this.busy = true
    if (!(await mayGo())) {
      this.busy = false
      return null
    }
    const draft = $state.snapshot(this.draft)
    const queued = await call((problem) => (this.problem = problem), 'tickets.create', {
      accountId: account.id,
      draft,
      password: this.password
    })
    this.busy = false
    if (!queued) return null
    this.draft = { ...emptyNewTicket }
    this.departmentText = ''
    this.wrong = {}
    this.#save()
    this.held.keep(queued, draft, this.password)
    this.password = ''
    this.sent = queued
    return null
  }

  #check(field: FieldName): NewTicketFieldError | null {
    if (field === 'departmentId') {
      const id = this.draft.departmentId
      const known = this.account?.departments.some((one) => one.id === id) ?? false
      if (!known && this.departmentText.trim() !== '') return 'unknown-department'
      return known ? null : 'required'
    }
    return checkField(field, this.draft, this.password)
  }

  #save(): void {
    this.#saved = call(unheard, 'compose.draft', {
      accountId: this.account?.id ?? null,
      draft: { ...$state.snapshot(this.draft), serverIp: '', serverUser: '' }
    })
  }
}
