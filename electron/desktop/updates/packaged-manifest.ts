import { app } from 'electron'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { isRecord } from '../../tickets/json.ts'

/**
 * package.json beside the app's code, with the fields that a release adds. Read when the app runs: a build that imported it would
 * carry its list of tools along.
 */
export function packagedManifest(): Readonly<Record<string, unknown>> {
  const read: unknown = JSON.parse(readFileSync(join(app.getAppPath(), 'package.json'), 'utf8'))
  return isRecord(read) ? read : {}
}
