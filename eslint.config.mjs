// One linter for the workspace. There is no warning level and no comment that switches a rule off: a rule that is wrong is
// changed here, for everybody.
import js from '@eslint/js';
import angular from 'angular-eslint';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import tseslint from 'typescript-eslint';

const root = fileURLToPath(new URL('.', import.meta.url));

/** Projects that know every file of their folder, the tests included. */
const projects = [
  'apps/api/tsconfig.spec.json',
  'apps/api-e2e/tsconfig.json',
  'apps/web/tsconfig.spec.json',
  'apps/web-e2e/tsconfig.json',
  'libs/contracts/tsconfig.json',
  'libs/client/tsconfig.spec.json',
  'bench/tsconfig.json',
  'faults/tsconfig.json',
].filter((path) => existsSync(root + path));

const TESTS = ['**/*.spec.ts', 'apps/*-e2e/**/*.ts'];

export default tseslint.config(
  {
    ignores: [
      '**/dist/',
      '**/node_modules/',
      '**/.angular/',
      '.nx/',
      '.cache/',
      '**/test-results/',
      'faults/results/',
      'apps/api/src/metadata.ts',
      'libs/contracts/src/openapi.ts',
      'libs/contracts/src/generated/',
    ],
  },
  { linterOptions: { noInlineConfig: true } },

  {
    files: ['**/*.mjs'],
    extends: [js.configs.recommended],
    languageOptions: {
      globals: Object.fromEntries(
        [
          'process',
          'console',
          'URL',
          'Buffer',
          'fetch',
          'AbortSignal',
          'setTimeout',
          'clearTimeout',
          'setInterval',
          'clearInterval',
        ].map((name) => [name, 'readonly']),
      ),
    },
  },

  {
    files: ['**/*.ts'],
    extends: [js.configs.recommended, tseslint.configs.strictTypeChecked],
    languageOptions: {
      parserOptions: {
        project: projects,
        tsconfigRootDir: root,
        emitDecoratorMetadata: true,
        experimentalDecorators: true,
      },
    },
    rules: {
      '@typescript-eslint/ban-ts-comment': [
        'error',
        { 'ts-expect-error': true, 'ts-ignore': true, 'ts-nocheck': true },
      ],
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      // Nest modules and Angular components may be nothing but their decorator.
      '@typescript-eslint/no-extraneous-class': ['error', { allowWithDecorator: true }],
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true },
      ],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/no-deprecated': [
        'error',
        // Marked only so that it stands out: plain HTTP is for a provider on one's own machine, which the configuration sees to.
        { allow: [{ from: 'package', package: 'openid-client', name: 'allowInsecureRequests' }] },
      ],
      // A DTO class is a shape: a literal that has the shape is one, and a row may be spread into another.
      '@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
      '@typescript-eslint/no-misused-spread': 'off',
      // `() => socket.close()` says what it does, whatever that returns.
      '@typescript-eslint/no-confusing-void-expression': 'off',
      eqeqeq: 'error',
      'max-lines': ['error', { max: 300 }],
      'no-warning-comments': ['error', { terms: ['todo', 'fixme', 'xxx', 'hack'] }],
    },
  },
  // The log goes through the logger; the launcher's own output is on the console.
  {
    files: ['apps/api/src/**/*.ts', 'libs/**/*.ts', 'apps/web/src/**/*.ts'],
    ignores: TESTS,
    rules: { 'no-console': 'error' },
  },
  {
    files: TESTS,
    rules: {
      // `expect.any()` and its like are typed `any`; a test's list is as long as the behaviours.
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-non-null-assertion': 'off',
      'max-lines': 'off',
    },
  },

  {
    files: ['apps/web/src/**/*.ts'],
    extends: [angular.configs.tsRecommended],
    processor: angular.processInlineTemplates,
    rules: {
      '@angular-eslint/component-selector': ['error', { type: 'element', prefix: 'chatr', style: 'kebab-case' }],
      '@angular-eslint/directive-selector': ['error', { type: 'attribute', prefix: 'chatr', style: 'camelCase' }],
    },
  },
  {
    files: ['apps/web/**/*.html'],
    extends: [angular.configs.templateRecommended, angular.configs.templateAccessibility],
  },
);
