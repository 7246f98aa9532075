import { join } from 'node:path'
import { windowTable } from '../../electron/ipc/windows.ts'
import { bundleOf } from '../bench/ui/bundle.ts'
import { expect, test } from '../support/desktop/fixtures.ts'

for (const [window, { page }] of Object.entries(windowTable))
  test(`the ${window} window loads no more than 95 kB of scripts and styles, compressed`, ({ stage }) => {
    const { files, gzip } = bundleOf(join(stage.folder, 'app', 'dist', 'renderer', page))
    expect(files).toBeGreaterThan(1)
    expect(gzip).toBeLessThanOrEqual(95_000)
  })
