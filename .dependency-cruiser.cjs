/**
 * Which folder may import which (docs/contributing.md, "Layers"). Dependencies point one way:
 * contract ← values ← runtime ← db ← aggregates ← recording, rollup, queries ← http; client ← store ← controllers ← templates ← base ← elements ← pages.
 */

const sdk = 'packages/server-sdk/src';

/** A rule that lets `folder` import only itself and `allowed` (folders or files of the same package). */
function layer(folder, allowed, extra = []) {
  const inside = [folder, ...allowed].map((name) =>
    name.endsWith('.ts') ? `^${sdk}/${name.replace('.', '\\.')}$` : `^${sdk}/${name}/`,
  );
  return {
    name: `layer-${folder}`,
    comment: `server-sdk/${folder} may import: ${[...allowed, ...extra].join(', ') || 'nothing'}`,
    severity: 'error',
    from: { path: `^${sdk}/${folder}/`, pathNot: '\\.test\\.ts$' },
    to: { path: '^packages/', pathNot: [...inside, ...extra] },
  };
}

/** Keeps a library where it belongs. */
function onlyIn(library, ...places) {
  return {
    name: `only-${library}-in`,
    severity: 'error',
    from: {
      path: `^${sdk}/`,
      pathNot: [...places.map((place) => `^${sdk}/${place}`), '\\.test\\.ts$'],
    },
    to: { path: `node_modules/${library}/`, dependencyTypesNot: ['type-only'] },
  };
}

/** The files that `exports` of a package names; everything else of it is private. */
const publicEntries = {
  'server-sdk': ['src/[^/]+\\.ts', 'src/contract/index\\.ts', 'dist/', 'package\\.json'],
  widgets: ['src/[^/]+\\.ts', 'src/elements/[^/]+/define\\.ts', 'dist/', 'package\\.json'],
  'react-pages': ['src/index\\.tsx?', 'dist/', 'package\\.json'],
  testing: ['src/', 'package\\.json'],
};

const entryRules = Object.entries(publicEntries).map(([name, entries]) => ({
  name: `public-entries-of-${name}`,
  comment: `Other packages use ${name} as an installed package does: by its exports.`,
  severity: 'error',
  from: { path: '^packages/', pathNot: `^packages/${name}/` },
  to: {
    path: `^packages/${name}/`,
    pathNot: entries.map((entry) => `^packages/${name}/${entry}`),
  },
}));

/** What every feature may build on. */
const shared = ['db', 'runtime', 'values', 'contract', 'errors.ts'];

module.exports = {
  forbidden: [
    {
      name: 'no-circular',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    layer('contract', []),
    layer('values', ['contract']),
    layer('runtime', ['values']),
    layer('metrics', ['runtime']),
    layer('db', ['runtime', 'values']),
    layer('aggregates', ['db', 'values', 'contract']),
    layer('source', ['aggregates', ...shared]),
    layer('pricing', ['aggregates', 'runtime', 'values', 'contract']),
    layer('recording', ['aggregates', 'pricing', ...shared]),
    layer('rollup', ['aggregates', 'source', 'metrics', ...shared]),
    layer('queries', ['aggregates', ...shared]),
    layer('quota', ['queries', ...shared]),
    layer('reprice', ['aggregates', 'pricing', 'queries', 'recording', 'rollup', ...shared]),
    layer('erase', ['aggregates', ...shared]),
    layer('copy', [...shared]),
    layer('alerts', ['aggregates', 'queries', 'quota', 'metrics', ...shared]),
    layer('doctor', ['alerts/outbox', 'rollup', 'source', ...shared]),
    layer('advice', ['aggregates', 'pricing', 'queries', 'quota', ...shared]),
    layer('exports', ['aggregates', 'queries', 'quota', ...shared]),
    layer('http', ['advice', 'alerts', 'exports', 'pricing', 'queries', 'quota', ...shared]),
    // Files read and mapped to calls: no SQL, so that any sink can take them.
    layer('import', ['recording', 'pricing', 'values', 'db/database.ts']),
    layer('reconcile', ['import', ...shared]),
    layer('conformance', ['contract', 'http/endpoints', 'http/exports', 'http/schemas']),
    {
      name: 'sql-in-stores',
      comment: 'SQL is written in stores; everything else calls their functions.',
      severity: 'error',
      from: {
        path: `^${sdk}/`,
        pathNot: [
          `^${sdk}/(db|source|cli)/`,
          `^${sdk}/create-usage`,
          '-store\\.ts$',
          '\\.test\\.ts$',
        ],
      },
      to: { path: `^${sdk}/db/dialects/`, dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'frozen-migrations',
      comment: 'A migration that imports today’s code changes its meaning tomorrow.',
      severity: 'error',
      from: { path: `^${sdk}/db/migrations/` },
      to: {
        path: '^packages/',
        pathNot: `^${sdk}/db/migrations/`,
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'cli-is-outermost',
      severity: 'error',
      from: { path: `^${sdk}/`, pathNot: `^${sdk}/cli` },
      to: { path: `^${sdk}/cli` },
    },
    onlyIn('knex', 'db/', '.*-store\\.ts$', 'create-usage', 'options/'),
    onlyIn('koa', 'http/', 'create-usage', 'index'),
    onlyIn('@koa', 'http/', 'create-usage', 'index'),
    onlyIn('node-schedule', 'rollup/'),
    onlyIn('jose', 'http/embed/'),
    onlyIn('hucre', 'exports/'),
    onlyIn('csv-stringify', 'exports/'),
    onlyIn('rate-limiter-flexible', 'http/limits/'),
    {
      name: 'widgets-take-types-only-from-the-server',
      comment: 'No page that embeds an element may have to install Koa or Knex.',
      severity: 'error',
      from: { path: '^packages/widgets/src/' },
      to: { path: '^packages/server-sdk/(?!src/contract/)', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'widgets-framework-free-core',
      comment: 'Client, store and formatting work without Lit, for React and for tests.',
      severity: 'error',
      from: { path: '^packages/widgets/src/(client|store|format)/', pathNot: '\\.test\\.ts$' },
      to: {
        path: 'node_modules/(lit|@lit)/|^packages/widgets/src/(controllers|elements|context)/',
      },
    },
    {
      name: 'widgets-frameworks-in-their-entries',
      comment: 'A page installs the framework that it is made with, and no other entry needs one.',
      severity: 'error',
      from: {
        path: '^packages/widgets/src/',
        pathNot: ['^packages/widgets/src/(react|vue|svelte|solid)\\.ts$', '\\.test\\.ts$'],
      },
      to: {
        path: 'node_modules/(react|react-dom|vue|@vue|svelte|solid-js)/',
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'widgets-view-models-render-nothing',
      comment:
        'What a template needs of a response is computed without Lit, so that tests need no browser.',
      severity: 'error',
      from: { path: '^packages/widgets/src/view-models/', pathNot: '\\.test\\.ts$' },
      to: {
        path: 'node_modules/(lit|@lit)/|^packages/widgets/src/(base|context|controllers|elements|templates)/',
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'widgets-templates-know-no-element',
      comment:
        'Templates are functions of a host and its data; base classes and elements call them.',
      severity: 'error',
      from: { path: '^packages/widgets/src/templates/' },
      to: {
        path: '^packages/widgets/src/(base|context|elements)/',
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'widgets-base-knows-no-element',
      severity: 'error',
      from: { path: '^packages/widgets/src/(base|controllers|utils)/', pathNot: '\\.test\\.ts$' },
      to: { path: '^packages/widgets/src/elements/' },
    },
    {
      name: 'testing-is-for-tests-and-stories',
      comment: 'Fixtures and mocks never reach what is published.',
      severity: 'error',
      from: {
        path: '^packages/[^/]+/src/',
        pathNot: [
          '^packages/testing/',
          // Never published: its examples show fixtures.
          '^packages/docs-site/',
          '\\.test\\.tsx?$',
          '\\.stories\\.tsx?$',
          '/test-support/',
        ],
      },
      to: { path: '^packages/testing/' },
    },
    ...entryRules,
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)dist/|storybook-static' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      conditionNames: ['usage-kit-source', 'import', 'require', 'node', 'default', 'types'],
      exportsFields: ['exports'],
      extensions: ['.ts', '.tsx', '.mjs', '.js', '.json'],
    },
  },
};
