import { describe, expect, it } from 'vitest'
import { accountRulesPatchSchema, storedRulesSchema } from '../../../electron/storage/account-rules-schema.ts'
import { defaultAccountRules } from '../../../electron/tickets/account-rules.ts'

describe('rules of an account', () => {
  it('takes a damaged rule as it was at first, and keeps the others and those of a later version', () => {
    expect(
      storedRulesSchema.parse({ notify: 'yes', pollSeconds: 90, quiet: { enabled: true }, later: 1 })
    ).toEqual({ ...defaultAccountRules, pollSeconds: 90, later: 1 })
  })

  it.each([undefined, null, 'x', []])('begins with the defaults where a file has %j', (stored) => {
    expect(storedRulesSchema.parse(stored)).toEqual(defaultAccountRules)
  })

  it.each([
    'https://panel.example/viewticket.php?id={id}',
    'http://10.0.0.5/{id}',
    '',
    '  https://panel.example/{id} '
  ])('takes %j as the address of the panel', (panelUrl) => {
    expect(accountRulesPatchSchema.parse({ panelUrl })).toEqual({ panelUrl: panelUrl.trim() })
  })

  it.each([
    'https://panel.example/viewticket.php',
    'javascript:alert({id})',
    'file:///tmp/{id}',
    'https://someone:secret@panel.example/{id}',
    'panel.example/{id}'
  ])('refuses %j', (panelUrl) => {
    expect(accountRulesPatchSchema.safeParse({ panelUrl }).success).toBe(false)
  })

  it.each([{ pollSeconds: 5 }, { quiet: { enabled: true, from: '25:00', to: '08:00' } }, { unknown: true }])(
    'refuses %j from a window',
    (patch) => {
      expect(accountRulesPatchSchema.safeParse(patch).success).toBe(false)
    }
  )
})
