/**
 * One line of plain text out of anything: control and bidi characters become spaces, so that no name or
 * message can pose as something else. `longest` counts characters as people see code points.
 */
export function plainLine(text: string, longest: number): string {
  const line = text
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim()
  const whole = Array.from(line)
  return whole.length > longest
    ? `${whole
        .slice(0, longest - 1)
        .join('')
        .trimEnd()}…`
    : line
}
