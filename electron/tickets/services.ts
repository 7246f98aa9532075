/** What a version of the API wants before the number of a service. */
export type ServicePrefix = 'S' | ''

const shape = /^\s*(?:([sd])\s*-?\s*)?(\d{1,12})\s*$/i

/** `952157`, `S952157`, `s 952157` or a domain's `D1234`. */
export const isServiceId = (input: string): boolean => shape.test(input)

/**
 * The id as a version of the API wants it: v1 asks for an `S` before the number (once, whatever was typed), v2's
 * documentation has no prefix. A domain's `D` stays in both. What has another shape is sent as typed.
 */
export function serviceWithPrefix(input: string, prefix: ServicePrefix): string {
  const match = shape.exec(input)
  if (!match) return input.trim()
  const number = match[2] ?? ''
  return match[1]?.toUpperCase() === 'D' ? `D${number}` : prefix + number
}

/** One spelling for remembering and comparing: `952157` or `D1234`. */
export const serviceKey = (input: string): string => serviceWithPrefix(input, '')
