import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'

const root = fileURLToPath(new URL('../../..', import.meta.url))
const css = (file: string): string => readFileSync(join(root, 'renderer/ui', file), 'utf8')

type Tokens = Readonly<Record<string, string>>
type Linear = readonly [red: number, green: number, blue: number]

/** Values set by the rules with one of these selectors (including the media query before it); later rules win. */
function tokensOf(selectors: readonly string[]): Tokens {
  const found: Record<string, string> = {}
  let media = ''
  for (const [, head, declarations, end] of css('tokens.css')
    .replace(/\/\*.*?\*\//gs, '')
    .matchAll(/\s*([^{};]+?)\s*\{((?:\s*[\w-]+:[^{};]+;)*\s*\})?|\s*(\})/g)) {
    if (end !== undefined) media = ''
    else if (head !== undefined && declarations === undefined) media = head
    else if (head !== undefined && selectors.includes(`${media} ${head}`.trim()))
      for (const [, name, value] of (declarations ?? '').matchAll(/--([\w-]+):\s*([^;]+);/g))
        found[name ?? ''] = value ?? ''
  }
  return found
}

const more = '@media (prefers-contrast: more)'
const dark = ['@media (prefers-color-scheme: dark)', ":root[data-theme='system']"].join(' ')
const themes: Readonly<Record<string, Tokens>> = {
  light: tokensOf([':root']),
  dark: tokensOf([':root', ":root[data-theme='dark']"]),
  'dark by the system': tokensOf([':root', dark]),
  'light, high contrast': tokensOf([':root', `${more} :root:root`]),
  'dark, high contrast': tokensOf([
    ':root',
    ":root[data-theme='dark']",
    `${more} :root:root`,
    `${more} :root:root[data-theme='dark']`
  ]),
  'dark by the system, high contrast': tokensOf([
    ':root',
    dark,
    `${more} :root:root`,
    `${more} and (prefers-color-scheme: dark) :root:root[data-theme='system']`
  ])
}

/** Chroma and hue of each account colour. */
const hues = [
  /--account-hue, ([\d.]+) (\d+)/,
  ...[1, 2, 3, 4, 5, 6, 7].map(
    (n) => new RegExp(`data-color='${n}'\\] \\{\\s*--account-hue: ([\\d.]+) (\\d+)`)
  )
].map((pattern) => {
  const [, chroma, hue] = pattern.exec(css('base.css')) ?? []
  return [Number(chroma), Number(hue)] as const
})

/** See https://www.w3.org/TR/css-color-4/#color-conversion-code. Colours out of gamut are clipped, as browsers do. */
function oklch(l: number, chroma: number, hue: number): Linear {
  const a = chroma * Math.cos((hue * Math.PI) / 180)
  const b = chroma * Math.sin((hue * Math.PI) / 180)
  const long = (l + 0.3963377774 * a + 0.2158037573 * b) ** 3
  const middle = (l - 0.1055613458 * a - 0.0638541728 * b) ** 3
  const short = (l - 0.0894841775 * a - 1.291485548 * b) ** 3
  const clip = (value: number): number => Math.max(0, Math.min(1, value))
  return [
    clip(4.0767416621 * long - 3.3077115913 * middle + 0.2309699292 * short),
    clip(-1.2684380046 * long + 2.6097574011 * middle - 0.3413193965 * short),
    clip(-0.0041960863 * long - 0.7034186147 * middle + 1.707614701 * short)
  ]
}
function hex(text = ''): Linear {
  const part = (at: number): number => {
    const value = Number.parseInt(text.slice(at, at + 2), 16) / 255
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
  }
  return [part(1), part(3), part(5)]
}
const luminance = ([red, green, blue]: Linear): number => 0.2126 * red + 0.7152 * green + 0.0722 * blue
function contrast(a: Linear, b: Linear): number {
  const [darker = 0, lighter = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y)
  return (lighter + 0.05) / (darker + 0.05)
}

describe.each(Object.entries(themes))('the colours of accounts, %s,', (_name, tokens) => {
  it('stand out from every ground they are on by 3:1', () => {
    const weak = hues.flatMap(([chroma, hue], color) =>
      ['panel', 'bg', 'selected', 'hover'].flatMap((ground) => {
        const mark = oklch(Number(tokens['account-lightness']), chroma, hue)
        const ratio = contrast(mark, hex(tokens[ground]))
        return ratio >= 3 ? [] : [`${color} on ${ground}: ${ratio.toFixed(2)}`]
      })
    )
    expect(weak).toEqual([])
  })
})

it('every theme has grounds and colours of its own', () => {
  const own = Object.values(themes).map((theme) => `${theme.panel} ${theme['account-lightness']}`)
  expect(new Set(own).size).toBe(4)
})

it('the colours of accounts are told from each other', () => {
  expect(hues).toHaveLength(8)
  const marks = hues.map(([chroma, hue]) => oklch(0.6, chroma, hue).join(' '))
  expect(new Set(marks).size).toBe(8)
})
