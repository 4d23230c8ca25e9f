import js from '@eslint/js'
import prettier from 'eslint-config-prettier'
import boundaries from 'eslint-plugin-boundaries'
import vue from 'eslint-plugin-vue'
import { defineConfig, globalIgnores } from 'eslint/config'
import globals from 'globals'
import tseslint from 'typescript-eslint'

/**
 * The layers of src/, which of them each may import, and which packages it may use. A package is named as it is
 * imported; `node:*` stands for every module built into Node. What is not listed here may not be imported.
 */
const LAYERS = {
  shared: {
    layers: [],
    packages: [
      '@codemirror/state',
      '@noble/*',
      '@scure/base',
      'fractional-indexing',
      'image-dimensions',
      'jose',
      'perfect-freehand',
      'rbush',
      'zod',
    ],
  },
  client: {
    layers: ['shared'],
    packages: ['@codemirror/state', '@noble/*', '@scure/base', 'fractional-indexing', 'zod'],
  },
  server: {
    layers: ['shared'],
    packages: [
      'node:*',
      '@codemirror/state',
      '@noble/*',
      'better-sqlite3',
      'bonjour-service',
      'commander',
      'jose',
      'pino',
      'selfsigned',
      'ws',
      'yauzl',
      'yazl',
      'zod',
    ],
  },
  main: {
    layers: ['server', 'shared'],
    packages: [
      'electron',
      'node:*',
      '@codemirror/state',
      '@noble/*',
      'better-sqlite3',
      'bonjour-service',
      'electron-updater',
      'pino',
      'qrcode',
      'ws',
      'zod',
    ],
  },
  preload: { layers: ['shared'], packages: ['electron', 'zod'] },
  renderer: {
    layers: ['client', 'shared'],
    packages: [
      '@codemirror/*',
      '@fontsource-variable/*',
      '@lezer/*',
      '@lucide/vue',
      '@noble/*',
      'fractional-indexing',
      'idb',
      'perfect-freehand',
      'qrcode',
      'reka-ui',
      'sortablejs',
      'vue',
      'vue-i18n',
      'zod',
    ],
  },
}

/** Layers that must run everywhere: no DOM, no Node, and no clock or randomness but what is handed in. */
const PURE_LAYERS = ['src/shared/**/*.ts', 'src/client/**/*.ts']

/** Globals a pure layer may use; see types/universal.d.ts. */
const UNIVERSAL_GLOBALS = [
  'TextDecoder',
  'TextEncoder',
  'URL',
  'URLSearchParams',
  'queueMicrotask',
  'structuredClone',
]

const platformGlobals = [
  ...new Set([...Object.keys(globals.browser), ...Object.keys(globals.node), 'WebSocket', 'process']),
].filter((name) => !UNIVERSAL_GLOBALS.includes(name) && !(name in globals.builtin))

const nodeGlobals = [
  'process',
  'Buffer',
  'global',
  'require',
  'module',
  '__dirname',
  '__filename',
  'setImmediate',
]

const layerPolicies = Object.entries(LAYERS).flatMap(([layer, { layers, packages }]) => [
  {
    from: { element: { type: layer } },
    allow: [
      { to: { element: { types: { anyOf: [layer, ...layers] } } } },
      {
        to: {
          module: { origin: ['external', 'core'], source: packages.filter((name) => name !== 'node:*') },
        },
      },
      ...(packages.includes('node:*') ? [{ to: { module: { origin: 'core' } } }] : []),
    ],
  },
])

/** Rules that need types are oxlint's (.oxlintrc.json): it takes a sixth of the time that the same four take here. */
export default defineConfig(
  globalIgnores(['out', 'dist', '.cache', 'test-results', 'playwright-report', 'tests/fixtures']),
  js.configs.recommended,
  tseslint.configs.strict,
  vue.configs['flat/recommended'],
  {
    languageOptions: { ecmaVersion: 2023, sourceType: 'module' },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      'max-lines': ['error', { max: 400 }],
      eqeqeq: 'error',
      'no-empty': ['error', { allowEmptyCatch: false }],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/ban-ts-comment': ['error', { 'ts-expect-error': true, 'ts-ignore': true }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
    },
  },
  {
    // TypeScript's noImplicitReturns says so, and knows when all cases of a switch are there.
    rules: { 'vue/return-in-computed-property': 'off' },
  },
  {
    files: ['**/*.vue'],
    languageOptions: { parserOptions: { parser: tseslint.parser } },
    rules: {
      // vue-tsc knows which names exist, also in templates; ESLint does not see the DOM's types.
      'no-undef': 'off',
      'vue/block-lang': ['error', { script: { lang: 'ts' } }],
      'vue/component-api-style': ['error', ['script-setup']],
      'vue/multi-word-component-names': 'off',
    },
  },
  {
    files: ['src/**'],
    plugins: { boundaries },
    settings: {
      'boundaries/elements': Object.keys(LAYERS).map((layer) => ({
        type: layer,
        pattern: `src/${layer}`,
        partialMatch: false,
      })),
      'boundaries/dependency-nodes': ['import', 'dynamic-import', 'export'],
      'import/resolver': {
        node: { extensions: ['.ts', '.d.ts', '.vue', '.js', '.mjs', '.json', '.css'] },
      },
    },
    rules: {
      'no-console': 'error',
      'boundaries/no-unknown-files': 'error',
      'boundaries/dependencies': [
        'error',
        { default: 'disallow', checkAllOrigins: true, policies: layerPolicies },
      ],
    },
  },
  {
    files: PURE_LAYERS,
    rules: {
      'no-restricted-globals': ['error', ...platformGlobals],
      'no-restricted-properties': [
        'error',
        { object: 'Date', property: 'now', message: 'The clock comes in through the constructor.' },
        { object: 'Math', property: 'random', message: 'Randomness comes in through the constructor.' },
      ],
      'no-restricted-syntax': [
        'error',
        {
          selector: "NewExpression[callee.name='Date'][arguments.length=0]",
          message: 'The clock comes in through the constructor.',
        },
      ],
    },
  },
  { files: ['src/renderer/**'], rules: { 'no-restricted-globals': ['error', ...nodeGlobals] } },
  {
    files: ['scripts/**', '*.config.js', 'tools/**/*.ts'],
    languageOptions: { globals: globals.node },
  },
  { files: ['tools/bench/board/peers/*.js'], languageOptions: { globals: globals.browser } },
  prettier,
)
