import eslint from '@eslint/js';
import { defineConfig } from 'eslint/config';
import tseslint from 'typescript-eslint';

/** Where the world may be touched. A file that is not named here is given time, chance and settings by its caller. */
const READS_SETTINGS = ['src/main.ts', 'src/commands/**'];
const READS_CLOCK = ['src/clock.ts', 'src/emulator/server.ts'];
const SETS_TIMERS = ['src/clock.ts', 'src/emulator/server.ts', 'src/job/records/run-lock.ts'];
const ROLLS_DICE = ['src/job/run-job.ts', 'src/job/doctor/doctor.ts', 'src/commands/outlook-options.ts'];
/** Names for runs, locks and temporary files, and the nonce of a signed request. */
const MAKES_TOKENS = [
  'src/job/run-id.ts',
  'src/job/run-job.ts',
  'src/job/records/run-lock.ts',
  'src/job/files/write-file-safely.ts',
  'src/cloud/client.ts',
];
/** Lists of facts: long, but with nothing to follow. */
const TABLES = ['src/wire/error-codes.ts'];

const SETTINGS = ['env', 'argv', 'exit', 'exitCode', 'stdin', 'stdout', 'stderr'].map((property) => ({
  object: 'process',
  property,
  message: 'Only main.ts and commands/ touch the process; take the value as a parameter.',
}));
const CLOCK = [
  { object: 'Date', property: 'now', message: 'Take the time from a Clock.' },
  { object: 'performance', property: 'now', message: 'Take the time from a Clock.' },
];
const DICE = [{ object: 'Math', property: 'random', message: 'Take chance as a parameter.' }];
const TIMERS = ['setTimeout', 'setInterval', 'setImmediate'].map((name) => ({
  name,
  message: 'Sleep with a Clock.',
}));
const TOKENS = {
  name: 'node:crypto',
  importNames: ['randomBytes', 'randomUUID', 'randomInt', 'randomFillSync', 'getRandomValues', 'webcrypto'],
  message: 'Take chance as a parameter.',
};
const HIDDEN_GLOBALS = [
  'node:process',
  'process',
  'node:timers',
  'node:timers/promises',
  'node:perf_hooks',
].map((name) => ({ name, message: 'Use the global, so that the rules on who may do so can see it.' }));
const NEW_DATE_NOW = {
  selector: 'NewExpression[callee.name="Date"][arguments.length=0]',
  message: 'new Date() reads the clock; take the time from a Clock.',
};
const DEFAULT_EXPORT = {
  selector: 'ExportDefaultDeclaration',
  message: 'Export by name: a name that is searched for is then found.',
};
const GLOBAL_CRYPTO = { name: 'crypto', message: 'Import from node:crypto.' };

const forbidProperties = (...groups) => ({ 'no-restricted-properties': ['error', ...groups.flat()] });
const forbidImports = (...groups) => ({ 'no-restricted-imports': ['error', { paths: groups.flat() }] });
const forbidSyntax = (...selectors) => ({ 'no-restricted-syntax': ['error', ...selectors] });
const forbidGlobals = (...groups) => ({ 'no-restricted-globals': ['error', ...groups.flat()] });

const TYPES = {
  '@typescript-eslint/ban-ts-comment': [
    'error',
    { 'ts-ignore': true, 'ts-nocheck': true, 'ts-expect-error': true },
  ],
  '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
  '@typescript-eslint/no-explicit-any': 'error',
  '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
  '@typescript-eslint/no-unused-vars': [
    'error',
    { argsIgnorePattern: '^_', varsIgnorePattern: '^_', destructuredArrayIgnorePattern: '^_' },
  ],
  // Numbers are at home in messages.
  '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
  // An async function may be async because the interface is.
  '@typescript-eslint/require-await': 'off',
  eqeqeq: 'error',
  'no-console': 'error',
};

/** Rules of the strict set that are wrong about this code more often than right. */
const TOO_STRICT = {
  // `return refuse(...)` is the house's way to leave early.
  '@typescript-eslint/no-confusing-void-expression': 'off',
  // They believe the types where Node keeps less than it promises (isTTY, columns), and take what was true before an await for true after it.
  '@typescript-eslint/no-unnecessary-condition': 'off',
  '@typescript-eslint/no-unnecessary-boolean-literal-compare': 'off',
  // A branded id is made by naming its type.
  '@typescript-eslint/no-unnecessary-type-parameters': 'off',
  // By code point is what a spread text is meant to be.
  '@typescript-eslint/no-misused-spread': ['error', { allow: ['string'] }],
};

export default defineConfig(
  { ignores: ['dist/', 'coverage/', 'reports/', '.rd-reconcile/', '.mutants/'] },
  { linterOptions: { reportUnusedDisableDirectives: 'error', reportUnusedInlineConfigs: 'error' } },
  eslint.configs.recommended,
  {
    files: ['**/*.ts'],
    languageOptions: {
      parserOptions: { project: './tsconfig.test.json', tsconfigRootDir: import.meta.dirname },
    },
  },
  {
    files: ['src/**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked],
    rules: {
      ...TYPES,
      ...TOO_STRICT,
      // A switch counts as one: a long flat list of cases is easy to follow.
      complexity: ['error', { max: 12, variant: 'modified' }],
      'max-depth': ['error', 3],
      'max-lines': ['error', { max: 200, skipBlankLines: true, skipComments: true }],
      'max-lines-per-function': ['error', { max: 60, skipBlankLines: true, skipComments: true }],
      'max-params': ['error', 6],
      'no-warning-comments': 'error',
      ...forbidProperties(SETTINGS, CLOCK, DICE),
      ...forbidGlobals(TIMERS, GLOBAL_CRYPTO),
      ...forbidSyntax(NEW_DATE_NOW, DEFAULT_EXPORT),
      ...forbidImports(HIDDEN_GLOBALS, TOKENS),
    },
  },
  { files: READS_SETTINGS, rules: forbidProperties(CLOCK, DICE) },
  { files: READS_CLOCK, rules: { ...forbidProperties(SETTINGS, DICE), ...forbidSyntax(DEFAULT_EXPORT) } },
  { files: SETS_TIMERS, rules: forbidGlobals(GLOBAL_CRYPTO) },
  { files: ROLLS_DICE, rules: forbidProperties(SETTINGS, CLOCK) },
  { files: MAKES_TOKENS, rules: forbidImports(HIDDEN_GLOBALS) },
  { files: TABLES, rules: { 'max-lines': 'off' } },
  {
    files: ['test/**/*.ts', '*.config.ts'],
    extends: [tseslint.configs.recommendedTypeChecked],
    rules: {
      ...TYPES,
      // Asymmetric matchers and parsed JSON are `any`; what they hold is what the test checks.
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/unbound-method': 'off',
      'no-control-regex': 'off',
    },
  },
  {
    files: ['**/*.{js,mjs,cjs}'],
    languageOptions: {
      globals: {
        console: 'readonly',
        process: 'readonly',
        URL: 'readonly',
        fetch: 'readonly',
        module: 'writable',
      },
    },
  },
);
