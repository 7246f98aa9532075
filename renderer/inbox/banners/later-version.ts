/** Whether `version` comes after `other` by its three numbers; after an empty one comes every version. */
export function isLaterVersion(version: string, other: string): boolean {
  const [a, b] = [version, other].map((one) => one.split(/[.+-]/, 3).map(Number))
  for (let i = 0; i < 3; i++) {
    const difference = (a?.[i] || 0) - (b?.[i] || 0)
    if (difference !== 0) return difference > 0
  }
  return false
}
