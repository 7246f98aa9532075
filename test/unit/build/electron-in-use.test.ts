import { expect, test } from 'vitest'
import { judgeElectron, releasedVersion } from '../../support/desktop/electron-in-use.ts'
import { root } from '../packaging/packager.ts'

const old = { electron: '33.2.1', chrome: '130.0.6723.137', node: '20.18.1' }
const current = { electron: '45.4.1', chrome: '150.0.7000.1', node: '24.9.0' }

test('a desktop run says on which Electron it is, and which one people get', () => {
  expect(judgeElectron(old, '45.4.1', false)).toEqual({
    line: 'Running on Electron 33.2.1 (Chromium 130.0.6723.137, Node 20.18.1), users get 45.4.1',
    mayRun: true
  })
  expect(judgeElectron(current, '45.4.1', false)).toEqual({
    line: 'Running on Electron 45.4.1 (Chromium 150.0.7000.1, Node 24.9.0), as users do',
    mayRun: true
  })
})

test('where the released one is required, no other will do, newer or older', () => {
  expect(judgeElectron(current, '45.4.1', true).mayRun).toBe(true)
  expect(judgeElectron(old, '45.4.1', true).mayRun).toBe(false)
  expect(judgeElectron(current, '45.4.0', true).mayRun).toBe(false)
})

test('the released one is what electron-builder packs', async () => {
  expect(await releasedVersion(root)).toMatch(/^\d+\.\d+\.\d+$/)
})
