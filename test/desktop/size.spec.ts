import { join } from 'node:path'
import { bundleOf } from '../bench/ui/bundle.ts'
import { expect, test } from '../support/desktop/fixtures.ts'

for (const window of ['inbox', 'compose'])
  test(`the ${window} window loads no more than 95 kB of scripts and styles, compressed`, ({ stage }) => {
    const { files, gzip } = bundleOf(join(stage.folder, 'app', 'dist', 'renderer', `${window}.html`))
    expect(files).toBeGreaterThan(1)
    expect(gzip).toBeLessThanOrEqual(95_000)
  })
