/** Prefix of a service number in a version of the API. */
export type ServicePrefix = 'S' | ''

const serviceIdPattern = /^\s*(?:([sd])\s*-?\s*)?(\d{1,12})\s*$/i

/** `952157`, `S952157`, `s 952157` or a domain's `D1234`. */
export const isServiceId = (input: string): boolean => serviceIdPattern.test(input)

/**
 * The id in the format of an API version: v1 expects an `S` before the number (added only once), v2 has no prefix. The `D` of
 * a domain is kept in both. Any other text is sent as typed.
 */
export function serviceWithPrefix(input: string, prefix: ServicePrefix): string {
  const match = serviceIdPattern.exec(input)
  if (!match) return input.trim()
  const number = match[2] ?? ''
  return match[1]?.toUpperCase() === 'D' ? `D${number}` : prefix + number
}

/** Canonical form for storing and comparing: `952157` or `D1234`. */
export const serviceKey = (input: string): string => serviceWithPrefix(input, '')
