/** The colour that the fewest tags have, the first of several: 0–7. */
export function nextColor(tags: readonly { readonly color: number }[]): number {
  const counts = Array.from({ length: 8 }, (_, color) => tags.filter((tag) => tag.color === color).length)
  return counts.indexOf(Math.min(...counts))
}
