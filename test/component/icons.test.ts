import { render } from '@testing-library/svelte'
import AlarmClock from 'lucide-static/icons/alarm-clock.svg'
import Copy from 'lucide-static/icons/copy.svg'
import Search from 'lucide-static/icons/search.svg'
import { expect, it } from 'vitest'
import AppPicture from '../../build/icon/app.svg'

it.each([
  ['of circle and lines', AlarmClock, 6],
  ['of a rectangle', Copy, 2],
  ['that begins with a relative line', Search, 2]
] as const)('an icon %s is one path with all its outlines, and is not spoken', (_kind, icon, outlines) => {
  const { container } = render(icon)
  const [svg, ...others] = container.querySelectorAll('svg')
  expect(others).toEqual([])
  expect(svg?.getAttribute('aria-hidden')).toBe('true')
  expect([...(svg?.children ?? [])].map(({ tagName }) => tagName.toLowerCase())).toEqual(['path'])
  // Each outline begins where it did by itself: an `m` behind another path would be relative to its end.
  const path = svg?.querySelector('path')?.getAttribute('d') ?? ''
  expect(path.match(/M/g)).toHaveLength(outlines)
  expect(path).not.toContain('m')
})

it("the app's picture keeps each shape with its colours, and is not spoken", () => {
  const { container } = render(AppPicture)
  expect(container.querySelector('svg')?.getAttribute('aria-hidden')).toBe('true')
  const drawn = [...container.querySelectorAll('svg > *')].map((shape) => [
    shape.tagName.toLowerCase(),
    shape.getAttribute('fill') ?? shape.getAttribute('stroke')
  ])
  expect(drawn).toEqual([
    ['rect', '#0d7f80'],
    ['path', '#fff'],
    ['path', '#0d7f80'],
    ['path', '#0d7f80']
  ])
})
