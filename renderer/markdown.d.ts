declare module '*.md' {
  // An import statement in here would not be resolved, and `Block` would be `any`.
  // oxlint-disable-next-line typescript/consistent-type-imports
  const blocks: readonly import('./help/page.ts').Block[]
  export default blocks
}
