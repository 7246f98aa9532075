/** Which screen the window shows, and what its screens remember while the window lives. */
import type { StatisticsPeriod } from '../../electron/tickets/list/statistics.ts'
import { inboxView, restoreInbox, type InboxView } from '../inbox/inbox-view.ts'
import type { Tickets } from '../inbox/list/tickets.svelte.ts'
import { bridge } from '../lib/bridge/bridge.ts'
import type { Section } from '../settings/sections.ts'

export type ScreenName = 'inbox' | 'settings' | 'outbox' | 'statistics' | 'guide'

/** What a window shows beyond what main knows. */
interface WindowView {
  readonly screen: ScreenName
  readonly section: Section
  readonly period: StatisticsPeriod
  readonly inbox: InboxView
}

/** On the other screens: a question, a form, an error, an unfolded part or a search would be lost. */
const unrepeatable =
  'dialog[open], main :is(form, [role="alert"], details[open], [aria-expanded="true"], input[type="search"]:not(:placeholder-shown))'

/** A scrolled screen or a field with the keyboard, whose text may not be stored yet. */
const isInUse = (): boolean =>
  document.activeElement?.matches('input:not([type="checkbox"], [type="radio"]), textarea') === true ||
  [...document.querySelectorAll('main, main *')].some(({ scrollTop }) => scrollTop > 0)

export class ShownScreen {
  name = $state<ScreenName>('inbox')
  /** The section of the settings that was shown last. */
  section = $state<Section>('accounts')
  /** The period of the statistics that was chosen last. */
  period = $state<StatisticsPeriod>('12m')

  /** For when the window is let go; null where something would be lost. */
  view(tickets: Tickets): string | null {
    const { name: screen, section, period } = this
    if (screen !== 'inbox' && (document.querySelector(unrepeatable) || isInUse())) return null
    const inbox = inboxView(tickets)
    const view: WindowView | null = inbox && { screen, section, period, inbox }
    return view && JSON.stringify(view)
  }

  /** Starts the list and the screen, with what an earlier page of the same run showed when its window was let go. */
  async startAsLeft(tickets: Tickets): Promise<void> {
    const answer = await bridge.invoke('window.view')
    if (answer.ok && answer.value !== null) {
      const { screen, section, period, inbox } = JSON.parse(answer.value) as WindowView
      Object.assign(this, { name: screen, section, period })
      restoreInbox(tickets, inbox)
    }
    await tickets.start()
  }
}
