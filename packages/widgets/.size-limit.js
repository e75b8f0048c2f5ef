/** What each kind of page loads, gzipped, as Vite would bundle it: modules, texts in UTF-8. */
const lazy = [
  ...['./zh-*', './drawing-*', './export-menu-*', './breakdown-*'],
  ...['./advice-requests-*', './advice-arithmetic-*'],
  ...['./alert-requests-*', './alert-editor-*'],
  ...['./call-drawer-*', './call-columns-menu-*', './call-filter-chips-*'],
];
const modifyEsbuildConfig = (config) => ({ ...config, format: 'esm', charset: 'utf8' });

export default [
  {
    name: 'the quota element alone',
    path: 'dist/elements/usage-quota.js',
    // 20 KiB until answers were checked, links and tokens guarded, and the viewer's days shown: that is 4 KiB. The checks of
    // costs, parts of tokens and providers, which the client has for every endpoint, are half a KiB more.
    // Requests that change something, and files, are three quarters of a KiB.
    limit: '25.25 KiB',
    gzip: true,
    ignore: lazy,
    modifyEsbuildConfig,
  },
  {
    name: 'all elements, without charts',
    path: 'dist/define.js',
    // 60 KiB before advice, alerts, budgets and files; their checks, requests, menus and editors are loaded on demand.
    limit: '66 KiB',
    gzip: true,
    ignore: lazy,
    modifyEsbuildConfig,
  },
  {
    name: 'all elements, with charts and languages',
    path: 'dist/define.js',
    // 125 KiB before advice, alerts, budgets and files in two languages.
    limit: '136 KiB',
    gzip: true,
    modifyEsbuildConfig,
  },
  {
    name: 'the one file of a script tag',
    path: 'dist/usage-kit.js',
    limit: '136 KiB',
    gzip: true,
    modifyEsbuildConfig,
  },
];
