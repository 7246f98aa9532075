import { expect, it } from 'vitest'
import { panelUrl, panelUrlError } from '../../../electron/tickets/panel-url.ts'

it.each([
  ['https://panel.example/viewticket.php?id={id}', null],
  ['http://10.0.0.5:8080/tickets/{id}/view', null],
  ['https://panel.example/#/tickets/{id}', null],
  ['https://panel.example/viewticket.php?id=272298', 'no-number'],
  ['https://panel.example/', 'no-number'],
  ['https://{id}.panel.example/', 'no-number'],
  ['panel.example/{id}', 'no-address'],
  ['javascript:alert({id})', 'no-address'],
  ['file:///tmp/{id}', 'no-address'],
  ['https://someone:secret@panel.example/{id}', 'no-address'],
  ['', 'no-address']
])('the address %j is wrong by %j', (template, error) => {
  expect(panelUrlError(template)).toBe(error)
})

it('leads to the ticket, wherever its number stands, or to where the panel begins', () => {
  expect(panelUrl('https://panel.example/{id}?id={id}', 272298)).toBe(
    'https://panel.example/272298?id=272298'
  )
  expect(panelUrl('https://panel.example/viewticket.php?id={id}', null)).toBe('https://panel.example')
})
