/**
 * Digits as SVG strokes, so that icons do not depend on the fonts of the build machine. Each is 6 wide and 10 high.
 */
const strokes: Readonly<Record<string, string>> = {
  '0': 'M1 3a2 2 0 0 1 4 0v4a2 2 0 0 1-4 0z',
  '1': 'M1.5 2.5L3.5 1v8',
  '2': 'M1 3a2 2 0 1 1 3.6 1.2L1 9h4',
  '3': 'M1 1h4L2.8 4.3A2.3 2.3 0 1 1 1 8',
  '4': 'M4 9V1L.8 6.6H5.3',
  '5': 'M4.8 1H1.4L1.1 4.6a2.3 2.3 0 1 1-.2 3.2',
  '6': 'M4.4 1C2.2 2 1 4.2 1 6.6a2 2 0 1 0 4 0a2 2 0 0 0-4 0',
  '7': 'M1 1h4L2.4 9',
  '8': 'M3 4.8a1.9 1.9 0 1 1 .01 0a2.1 2.1 0 1 1-.02 0',
  '9': 'M1.6 9C3.8 8 5 5.8 5 3.4a2 2 0 1 0-4 0a2 2 0 0 0 4 0',
  '+': 'M.6 5.2h4.4M2.8 3v4.4'
}

/** A number, centred at `x`, `y`. All lengths are in units of the surrounding picture. */
export function digitsSvg(text: string, x: number, y: number, height: number, color: string): string {
  const scale = height / 10
  const advance = 6 * scale
  const left = x - (advance * text.length) / 2
  return Array.from(text)
    .map((character, i) => {
      const place = `translate(${left + i * advance} ${y - height / 2}) scale(${scale})`
      const d = strokes[character] ?? ''
      return `<path transform="${place}" d="${d}" fill="none" stroke="${color}" stroke-width="1.7" stroke-linecap="round" stroke-linejoin="round"/>`
    })
    .join('')
}
