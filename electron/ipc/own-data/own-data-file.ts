/** The file of settings and own data: one JSON object with a version, checked as a whole before anything of it is used. */
import { z } from 'zod'
import { ownDataSchema, type OwnData } from '../../storage/own-data-schema.ts'
import { fail } from '../../sync/outcome.ts'
import type { Outcome } from '../../sync/types.ts'
import { isRecord, parseJson } from '../../tickets/json.ts'
import type { EpochMs } from '../../tickets/ticket.ts'
import { settingsPatchSchema } from '../settings-schema.ts'

/** Raised when earlier versions of the app would misunderstand the file. */
const fileVersion = 1
const fileKind = 'bilet-own-data'

export interface OwnDataFile {
  readonly settings: Readonly<Record<string, unknown>>
  readonly accounts: readonly OwnData[]
}

const contentSchema = z.object({
  settings: z.record(z.string(), z.unknown()),
  accounts: z.array(ownDataSchema).max(1000)
})

/** In pieces, one per account. */
export function* encodeOwnData(
  { settings, accounts }: OwnDataFile,
  app: string,
  now: EpochMs
): Generator<string> {
  const head = {
    kind: fileKind,
    version: fileVersion,
    app,
    exportedAt: new Date(now).toISOString(),
    settings
  }
  yield `${JSON.stringify(head, null, 2).slice(0, -2)},\n  "accounts": [`
  for (const [at, account] of accounts.entries())
    yield `${at === 0 ? '' : ','}\n${JSON.stringify(account, null, 2)}`
  yield '\n  ]\n}\n'
}

/** `import-newer`: a later version of the app has written it, and this one cannot read it; `import-damaged` otherwise. */
export function decodeOwnData(text: string, app: string): Outcome<OwnDataFile> {
  const raw = parseJson(text)
  if (!isRecord(raw) || raw.kind !== fileKind || typeof raw.version !== 'number')
    return fail('import-damaged')
  if (raw.version > fileVersion) return fail('import-newer')
  const read = contentSchema.safeParse(raw)
  const settings = read.success ? knownSettings(read.data.settings) : null
  if (read.success && settings) return { ok: true, value: { settings, accounts: read.data.accounts } }
  return fail(isLater(String(raw.app), app) ? 'import-newer' : 'import-damaged')
}

/** The settings that this version has; null if one of them has another form. */
function knownSettings(settings: OwnDataFile['settings']): OwnDataFile['settings'] | null {
  const known = Object.entries(settings).filter(([name]) => name in settingsPatchSchema.shape)
  const read = settingsPatchSchema.safeParse(Object.fromEntries(known))
  return read.success ? read.data : null
}

const numbersOf = (version: string): readonly number[] =>
  version.split(/[.-]/, 3).map((part) => Number.parseInt(part, 10) || 0)

function isLater(version: string, than: string): boolean {
  const [own, other] = [numbersOf(version), numbersOf(than)]
  const at = [0, 1, 2].find((i) => (own[i] ?? 0) !== (other[i] ?? 0)) ?? 0
  return (own[at] ?? 0) > (other[at] ?? 0)
}
