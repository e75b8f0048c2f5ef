import { copyFileSync, cpSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  copySqlite,
  installOutside,
  packPackages,
  runTool,
  writeInto,
} from '../../../../scripts/lib/outside/packages.mjs';
import { root } from '../../../../scripts/lib/run.mjs';
import { readInstructions } from './readme.mjs';

const TEMPLATES = import.meta.dirname;
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
  const tarballs = await packPackages(directory);
  writeInto(directory, 'package.json', JSON.stringify({ private: true, type: 'module' }));
  writeInto(directory, 'vite.config.js', VITE_CONFIG);
  writeInto(directory, 'tsconfig.json', JSON.stringify(TYPESCRIPT_CONFIG));
  for (const [name, source] of files) {
    if (isNextFile(name)) writeInto(directory, join('next', name), source);
    else writeInto(directory, name, source.replace(...PROJECT_FROM_URL));
  }
  cpSync(join(TEMPLATES, 'next'), join(directory, 'next'), { recursive: true });
  writeInto(directory, 'next/tsconfig.json', JSON.stringify(NEXT_TYPESCRIPT_CONFIG));
  writeInto(directory, 'next/package.json', JSON.stringify({ private: true, type: 'module' }));
  for (const name of ['index.html', 'server.mjs']) {
    copyFileSync(join(TEMPLATES, name), join(directory, name));
  }
  await install(directory, [
    ...tarballs.values(),
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
export const install = (directory, packages) =>
  installOutside(directory, ['--loglevel=error', ...packages]);

/** Checks the types of the app against those of the tarballs, and builds it. */
export async function buildApp(directory) {
  await runTool(directory, ['tsc']);
  await runTool(directory, ['vite', 'build', '--logLevel', 'error']);
}

/** Builds the Next.js app, its types checked by Next itself. */
export async function buildNextApp(directory) {
  const env = { NEXT_TELEMETRY_DISABLED: '1', NODE_ENV: 'production' };
  await runTool(directory, ['next', 'build'], { cwd: join(directory, 'next'), env });
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
