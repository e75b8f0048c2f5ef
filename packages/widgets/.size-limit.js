/** What each kind of page loads, gzipped, as Vite would bundle it: modules, texts in UTF-8. */
const modifyEsbuildConfig = (config) => ({ ...config, format: 'esm', charset: 'utf8' });
const bundled = { gzip: true, modifyEsbuildConfig };
/** Loaded when a person first opens them. */
const onFirstUse = [
  ...['rule-form', 'export-menu', 'breakdown', 'advice-arithmetic', 'alert-badge'],
  ...['call-drawer', 'call-columns-menu', 'call-filter-chips', 'call-values-menu'],
  ...['range-panel', 'tooltips', 'ledger-day'],
];
/** Loaded with the first response that needs them. */
const onFirstData = [
  ...['alert-requests', 'alert-card', 'budget-card', 'advice-requests', 'advice-content'],
  ...['check-others', 'activity-body', 'latency-body', 'failures-body'],
  ...['row-drawing', 'ledger-list'],
];
const toChunks = (names) => names.map((name) => `./${name}-*`);

export default [
  {
    name: 'the quota element alone',
    path: 'dist/elements/usage-quota.js',
    // 20 KiB until answers were checked, links and tokens guarded, and the viewer's days shown: that is 4 KiB. The checks of
    // costs, parts of tokens and providers, which the client has for every endpoint, are half a KiB more.
    // Requests that change something, and files, are three quarters of a KiB.
    limit: '25.25 KiB',
    ignore: toChunks(['zh', 'drawing', ...onFirstData, ...onFirstUse]),
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
