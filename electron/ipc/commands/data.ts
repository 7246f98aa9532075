import type { Handlers } from '../dispatch.ts'

/** Commands that export and import settings and own data. */
export const dataCommands = () =>
  ({
    'data.export': () => ({ ok: false, error: { kind: 'file-not-written' } }),
    'data.import': () => ({ ok: false, error: { kind: 'file-not-read' } })
  }) satisfies Partial<Handlers>
