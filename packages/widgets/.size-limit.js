/** What each kind of page loads, gzipped, as Vite would bundle it: modules, texts in UTF-8. */
const modifyEsbuildConfig = (config) => ({ ...config, format: 'esm', charset: 'utf8' });
const bundled = { gzip: true, modifyEsbuildConfig };
/** Loaded when a person first opens them. */
const onFirstUse = [
  ...['rule-form', 'export-menu', 'breakdown', 'advice-arithmetic', 'alert-badge'],
  ...['call-drawer', 'call-columns-menu', 'call-filter-chips', 'call-values-menu'],
  ...['range-panel', 'tooltips', 'ledger-day'],
];
/** Loaded while the first response is requested, by the cards that need them. */
const onFirstData = [
  ...['check-body', 'problems', 'quota-figures'],
  ...['alert-requests', 'alert-card', 'budget-card', 'advice-requests', 'advice-content'],
  ...['check-others', 'activity-body', 'latency-body', 'failures-body'],
  ...['row-drawing', 'ledger-list'],
];
const toChunks = (names) => names.map((name) => `./${name}-*`);

export default [
  {
    name: 'the quota element alone',
    path: 'dist/elements/usage-quota.js',
    // What the first paint needs: the frame, its placeholder and the request. A third of it is Lit.
    limit: '20 KiB',
    ignore: toChunks(['zh', 'drawing', ...onFirstData, ...onFirstUse]),
    ...bundled,
  },
  {
    name: 'the quota element, its figures and what says what is wrong',
    path: 'dist/elements/usage-quota.js',
    limit: '27.25 KiB',
    ignore: toChunks(['zh', 'alert-requests', 'check-others', 'advice-requests', ...onFirstUse]),
    ...bundled,
  },
  {
    name: 'all elements, without charts',
    path: 'dist/define.js',
    limit: '64 KiB',
    ignore: toChunks(['zh', 'drawing', ...onFirstData, ...onFirstUse]),
    ...bundled,
  },
  {
    name: 'all elements, with charts, languages and all that data needs',
    path: 'dist/define.js',
    limit: '158 KiB',
    ignore: toChunks(onFirstUse),
    ...bundled,
  },
  {
    name: 'all elements, with charts',
    path: 'dist/define.js',
    limit: '130 KiB',
    ignore: toChunks(['zh', ...onFirstData, ...onFirstUse]),
    ...bundled,
  },
  ...onFirstUse.map((name) => ({
    name: `${name}, on first use`,
    path: `dist/${name}-*.js`,
    limit: '11 KiB',
    ignore: ['./chunk-*', '../chunk-*'],
    ...bundled,
  })),
  {
    name: 'the one file of a script tag',
    path: 'dist/usage-kit.js',
    // All of the above: one file loads nothing later.
    limit: '178 KiB',
    ...bundled,
  },
  {
    name: 'a query of a component, without its framework',
    path: 'dist/react.js',
    limit: '9 KiB',
    ignore: ['react', ...toChunks(onFirstData)],
    ...bundled,
  },
];
