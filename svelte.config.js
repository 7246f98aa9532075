import { vitePreprocess } from '@sveltejs/vite-plugin-svelte'

/** The button around an icon says what it does. */
const unspokenIcons = {
  name: 'unspoken-icons',
  /** @param {{ content: string, filename?: string }} file */
  markup: ({ content, filename }) =>
    filename?.endsWith('.svg') ? { code: content.replace('<svg', '<svg aria-hidden="true"') } : undefined
}

/** @type {import('@sveltejs/vite-plugin-svelte').SvelteConfig} */
export default {
  // An icon is a component without a script: Svelte clones it whole, where a general one is put together by attribute.
  extensions: ['.svelte', '.svg'],
  preprocess: [unspokenIcons, vitePreprocess({ script: true })],
  compilerOptions: { runes: true }
}
