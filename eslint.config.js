import js from '@eslint/js'
import svelte from 'eslint-plugin-svelte'
import globals from 'globals'
import ts from 'typescript-eslint'
import svelteConfig from './svelte.config.js'

/** Only the contract's two wrappers speak to Electron's IPC; everybody else uses the contract. */
const noRawIpc = {
  paths: [
    { name: 'electron', importNames: ['ipcMain', 'ipcRenderer'], message: 'Use the contract (electron/ipc).' }
  ]
}

export default ts.config(
  {
    ignores: [
      'dist/',
      'release/',
      'node_modules/',
      'docs/',
      'test-results/',
      '**/*.cjs',
      '*.config.js',
      'build/electron-runtime/default-app/',
      'build/hooks/'
    ]
  },
  js.configs.recommended,
  ...ts.configs.strictTypeChecked,
  ...svelte.configs.recommended,
  {
    languageOptions: {
      globals: { ...globals.node, ...globals.browser },
      parserOptions: {
        projectService: true,
        extraFileExtensions: ['.svelte'],
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
      'no-restricted-imports': ['error', noRawIpc],
      eqeqeq: 'error'
    }
  },
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: { parserOptions: { parser: ts.parser, svelteConfig } },
    // TypeScript itself reports these, and knows Svelte's runes.
    rules: { 'no-undef': 'off', 'prefer-const': 'off', 'svelte/prefer-const': 'error' }
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
    files: ['renderer/inbox/list/tickets.svelte.ts'],
    // Its sets and maps are replaced, never changed: `$state.raw` sees that and costs nothing per entry.
    rules: { 'svelte/prefer-svelte-reactivity': 'off' }
  },
  {
    files: ['electron/**', 'renderer/**'],
    rules: { 'max-lines': ['error', 300], 'max-lines-per-function': ['error', 80] }
  },
  {
    // Tables of words, and sample tickets.
    files: ['renderer/lib/i18n/**', 'electron/desktop/words.ts', 'electron/demo/sample.ts'],
    rules: { 'max-lines': 'off' }
  },
  { files: ['test/**'], rules: { '@typescript-eslint/no-misused-spread': 'off' } },
  { files: ['electron/ipc/register.ts', 'electron/preload.ts'], rules: { 'no-restricted-imports': 'off' } }
)
