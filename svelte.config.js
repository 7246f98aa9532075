import { vitePreprocess } from '@sveltejs/vite-plugin-svelte'

/**
 * The outline of a shape as path data that may follow any other; null for a shape that icons do not have.
 * @param {string} name
 * @param {Readonly<Record<string, string>>} attributes
 */
function outlineOf(name, attributes) {
  const { d = '', cx = '0', cy = '0', r = '0', x1, x2, y1, y2 } = attributes
  const { x = '0', y = '0', width, height, rx = '0' } = attributes
  const number = Number
  switch (name) {
    case 'path':
      // A first `m` is absolute, also with lines after it; behind another path it would not be.
      return d.replace(/^m\s*(-?[\d.]+)[\s,]*(-?[\d.]+)\s*(?=[-\d.])/, 'M$1 $2l').replace(/^m/, 'M')
    case 'circle':
      return `M${number(cx) - number(r)} ${cy}a${r} ${r} 0 1 0 ${2 * number(r)} 0a${r} ${r} 0 1 0-${2 * number(r)} 0z`
    case 'line':
      return `M${x1} ${y1}L${x2} ${y2}`
    case 'rect': {
      const [w, h] = [number(width) - 2 * number(rx), number(height) - 2 * number(rx)]
      /** @param {string} to */
      const corner = (to) => `a${rx} ${rx} 0 0 1 ${to}`
      return (
        `M${number(x) + number(rx)} ${y}h${w}${corner(`${rx} ${rx}`)}v${h}${corner(`-${rx} ${rx}`)}` +
        `h-${w}${corner(`-${rx}-${rx}`)}v-${h}${corner(`${rx}-${rx}`)}z`
      )
    }
    default:
      return null
  }
}

/**
 * An icon drawn as one path, since a list shows dozens of icons and each element costs memory and time.
 * @param {string} svg
 */
function asOnePath(svg) {
  const shapes = [...svg.matchAll(/<(?!svg\b|!--)([a-z]+)((?:\s+[\w-]+="[^"]*")*)\s*\/>/g)]
  const outlines = shapes.map(([, name = '', list = '']) =>
    outlineOf(
      name,
      Object.fromEntries([...list.matchAll(/([\w-]+)="([^"]*)"/g)].map((one) => [one[1], one[2]]))
    )
  )
  const begin = /<svg\b[^>]*>/.exec(svg)?.[0]
  if (!begin || outlines.length === 0 || outlines.includes(null))
    throw new Error(`An icon of another form: ${svg}`)
  return `${begin}<path d="${outlines.join('')}"/></svg>`
}

/**
 * Whether shapes have colours or lines of their own, which one path cannot have.
 * @param {string} svg
 */
const isPicture = (svg) => /<(?!svg\b)[a-z]+\s[^>]*(?:fill|stroke|opacity|transform)[\w-]*="/.test(svg)

const icons = {
  name: 'icons',
  /** @param {{ content: string, filename?: string }} file */
  markup: ({ content, filename }) =>
    // The button around an icon says what it does.
    filename?.endsWith('.svg')
      ? {
          code: (isPicture(content) ? content : asOnePath(content)).replace('<svg', '<svg aria-hidden="true"')
        }
      : undefined
}

/** @type {import('@sveltejs/vite-plugin-svelte').SvelteConfig} */
export default {
  // An icon is a component without a script: Svelte clones it whole, where a general one is put together by attribute.
  extensions: ['.svelte', '.svg'],
  preprocess: [icons, vitePreprocess({ script: true })],
  compilerOptions: { runes: true }
}
