/**
 * `npm run bench:ui`: measures the windows with many tickets and the size of their files. `-- work` measures one case: `few`,
 * `thousand`, `many`, `accounts` or `work`, in which 2,000 tickets have states, tags and notes. `--json FILE` writes the figures.
 */
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { chromium } from '@playwright/test'
import { buildApp } from '../../../build/build.ts'
import { windowTable } from '../../../electron/ipc/windows.ts'
import { ensurePackages } from '../../support/desktop/machine.ts'
import { describeMachine, printMachine, printTable, writeFigures } from '../report.ts'
import { bundleOf } from './bundle.ts'
import { measureCompose } from './compose.ts'
import { measureUi, quantile, type UiCase, type UiFigures } from './measure.ts'

const root = fileURLToPath(new URL('../../..', import.meta.url))
/** Chromium without a browser window, whose drawing would take processor time. */
const headlessShell = 'chromium-headless-shell'

function findBrowser(): string {
  try {
    ensurePackages([[headlessShell, headlessShell]])
    return `/usr/bin/${headlessShell}`
  } catch (error) {
    console.log(`${String(error)}\nWithout it times are longer by what Chromium takes for its own window.`)
    return '/usr/bin/chromium'
  }
}

const executable = process.env.CHROMIUM ?? findBrowser()
const cases: Readonly<Record<string, UiCase>> = {
  few: { tickets: 50, accounts: 1, ownData: 0 },
  thousand: { tickets: 1000, accounts: 1, ownData: 0 },
  many: { tickets: 10_000, accounts: 1, ownData: 0 },
  accounts: { tickets: 10_000, accounts: 5, ownData: 0 },
  work: { tickets: 10_000, accounts: 1, ownData: 2000 }
}
const named = Object.keys(cases).filter((name) => process.argv.includes(name))
const chosen = Object.entries(cases).flatMap(([name, one]) =>
  named.length === 0 || named.includes(name) ? one : []
)

const lines: readonly (readonly [what: string, key: keyof UiFigures, goal: number | null, digits: number])[] =
  [
    ['DOM elements', 'elements', 600, 0],
    ['DOM nodes, with text and comments', 'nodes', null, 0],
    ['JS heap after a collection, MB', 'heapMB', 40, 1],
    ['first rows painted, ms (median of 7)', 'firstRowsMs', 250, 0],
    ['an empty page, ms (median of 7)', 'emptyPageMs', null, 0],
    ['longest task, ms (0: none over 50)', 'longestTaskMs', 50, 0],
    ['longest task while loading and opening, CPU ms', 'longestTaskCpuMs', 50, 0],
    ['longest task while scrolling and searching, CPU ms', 'longestTaskOfUseCpuMs', 50, 0],
    ['longest task, first list of an account', 'longestTaskOfFirstListMs', 50, 0],
    ['frame while scrolling, median ms', 'frameP50Ms', null, 1],
    ['frame while scrolling, p99 ms', 'frameP99Ms', 20, 1],
    ['frame while scrolling, worst ms', 'frameWorstMs', null, 1],
    ['search: key to painted result, median', 'searchMedianMs', 50, 1],
    ['search: worst key', 'searchWorstMs', null, 1],
    ['search: very first key', 'firstSearchMs', null, 1]
  ]

const kB = (bytes: number): string => `${(bytes / 1000).toFixed(1)} kB`

const machine = describeMachine()
await buildApp()
const bundles = Object.fromEntries(
  Object.entries(windowTable).map(([name, { page }]) => [
    name,
    bundleOf(join(root, 'dist', 'renderer', page))
  ])
)
const browser = await chromium.launch({
  executablePath: executable,
  // Chromium has no sandbox for root. Only our own pages are opened.
  args: process.getuid?.() === 0 ? ['--no-sandbox'] : []
})
const figures: UiFigures[] = []
for (const one of chosen) figures.push(await measureUi(browser, root, one))
const version = browser.version()
await browser.close()
console.log(`${basename(executable)} ${version}`)
printMachine(machine)
console.log('The built windows over the preview, demo accounts with 3 replies to each ticket, 980 × 660.\n')
const head = [
  '',
  ...chosen.map(
    ({ tickets, accounts, ownData }) =>
      `${tickets} tickets${accounts > 1 ? `, ${accounts} accounts` : ''}${ownData > 0 ? `, ${ownData} with states` : ''}`
  ),
  'goal at 10,000'
]
const table = [
  head,
  ...lines.map(([what, key, goal, digits]) => [
    what,
    ...figures.map((one) => one[key].toFixed(digits)),
    goal === null ? '' : `≤ ${goal}`
  ])
]
printTable(table)
for (const [name, { files, raw, gzip }] of Object.entries(bundles))
  console.log(`${name} window: ${files} files, ${kB(raw)}, ${kB(gzip)} gzip (goal ≤ 95 kB)`)

if (named.length === 0) ensurePackages()
const openings = named.length === 0 ? await measureCompose(root) : []
if (openings.length > 0)
  console.log(
    `new-ticket window in Electron, kept warm: shortcut to ready for letters, ms: median ${quantile(openings, 0.5).toFixed(0)}, worst of ${openings.length} ${Math.max(...openings).toFixed(0)} (goal < 150)`
  )

writeFigures(machine, { chromium: version, figures, bundles, openings })
