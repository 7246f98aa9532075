import { Window } from 'happy-dom'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import {
  toastActivatorClsid,
  toastXml
} from '../../../electron/desktop/notifications/backends/windows-toast.ts'
import { text } from './make.ts'
import { readConfig, root } from '../packaging/packager.ts'

function parse(xml: string) {
  const { DOMParser } = new Window()
  const toast = new DOMParser().parseFromString(xml, 'application/xml').documentElement
  const all = (name: string) => [...toast.querySelectorAll(name)]
  return { toast, all, lines: all('text').map(({ textContent }) => textContent) }
}

test('a toast shows title and body unchanged, never as markup', () => {
  const title = '#272298 — "Ayşe" <b>&amp;</b>'
  const body = 'a < b && <image src="https://kotu.example/x.png"/>\u0007\ud800'
  const xml = toastXml(text({ title, body }), 'run-1')
  const { lines, all } = parse(xml)
  expect(lines).toEqual([title, body.slice(0, -2)])
  expect(all('image')).toEqual([])
})

test('a toast has a reply field with its button, then the buttons in order', () => {
  const { all } = parse(toastXml(text(), 'run-1'))
  const [field] = all('input')
  expect([field?.getAttribute('id'), field?.getAttribute('placeHolderContent')]).toEqual([
    'reply',
    'Yanıtınız'
  ])
  expect(
    all('action').map((element) => [element.getAttribute('content'), element.getAttribute('hint-inputId')])
  ).toEqual([
    ['Yanıtla', 'reply'],
    ['Okundu olarak işaretle', null],
    ['1 saat sonra hatırlat', null]
  ])
})

test('a toast without a ticket has neither, and a silent one has no sound', () => {
  const { all } = parse(toastXml(text({ buttons: [], reply: null, silent: true }), 'run-1'))
  expect(all('actions')).toEqual([])
  expect(all('audio').map((element) => element.getAttribute('silent'))).toEqual(['true'])
  expect(parse(toastXml(text(), 'run-1')).all('audio')).toEqual([])
})

test('the uninstaller removes the registry key of the toast activator, an update does not', async () => {
  const { config } = await readConfig()
  const script = await readFile(join(root, String(config.nsis?.include)), 'utf8')
  expect(script).toContain(`DeleteRegKey HKCU "Software\\Classes\\CLSID\\${toastActivatorClsid}"`)
  expect(script).toMatch(/macro customUnInstall\s+\$\{ifNot\} \$\{isUpdated\}/)
})
