import {
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { root, run, runNpm } from '../../../../scripts/lib/run.mjs';
import { readInstructions } from './readme.mjs';

const TEMPLATES = import.meta.dirname;
const PACKED = ['server-sdk', 'widgets', 'react-pages'];
const SQLITE_BINARY = join('node_modules', 'sqlite3', 'build', 'Release', 'node_sqlite3.node');

/** Of npm's own settings, those that say "this repository": the fresh app is none of its workspaces. */
const outside = Object.fromEntries(
  Object.keys(process.env)
    .filter((name) => /^npm_config_(workspaces?|local_prefix|prefix|include_workspace)/i.test(name))
    .map((name) => [name, undefined]),
);

/** The versions of the tools of this repository: the newest need not run on its oldest Node. */
const versions = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).devDependencies;
const { '@vitejs/plugin-react': plugin, next } = JSON.parse(
  readFileSync(join(root, 'packages/react-pages/package.json'), 'utf8'),
).devDependencies;

/** The driver that the SDK's README says to install for SQLite. */
const { sqlite3 } = JSON.parse(
  readFileSync(join(root, 'packages/server-sdk/package.json'), 'utf8'),
).devDependencies;

/** Of the files in the README, those of its Next.js app; the others are the Vite app's. */
const isNextFile = (name) => name.startsWith('app/');

/**
 * Makes a Vite app that has never seen this repository, and in `next` a Next.js app: the packed tarballs, and what the README
 * says.
 * @param {string} directory an empty one
 */
export async function makeApp(directory) {
  const { packages, files } = readInstructions(new URL('../../README.md', import.meta.url));
  const tarballs = await pack(directory);
  write(directory, 'package.json', JSON.stringify({ private: true, type: 'module' }));
  write(directory, 'vite.config.js', VITE_CONFIG);
  write(directory, 'tsconfig.json', JSON.stringify(TYPESCRIPT_CONFIG));
  for (const [name, source] of files) {
    if (isNextFile(name)) write(directory, join('next', name), source);
    else write(directory, name, source.replace(...PROJECT_FROM_URL));
  }
  cpSync(join(TEMPLATES, 'next'), join(directory, 'next'), { recursive: true });
  write(directory, 'next/tsconfig.json', JSON.stringify(NEXT_TYPESCRIPT_CONFIG));
  write(directory, 'next/package.json', JSON.stringify({ private: true, type: 'module' }));
  for (const name of ['index.html', 'server.mjs']) {
    copyFileSync(join(TEMPLATES, name), join(directory, name));
  }
  await install(directory, [
    ...tarballs,
    ...packages.filter((name) => !name.startsWith('@usage-kit/')),
    `vite@${versions.vite}`,
    `typescript@${versions.typescript}`,
    `@vitejs/plugin-react@${plugin}`,
    '@types/react@19',
    '@types/react-dom@19',
    '@types/node@20',
    `next@${next}`,
    `sqlite3@${sqlite3}`,
  ]);
  copySqlite(directory);
}

/** Installs packages in the fresh app. */
export async function install(directory, packages) {
  // No scripts: of all packages only sqlite3 needs one, which compiles for minutes; see `copySqlite`.
  const quiet = [
    '--ignore-scripts',
    '--prefer-offline',
    '--no-audit',
    '--no-fund',
    '--loglevel=error',
  ];
  await succeed(runNpm(['install', ...quiet, ...packages], { cwd: directory, env: outside }));
}

/** Checks the types of the app against those of the tarballs, and builds it. */
export async function buildApp(directory) {
  const bin = (...path) => [process.execPath, join(directory, 'node_modules', ...path)];
  await succeed(run(bin('typescript', 'bin', 'tsc'), { cwd: directory }));
  const vite = [...bin('vite', 'bin', 'vite.js'), 'build', '--logLevel', 'error'];
  await succeed(run(vite, { cwd: directory }));
}

/** Builds the Next.js app, its types checked by Next itself. */
export async function buildNextApp(directory) {
  const bin = join(directory, 'node_modules', 'next', 'dist', 'bin', 'next');
  const env = { NEXT_TELEMETRY_DISABLED: '1', NODE_ENV: 'production' };
  await succeed(run([process.execPath, bin, 'build'], { cwd: join(directory, 'next'), env }));
}

async function pack(directory) {
  const missing = PACKED.find((name) => !existsSync(join(root, 'packages', name, 'dist')));
  if (missing) throw new Error(`packages/${missing} is not built: run \`npm run build\` first.`);
  const workspaces = PACKED.flatMap((name) => ['-w', `packages/${name}`]);
  const quiet = ['--silent', '--ignore-scripts', '--pack-destination', directory];
  await succeed(runNpm(['pack', ...workspaces, ...quiet], { env: outside }));
  const tarballs = readdirSync(directory).filter((name) => name.endsWith('.tgz'));
  if (tarballs.length !== PACKED.length) throw new Error(`Packed ${tarballs.join(', ')}.`);
  return tarballs.map((name) => `./${name}`);
}

/** Gives the fresh app the native part of sqlite3 that was compiled for this checkout. */
function copySqlite(directory) {
  const versionIn = (place) =>
    JSON.parse(readFileSync(join(place, 'node_modules', 'sqlite3', 'package.json'), 'utf8'))
      .version;
  if (versionIn(root) !== versionIn(directory)) throw new Error('Two versions of sqlite3.');
  mkdirSync(dirname(join(directory, SQLITE_BINARY)), { recursive: true });
  copyFileSync(join(root, SQLITE_BINARY), join(directory, SQLITE_BINARY));
}

function write(directory, name, text) {
  mkdirSync(dirname(join(directory, name)), { recursive: true });
  writeFileSync(join(directory, name), text);
}

async function succeed(running) {
  const code = await running;
  if (code !== 0) throw new Error(`A command of the fresh app ended with ${code}; see above.`);
}

/** The README's app shows the dashboard; here it shows the page of a project too. */
const PROJECT_FROM_URL = [
  'appDid={null}',
  'appDid={new URLSearchParams(location.search).get("project")}',
];

const VITE_CONFIG = `import react from '@vitejs/plugin-react';
export default { plugins: [react()] };
`;

const TYPESCRIPT_CONFIG = {
  compilerOptions: {
    target: 'ES2022',
    lib: ['ES2023', 'DOM', 'DOM.Iterable'],
    module: 'ESNext',
    moduleResolution: 'Bundler',
    jsx: 'react-jsx',
    strict: true,
    noEmit: true,
    // As in Vite's own template: others' declarations are not this app's to check.
    skipLibCheck: true,
  },
  include: ['src'],
};

const NEXT_TYPESCRIPT_CONFIG = {
  compilerOptions: { ...TYPESCRIPT_CONFIG.compilerOptions, plugins: [{ name: 'next' }] },
  include: ['next-env.d.ts', 'app', '.next/types/**/*.ts'],
};
