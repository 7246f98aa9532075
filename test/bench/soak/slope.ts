export interface Slope {
  readonly perDay: number
  /** Standard error of it. */
  readonly error: number
}

/** A straight line through the points, by least squares; null for too few of them. */
export function slopeOf(points: readonly (readonly [day: number, value: number])[]): Slope | null {
  const count = points.length
  if (count < 4) return null
  const mean = (at: 0 | 1): number => points.reduce((sum, point) => sum + point[at], 0) / count
  const [day, value] = [mean(0), mean(1)]
  const width = points.reduce((sum, [x]) => sum + (x - day) ** 2, 0)
  const perDay = points.reduce((sum, [x, y]) => sum + (x - day) * (y - value), 0) / width
  const rest = points.reduce((sum, [x, y]) => sum + (y - value - perDay * (x - day)) ** 2, 0)
  return { perDay, error: Math.sqrt(rest / (count - 2) / width) }
}

/** Whether the line may be flat: zero is within twice its error. */
export const mayBeFlat = ({ perDay, error }: Slope): boolean => Math.abs(perDay) <= 2 * error
