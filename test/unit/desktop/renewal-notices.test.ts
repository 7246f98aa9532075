import { describe, expect, test } from 'vitest'
import { RenewalNotices } from '../../../electron/desktop/notifications/renewal-notices.ts'
import { defaultSettings } from '../../../electron/ipc/defaults.ts'
import type { Settings } from '../../../electron/ipc/settings-schema.ts'
import type { Service } from '../../../electron/tickets/ticket.ts'
import { accountOf, connectionOf, day, hour } from '../../support/builders.ts'

const start = Date.UTC(2026, 10, 24, 9)

function setUp(renewalNoticeDays: Settings['renewalNoticeDays'] = 7) {
  const told: string[] = []
  const stored = new Map<string, unknown>()
  const state = {
    now: start,
    days: renewalNoticeDays,
    asked: 0,
    accounts: [accountOf()],
    services: [{ id: '3', product: 'SSD VDS I', status: 'Active', renewsAt: start + 5 * day }] as Service[]
  }
  const create = (): RenewalNotices =>
    new RenewalNotices({
      engine: {
        accounts: {
          list: () => state.accounts,
          services: () => {
            state.asked++
            return Promise.resolve({
              ok: true,
              value: { services: state.services, isMissing: false, problem: null }
            })
          }
        }
      },
      settings: { current: () => ({ ...defaultSettings, renewalNoticeDays: state.days }) },
      store: { get: (key) => stored.get(key), set: (key, value) => stored.set(key, value) },
      messages: {
        notifyRenewal: (account, service, renewsAt) => {
          told.push(`${account} ${service.id} ${new Date(renewsAt).toISOString().slice(0, 10)}`)
          return Promise.resolve()
        }
      },
      now: () => state.now
    })
  return { told, state, create }
}

describe('the notice before a service is renewed', () => {
  test('comes on the chosen days, once for a service and a date, also across a restart', async () => {
    const { told, state, create } = setUp()
    const notices = create()
    await notices.changed()
    expect(told).toEqual(['Örnek Bilişim 3 2026-11-29'])
    state.now += day
    await notices.changed()
    await create().changed()
    expect(told).toHaveLength(1)
    state.services = [{ ...(state.services[0] as Service), renewsAt: start + 6 * day }]
    state.now += day
    await notices.changed()
    expect(told).toEqual(['Örnek Bilişim 3 2026-11-29', 'Örnek Bilişim 3 2026-11-30'])
  })

  test('is off until the person wants it, and asks for nothing then', async () => {
    const { told, state, create } = setUp(0)
    const notices = create()
    await notices.changed()
    expect([told, state.asked]).toEqual([[], 0])
    state.days = 14
    await notices.changed()
    expect(told).toHaveLength(1)
  })

  test('does not come for what is past, far away, or has no date', async () => {
    const { told, state, create } = setUp()
    state.services = [
      { id: '1', product: 'Geçmiş', status: 'Active', renewsAt: start - hour },
      { id: '2', product: 'Uzak', status: 'Active', renewsAt: start + 8 * day },
      { id: '3', product: 'Tarihsiz', status: 'Pending' }
    ]
    await create().changed()
    expect(told).toEqual([])
  })

  test('asks for services a few times a day, not at every change, and not of an account that cannot be asked', async () => {
    const { state, create } = setUp()
    const notices = create()
    await notices.changed()
    await notices.changed()
    state.now += 5 * hour
    await notices.changed()
    expect(state.asked).toBe(1)
    state.now += hour
    await notices.changed()
    expect(state.asked).toBe(2)
    state.accounts = [accountOf({ connection: connectionOf({ state: 'offline' }) })]
    state.now += day
    await notices.changed()
    expect(state.asked).toBe(2)
  })
})
