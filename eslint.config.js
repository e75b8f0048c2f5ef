import jsdoc from 'eslint-plugin-jsdoc';
import lit from 'eslint-plugin-lit';
import reactHooks from 'eslint-plugin-react-hooks';
import wc from 'eslint-plugin-wc';
import globals from 'globals';
import tseslint from 'typescript-eslint';

const source = ['packages/*/src/**/*.{ts,tsx}'];
const tests = ['**/*.test.{ts,tsx}', '{packages,examples}/*/test/**/*.{ts,tsx}'];
const stories = ['**/*.stories.{ts,tsx}', '.storybook/**/*.{ts,tsx}'];
const configs = ['**/*.config.{ts,js,mjs}', '.storybook/**/*.ts'];
/** Files whose length is data, not logic. */
const dataFiles = ['**/locales/**', '**/fixtures/**', '**/migrations/**', '**/*.fixture.ts'];
/** The only places that may ask for the time, roll dice or start a timer; everything else is handed them. */
const clockFiles = ['**/runtime/**', '**/*clock*.ts', '**/*timer*.ts', '**/poll-ports.ts'];
/** Programs people run in a terminal. */
const terminalFiles = [
  '**/bench/**',
  'scripts/**',
  'packages/*/scripts/**',
  '**/src/cli/**',
  '**/src/cli.ts',
  '**/src/server/console.ts',
  '**/src/runtime/logger.ts',
];

const impureCalls = [
  { object: 'Date', property: 'now', message: 'Take a clock (runtime) instead.' },
  { object: 'Math', property: 'random', message: 'Take a seeded generator instead.' },
];
const timers = ['setTimeout', 'setInterval', 'setImmediate'].map((name) => ({
  name,
  message: 'Timers live in runtime or *-timer files, so that tests can drive them.',
}));

export default tseslint.config(
  {
    ignores: [
      '**/dist/**',
      '**/node_modules/**',
      'storybook-static/**',
      'coverage/**',
      '.cache/**',
      '.demo/**',
      '**/.astro/**',
      'packages/docs-site/src/content/**',
      // Made by openapi-typescript.
      'packages/server-sdk/examples/typed-client/usage-api.ts',
      // Its packages are installed, and its types checked, by `npm run fresh-app`.
      'packages/react-pages/scripts/fresh-app/next/**',
    ],
  },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  {
    files: ['**/*.{ts,tsx}'],
    extends: [tseslint.configs.recommendedTypeChecked],
    languageOptions: { parserOptions: { projectService: true } },
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      '@typescript-eslint/ban-ts-comment': 'error',
      '@typescript-eslint/consistent-type-imports': ['error', { disallowTypeAnnotations: false }],
      // Merging an event map into the DOM's own takes an interface without members.
      '@typescript-eslint/no-empty-object-type': [
        'error',
        { allowInterfaces: 'with-single-extends' },
      ],
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true },
      ],
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_', caughtErrors: 'none' },
      ],
      // A port may be asynchronous while one of its implementations has nothing to wait for.
      '@typescript-eslint/require-await': 'off',
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: false }],
    },
  },
  {
    files: ['**/*.{js,mjs,cjs}'],
    languageOptions: { globals: globals.node, sourceType: 'module' },
    rules: { 'no-undef': 'error', 'no-unused-vars': ['error', { caughtErrors: 'none' }] },
  },
  { files: ['**/*.cjs'], languageOptions: { sourceType: 'commonjs' } },
  {
    files: ['packages/server-sdk/examples/embed-page/*.js'],
    languageOptions: { globals: globals.browser },
  },
  {
    // Parts of them run in the page.
    files: [
      'scripts/measure-pages.mjs',
      'scripts/lib/{page-measures,take-picture}.mjs',
      'packages/docs-site/scripts/lib/check-pages.mjs',
    ],
    languageOptions: { globals: globals.browser },
  },
  {
    files: ['**/*.{ts,tsx,js,mjs,cjs}'],
    rules: {
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      // 10 decisions; `??` and `?.` count too, hence a little more.
      complexity: ['error', 12],
      'no-console': 'error',
      'max-lines': ['error', { max: 250, skipBlankLines: true, skipComments: true }],
      'max-lines-per-function': ['error', { max: 60, skipBlankLines: true, skipComments: true }],
    },
  },
  {
    files: ['**/*.{ts,tsx,mjs}'],
    // Cases of a table are parameters.
    ignores: ['**/*.test.{ts,tsx,mjs}'],
    // Callers of more write an object, which names them.
    rules: { 'max-params': ['error', 4] },
  },
  {
    files: source,
    plugins: { jsdoc },
    rules: {
      'no-restricted-properties': ['error', ...impureCalls],
      'no-restricted-globals': ['error', ...timers],
      'jsdoc/require-jsdoc': [
        'error',
        {
          publicOnly: true,
          enableFixer: false,
          require: {
            FunctionDeclaration: true,
            ClassDeclaration: true,
            MethodDefinition: false,
            ArrowFunctionExpression: false,
          },
          contexts: ['TSInterfaceDeclaration'],
        },
      ],
      'jsdoc/require-param-description': 'error',
      'jsdoc/check-param-names': [
        'error',
        { checkDestructured: false, disableMissingParamChecks: true },
      ],
    },
  },
  {
    files: ['packages/widgets/src/**/*.ts'],
    extends: [lit.configs['flat/recommended'], wc.configs['flat/best-practice']],
    languageOptions: { globals: globals.browser },
    rules: {
      // The elements live in a class file and are defined in a *.define.ts next to it.
      'wc/file-name-matches-element': 'off',
      'wc/define-tag-after-class-definition': 'off',
      'wc/tag-name-matches-class': 'off',
      'wc/guard-define-call': 'off',
      'wc/guard-super-call': 'off',
      'wc/expose-class-on-global': 'off',
    },
  },
  {
    files: ['packages/{react-pages,demo-host}/**/*.{ts,tsx}', 'examples/**/*.tsx'],
    plugins: { 'react-hooks': reactHooks },
    rules: { 'react-hooks/rules-of-hooks': 'error', 'react-hooks/exhaustive-deps': 'error' },
  },
  {
    files: clockFiles,
    rules: { 'no-restricted-properties': 'off', 'no-restricted-globals': 'off' },
  },
  { files: terminalFiles, rules: { 'no-console': 'off' } },
  { files: dataFiles, rules: { 'max-lines': 'off', complexity: 'off' } },
  {
    // A second version of an element on the page is the integrator's to know: the console is the only place to say so.
    files: ['packages/widgets/src/**/*.ts'],
    rules: { 'no-console': ['error', { allow: ['warn'] }] },
  },
  {
    files: [...tests, ...stories, ...configs],
    rules: {
      'no-restricted-properties': 'off',
      'no-restricted-globals': 'off',
      'max-lines': ['error', { max: 400, skipBlankLines: true, skipComments: true }],
      'max-lines-per-function': 'off',
      'no-console': 'off',
      'jsdoc/require-jsdoc': 'off',
      'lit/no-invalid-html': 'off',
    },
  },
  {
    // What a JSON body or a page evaluates to is not typed; a wrong shape fails the test anyway.
    files: tests,
    rules: {
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
      '@typescript-eslint/unbound-method': 'off',
      '@typescript-eslint/no-unused-expressions': 'off',
      // Their own limit of a second fails on a machine that has other work.
      'no-restricted-syntax': [
        'error',
        {
          selector: "CallExpression[callee.property.name='waitFor'][arguments.length=1]",
          message: 'Say how long to wait: { timeout: 30_000 }.',
        },
        {
          selector:
            "ImportDeclaration[source.value='@open-wc/testing'] > ImportSpecifier[imported.name='waitUntil']",
          message: 'Use waitUntil of test-support.',
        },
      ],
    },
  },
);
