/** Lists with hostile size or nesting, and the shipped worker that reads them. */
import { build } from 'vite'
import { nodeBundle } from '../../build/build.ts'
import { v1Ticket } from '../unit/api/serve.ts'

const ticket = JSON.stringify(v1Ticket)
const reply = '{"id":1,"admin":" ","user":"x","date":"","message":"y"}'

/** Name, expected problem kind, and text. All but the last must be parsed as a whole. */
export const hostileLists: readonly (readonly [name: string, kind: string, body: () => string])[] = [
  ['40 MB of open brackets', 'unexpected-shape', () => '['.repeat(40_000_000)],
  [
    'brackets 100,000 deep inside a ticket',
    'unexpected-shape',
    () => `{"data":[{"id":1,"x":${'['.repeat(100_000)}${']'.repeat(100_000)}}]}`
  ],
  ['millions of lists in place of tickets', 'too-large', () => `{"data":[${'[],'.repeat(3_000_000)}[]]}`],
  [
    'one ticket with 700,000 replies',
    'too-large',
    () => `{"data":[${ticket.replace('"replies":[]', `"replies":[${`${reply},`.repeat(699_999)}${reply}]`)}]}`
  ],
  ['text that never ends', 'truncated', () => `{"data":[{"id":1,"message":"${'x'.repeat(30_000_000)}`],
  [
    '800,000 tickets',
    'too-large',
    () => `{"data":[${Array.from({ length: 800_000 }, (_, i) => `{"id":${i + 1}}`).join()}]}`
  ]
]

/** Program of the worker, bundled into one file as in the app. */
export async function bundledListWorker(): Promise<string> {
  const config = nodeBundle('electron/api/list/list-worker.ts', 'list-worker.cjs')
  const output = await build({ ...config, build: { ...config.build, write: false } })
  const [chunk] = 'output' in output ? output.output : []
  if (chunk?.type !== 'chunk') throw new Error('the worker was not built')
  return chunk.code
}
