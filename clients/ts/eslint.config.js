import tseslint from 'typescript-eslint'

// The direction of references: protocol <- kernel <- replica <- storage-*, transport, react.
const MAY_KNOW = {
  protocol: [],
  kernel: ['protocol'],
  replica: ['protocol', 'kernel'],
  'storage-memory': ['protocol', 'kernel', 'replica'],
  'storage-dexie': ['protocol', 'kernel', 'replica'],
  transport: ['protocol', 'kernel', 'replica'],
  react: ['protocol', 'kernel', 'replica'],
}

// What a package may take from outside the house. Nothing else resolves to I/O in the pure ones.
const MAY_USE = { kernel: ['@noble/hashes', 'ot-text-unicode'], 'storage-dexie': ['dexie'], react: ['react'] }

// Pure rooms have no clock, no randomness, no I/O; most of it their compiler does not even know.
const BANNED_IN_PURE = [
  { object: 'Date', property: 'now', message: 'Time comes in as data.' },
  { object: 'Math', property: 'random', message: 'Randomness comes in as data.' },
]

const references = Object.entries(MAY_KNOW).map(([name, known]) => ({
  files: [`packages/${name}/src/**/*.{ts,tsx}`],
  rules: {
    'no-restricted-imports': ['error', {
      patterns: [{
        regex: `^(?!\\.{1,2}/|(?:${[...known.map((other) => `@taskgrid/${other}`), ...(MAY_USE[name] ?? [])].join('|') || '(?!)'})(?:$|/(?!\\.\\.)))`,
        message: `The package ${name} may not know this. See clients/ts/README.md.`,
      }, {
        regex: '^@taskgrid/[^/]+/',
        message: 'Only the public index of another package.',
      }],
    }],
  },
}))

export default tseslint.config(
  { ignores: ['**/dist/', '**/node_modules/', 'eslint.config.js'] },
  {
    files: ['**/*.{ts,tsx}'],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: { allowDefaultProject: ['vitest.config.ts'] }, tsconfigRootDir: import.meta.dirname } },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      // A code point loop and an index loop are both plain.
      '@typescript-eslint/prefer-for-of': 'off',
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true, ignoreVoidReturningFunctions: true }],
      // Index signatures are how the wire reads; dots would hide that the name may be absent.
      '@typescript-eslint/dot-notation': 'off',
      // What is taken out of an object to have the rest of it is named with an underscore.
      '@typescript-eslint/no-unused-vars': ['error', { varsIgnorePattern: '^_', argsIgnorePattern: '^_' }],
      'max-lines': ['error', { max: 300, skipBlankLines: true, skipComments: true }],
      'no-console': 'error',
    },
  },
  ...references,
  {
    files: ['packages/{protocol,kernel}/src/**/*.ts'],
    rules: {
      'no-restricted-properties': ['error', ...BANNED_IN_PURE],
      'no-restricted-syntax': ['error',
        { selector: "NewExpression[callee.name='Date'][arguments.length=0]", message: 'Time comes in as data.' },
        { selector: 'ImportExpression', message: 'No I/O in a pure room.' },
        { selector: ':function[async=true]', message: 'A pure room has nothing to wait for.' },
      ],
      'no-restricted-globals': ['error', 'fetch', 'crypto', 'process', 'setTimeout', 'setInterval', 'indexedDB', 'navigator', 'globalThis'],
    },
  },
  {
    // A vector's form is what its test says it is.
    files: ['**/test/**', 'testing/**', 'vitest.config.ts'],
    rules: { '@typescript-eslint/no-unnecessary-type-parameters': 'off', 'no-restricted-imports': 'off' },
  },
)
