import { isRecord } from '../tickets/json.ts'

/** Settings as earlier versions wrote them, to the names of now. What has both names keeps the newer one's value. */
export function migrateSettings(key: string, value: unknown): unknown {
  if (key !== 'notifications' || !isRecord(value) || !('way' in value)) return value
  const { way, ...notifications } = value
  return { backend: way, ...notifications }
}
