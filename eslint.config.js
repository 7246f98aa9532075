/**
 * Svelte's files, by what their text shows. The rules that need types are Oxlint's, in TypeScript (.oxlintrc.json) and in
 * components (build/lint/components.ts).
 */
import js from '@eslint/js'
import svelte from 'eslint-plugin-svelte'
import globals from 'globals'
import ts from 'typescript-eslint'
import { parserOfOneFile } from './build/lint/parser-of-one-file.js'
import svelteConfig from './svelte.config.js'

export default ts.config({
  files: ['renderer/**/*.svelte', 'renderer/**/*.svelte.ts'],
  extends: [
    js.configs.recommended,
    ...ts.configs.strict,
    ...svelte.configs.recommended,
    {
      languageOptions: {
        globals: globals.browser,
        parserOptions: { parser: parserOfOneFile, svelteConfig }
      },
      rules: {
        '@typescript-eslint/consistent-type-imports': 'error',
        '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
        eqeqeq: 'error',
        'max-lines': ['error', 300],
        'max-lines-per-function': ['error', 80],
        // TypeScript itself reports these, and knows Svelte's runes.
        'no-undef': 'off',
        'prefer-const': 'off',
        'svelte/prefer-const': 'error',
        // The code has no Svelte stores; looking for them takes a third of the time.
        'svelte/require-store-reactive-access': 'off'
      }
    },
    {
      files: ['renderer/inbox/list/{tickets,selection}.svelte.ts'],
      // Its sets and maps are replaced, never changed: `$state.raw` sees that and costs nothing per entry.
      rules: { 'svelte/prefer-svelte-reactivity': 'off' }
    }
  ]
})
