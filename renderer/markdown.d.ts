declare module '*.md' {
  import type { Block } from './help/page.ts'
  const blocks: readonly Block[]
  export default blocks
}
