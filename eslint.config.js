/** Svelte's files, with their types; everything else is Oxlint's, which is some twenty times quicker (.oxlintrc.json). */
import js from '@eslint/js'
import svelte from 'eslint-plugin-svelte'
import globals from 'globals'
import ts from 'typescript-eslint'
import svelteConfig from './svelte.config.js'

export default ts.config({
  files: ['renderer/**/*.svelte', 'renderer/**/*.svelte.ts'],
  extends: [
    js.configs.recommended,
    ...ts.configs.strictTypeChecked,
    ...svelte.configs.recommended,
    {
      languageOptions: {
        globals: globals.browser,
        parserOptions: {
          parser: ts.parser,
          projectService: true,
          extraFileExtensions: ['.svelte'],
          svelteConfig,
          tsconfigRootDir: import.meta.dirname
        }
      },
      rules: {
        '@typescript-eslint/consistent-type-imports': 'error',
        '@typescript-eslint/switch-exhaustiveness-check': [
          'error',
          { considerDefaultExhaustiveForUnions: true }
        ],
        '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
        '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
        '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
        eqeqeq: 'error',
        'max-lines': ['error', 300],
        'max-lines-per-function': ['error', 80],
        // TypeScript itself reports these, and knows Svelte's runes.
        'no-undef': 'off',
        'prefer-const': 'off',
        'svelte/prefer-const': 'error',
        // The code has no enums and no Svelte stores; looking for them takes a third of the time.
        '@typescript-eslint/no-unsafe-enum-assignment': 'off',
        '@typescript-eslint/no-unsafe-enum-comparison': 'off',
        'svelte/require-store-reactive-access': 'off'
      }
    },
    {
      files: ['**/*.svelte'],
      // In markup ESLint sees `any` where svelte-check, which is part of `npm run check`, knows the type.
      rules: {
        '@typescript-eslint/no-unsafe-argument': 'off',
        '@typescript-eslint/no-unsafe-assignment': 'off',
        '@typescript-eslint/no-unsafe-call': 'off',
        '@typescript-eslint/no-unsafe-member-access': 'off',
        '@typescript-eslint/no-unsafe-return': 'off'
      }
    },
    {
      files: ['renderer/inbox/list/{tickets,selection}.svelte.ts'],
      // Its sets and maps are replaced, never changed: `$state.raw` sees that and costs nothing per entry.
      rules: { 'svelte/prefer-svelte-reactivity': 'off' }
    }
  ]
})
