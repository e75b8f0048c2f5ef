/**
 * Which pages the site has apart from those that are written for it, and where their text is.
 *
 * A text is in one place only: the site shows what the repository has already. Paths are those of the repository, and a
 * page's slug is its address below the root.
 */

const SDK = 'packages/server-sdk/README.md';
const WIDGETS = 'packages/widgets/README.md';

/** Pages that show a text of the repository: all of it, or the sections of these headings, in this order. */
export const REPOSITORY_PAGES = [
  { slug: 'guides/mounting', title: 'Mounting the endpoints', from: SDK, sections: ['Mounting'] },
  { slug: 'guides/recording', title: 'Recording calls', from: SDK, sections: ['Recording calls'] },
  {
    slug: 'guides/embedding',
    title: 'Embedding in pages of other origins',
    from: SDK,
    sections: ['Embedding in pages of other origins'],
  },
  { slug: 'guides/databases', title: 'Databases', from: SDK, sections: ['Databases'] },
  {
    slug: 'guides/call-table',
    title: 'A call table of your own',
    from: SDK,
    sections: ['A call table of your own'],
  },
  { slug: 'guides/quota', title: 'Quota', from: SDK, sections: ['Quota'] },
  {
    slug: 'guides/alerts',
    title: 'Alerts and budgets',
    from: SDK,
    sections: ['Alerts and budgets'],
  },
  { slug: 'guides/advice', title: 'Advice', from: SDK, sections: ['Advice'] },
  { slug: 'guides/files', title: 'Files', from: SDK, sections: ['Files'] },
  {
    slug: 'guides/reconcile',
    title: 'Check against the bill',
    from: SDK,
    sections: ['Check against the bill'],
  },
  { slug: 'guides/sql', title: 'Usage in SQL', from: 'docs/sql.md' },
  { slug: 'guides/react-pages', title: 'Pages for React', from: 'packages/react-pages/README.md' },
  { slug: 'guides/aigne-hub', title: 'Usage Kit in AIGNE Hub', from: 'docs/aigne-hub.md' },
  {
    slug: 'elements/use',
    title: 'Using the elements',
    from: WIDGETS,
    sections: ['A page without a build', 'With npm', 'Elements', 'Events', 'Polite to your server'],
  },
  {
    slug: 'elements/look',
    title: 'Look, words and money',
    from: WIDGETS,
    sections: ['Look', 'Words', 'Money'],
  },
  {
    slug: 'elements/components',
    title: 'Your own components',
    from: WIDGETS,
    sections: ['Your own components'],
  },
  { slug: 'endpoints/about', title: 'The API', from: SDK, sections: ['The API'] },
  { slug: 'reference/options', title: 'Options', from: SDK, sections: ['Options'] },
  {
    slug: 'reference/command-line',
    title: 'The command line',
    from: SDK,
    sections: ['The command line'],
  },
  { slug: 'reference/glossary', title: 'Glossary', from: 'docs/glossary.md' },
  { slug: 'reference/releasing', title: 'Versions and releases', from: 'docs/releasing.md' },
  { slug: 'operate/rollups', title: 'Rollups and health', from: SDK, sections: ['Rollups'] },
  { slug: 'operate/scaling', title: 'When one machine is not enough', from: 'docs/scaling.md' },
  { slug: 'operate/benchmark', title: 'Benchmark', from: 'docs/benchmark.md' },
  { slug: 'security/policy', title: 'Security policy and threat model', from: 'SECURITY.md' },
];

/** Folders whose files are a page each. Each host or front end has a text to begin with, and each decision one. */
export const REPOSITORY_FOLDERS = [
  { slug: 'starts', from: 'docs/starts', index: 'Five-minute starts' },
  {
    slug: 'decisions',
    from: 'docs/adr',
    index: 'Decisions',
    isSearched: false,
    skip: ['template.md'],
  },
];

/** Five-minute starts, in the order of the sidebar: servers, then pages. */
const SERVERS = ['koa', 'express', 'fastify', 'nest', 'hono', 'next'];
const FRONT_ENDS = ['html', 'react', 'vue', 'svelte'];

/** Endpoints that share a page, by the beginning of their path; any other path has a separate page. */
export const ENDPOINT_GROUPS = [
  { slug: 'alerts', title: 'Alert rules', zh: '告警规则', prefix: '/alerts' },
  { slug: 'budgets', title: 'Budgets', zh: '预算', prefix: '/budgets' },
  { slug: 'advice', title: 'Advice', zh: '优化建议', prefix: '/advice' },
  { slug: 'exports', title: 'Files', zh: '文件导出', prefix: '/exports' },
];

const link = (slug, label, zh) => ({
  label,
  link: slug === '' ? '/' : `/${slug}/`,
  translations: { 'zh-CN': zh },
});
const group = (label, zh, items) => ({
  label,
  translations: { 'zh-CN': zh },
  items,
  collapsed: false,
});
const closed = (label, zh, items) => ({ ...group(label, zh, items), collapsed: true });
const page = (slug, zh) => ({ slug, ...(zh && { translations: { 'zh-CN': zh } }) });
const starts = (names) => names.map((name) => page(`starts/${name}`));

/** Pages that are listed by hand, in the order in which they are read. */
const LISTED = {
  guides: [
    ['guides/mounting', '挂载接口'],
    ['guides/recording', '记录调用'],
    ['guides/embedding', '嵌入其他来源的页面'],
    ['guides/databases', '数据库'],
    ['guides/call-table', '使用自己的调用表'],
    ['guides/quota', '积分额度'],
    ['guides/alerts', '告警与预算'],
    ['guides/advice', '优化建议'],
    ['guides/files', '导出文件'],
    ['guides/reconcile', '与账单核对'],
    ['guides/sql', '用 SQL 查询用量'],
    ['guides/react-pages', 'React 页面'],
    ['guides/aigne-hub', '接入 AIGNE Hub'],
  ],
  elements: [
    ['elements/use', '使用元素'],
    ['elements/look', '外观、文案与金额'],
    ['elements/components', '自己的组件'],
  ],
  endpoints: [['endpoints/about', 'API 概述']],
  operate: [
    ['operate/backup'],
    ['operate/disaster-drill'],
    ['operate/copy'],
    ['operate/two-instances'],
    ['operate/metrics'],
    ['operate/sizing'],
    ['operate/retention'],
    ['operate/personal-data'],
    ['operate/rotating-keys'],
    ['operate/rollups', '汇总与健康状态'],
    ['operate/scaling', '一台机器不够时'],
    ['operate/benchmark', '基准测试'],
  ],
  security: [['security/host'], ['security/policy', '安全策略与威胁模型']],
  reference: [
    ['reference/options', '选项'],
    ['reference/command-line', '命令行'],
    ['reference/glossary', '术语表'],
    ['reference/releasing', '版本与发布'],
    ['decisions', '设计决策'],
  ],
};

/**
 * The sidebar, in both languages.
 * @param {ReadonlySet<string>} present the slugs of the pages that there are: a text may come or go
 */
export function createSidebar(present) {
  const known = (items) => items.filter(({ slug }) => present.has(slug));
  const listed = (name) => known(LISTED[name].map(([slug, zh]) => page(slug, zh)));
  /** Listed pages of a folder, then all others of it. */
  const folder = (name) => {
    const first = new Set(LISTED[name].map(([slug]) => slug));
    const others = [...present].filter((slug) => slug.startsWith(`${name}/`) && !first.has(slug));
    return [...listed(name), ...others.sort().map((slug) => page(slug))];
  };
  return [
    link('', 'What it is', '简介'),
    group('Five-minute starts', '五分钟上手', [
      ...known([{ ...page('starts', '概览'), label: 'Overview' }]),
      closed('A server', '服务端', known(starts(SERVERS))),
      closed('A page', '页面', known(starts(FRONT_ENDS))),
    ]),
    link('numbers', 'Numbers explained', '指标详解'),
    closed('Guides', '指南', listed('guides')),
    closed('Elements', '元素', folder('elements')),
    closed('Endpoints', '接口', folder('endpoints')),
    closed('Operating', '运维', listed('operate')),
    group('Security', '安全', listed('security')),
    closed('Reference', '参考', listed('reference')),
  ];
}
