/** The file dialogs' parent window and file types. */
import { beforeEach, expect, test, vi } from 'vitest'

const asked: unknown[][] = []
let answer = { canceled: false, filePath: '/home/ada/kayıt.json' }
const windows = new Map([[7, { id: 7 }]])
vi.mock('electron', () => ({
  app: { getPath: (name: string) => `/home/ada/${name}` },
  BrowserWindow: { fromId: (id: number) => windows.get(id) ?? null },
  dialog: {
    showSaveDialog: (...args: unknown[]) => {
      asked.push(args)
      return Promise.resolve(answer)
    },
    showOpenDialog: (...args: unknown[]) => {
      asked.push(args)
      return Promise.resolve({ canceled: answer.canceled, filePaths: [answer.filePath].filter(Boolean) })
    }
  }
}))
const { askWhatToOpen, askWhereToSave } = await import('../../../electron/desktop/windows/file-dialogs.ts')

beforeEach(() => {
  asked.length = 0
  answer = { canceled: false, filePath: '/home/ada/kayıt.json' }
})

test('is modal for the window that asked, and suggests a name in the person’s documents', async () => {
  expect(await askWhereToSave('bilet-2026-11-24.json', 7, 'tr')).toBe('/home/ada/kayıt.json')
  expect(asked).toEqual([
    [
      { id: 7 },
      {
        defaultPath: expect.stringMatching(/documents.bilet-2026-11-24\.json$/) as unknown,
        filters: [
          { name: 'JSON', extensions: ['json'] },
          { name: 'Tüm dosyalar', extensions: ['*'] }
        ]
      }
    ]
  ])
})

test.each([
  ['bilet-diagnostics.txt', 'tr', ['Metin', 'Tüm dosyalar']],
  ['bilet-diagnostics.txt', 'en', ['Text', 'All files']],
  ['bilet-7-2026-11-24.md', 'en', ['Markdown', 'All files']],
  ['unforeseen', 'en', ['All files']]
] as const)('for %s in %s offers %j', async (name, locale, kinds) => {
  await askWhereToSave(name, 7, locale)
  const [, { filters }] = asked[0] as [unknown, { filters: { name: string }[] }]
  expect(filters.map((filter) => filter.name)).toEqual(kinds)
})

test('has no parent if its window is gone or there is none', async () => {
  await askWhereToSave('a.md', 8, 'en')
  await askWhereToSave('a.md', null, 'en')
  expect(asked.map((args) => args.length)).toEqual([1, 1])
})

test('resolves with null when the person cancels', async () => {
  answer = { canceled: true, filePath: '' }
  expect(await askWhereToSave('a.md', 7, 'en')).toBeNull()
})

test('to open offers one JSON file, and resolves with null when the person cancels', async () => {
  expect(await askWhatToOpen(7, 'tr')).toBe('/home/ada/kayıt.json')
  expect(asked[0]?.[1]).toMatchObject({
    filters: [{ extensions: ['json'] }, { extensions: ['*'] }],
    properties: ['openFile']
  })
  answer = { canceled: true, filePath: '' }
  expect(await askWhatToOpen(null, 'tr')).toBeNull()
})
