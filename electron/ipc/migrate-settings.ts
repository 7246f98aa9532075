const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Settings as earlier versions wrote them, to the names of now. What has both names keeps the newer one's value. */
export function migrateSettings(key: string, value: unknown): unknown {
  if (key !== 'notifications' || !isObject(value) || !('way' in value)) return value
  const { way, ...notifications } = value
  return { backend: way, ...notifications }
}
