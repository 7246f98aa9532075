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

/** Far more than an export has; more could take all memory. */
const maxDepth = 32
const maxContainers = 2_000_000

/** Whether the JSON has no more lists and objects, and no deeper ones, than an export may have. */
function hasPossibleSize(text: string): boolean {
  let depth = 0
  let containers = 0
  let isInText = false
  for (let at = 0; at < text.length; at++) {
    const sign = text[at]
    if (isInText && sign === '\\') at += 1
    else if (sign === '"') isInText = !isInText
    else if (isInText) continue
    else if (sign === '[' || sign === '{') {
      depth += 1
      containers += 1
    } else if (sign === ']' || sign === '}') depth -= 1
    if (depth > maxDepth || containers > maxContainers) return false
  }
  return true
}

/**
 * The text of a file in UTF-8 or, as some editors write it, in UTF-16 with a byte order mark. Null for bytes of another encoding,
 * in which letters would be lost without a word.
 */
export function decodeText(bytes: Uint8Array): string | null {
  const [first, second] = bytes
  const encoding =
    first === 0xff && second === 0xfe ? 'utf-16le' : first === 0xfe && second === 0xff ? 'utf-16be' : 'utf-8'
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes)
  } catch {
    return null
  }
}

/** `import-newer`: a later version of the app has written it, and this one cannot read it; `import-damaged` otherwise. */
export function decodeOwnData(text: string, app: string): Outcome<OwnDataFile> {
  const raw = hasPossibleSize(text) ? parseJson(text) : undefined
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
  const known = Object.entries(settings).filter(([name]) => Object.hasOwn(settingsPatchSchema.shape, name))
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
