import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root, runNpm } from './run.mjs';

/** What the built client depends on. */
const INPUTS = [
  'package-lock.json',
  'packages/demo-host/vite.config.ts',
  'packages/demo-host/src/client',
  'packages/widgets/package.json',
  'packages/widgets/src',
  'packages/react-pages/src',
  'packages/server-sdk/src/contract',
];

const OUTPUT = join(root, 'packages', 'demo-host', 'dist', 'client');
const STAMP = join(OUTPUT, '.inputs');

/** Builds the pages of the demo, unless the last build was of the same sources. The server needs no build. */
export async function ensureBuilt() {
  const inputsHash = hashInputs();
  if (existsSync(STAMP) && readFileSync(STAMP, 'utf8') === inputsHash) return;
  const startedAtMs = Date.now();
  console.log('Building the pages.');
  const args = [
    'run',
    'build',
    '--silent',
    '-w',
    'packages/demo-host',
    '--',
    '--logLevel',
    'error',
  ];
  const code = await runNpm(args);
  if (code !== 0) {
    console.error('\nThe build failed; see above.');
    process.exit(code);
  }
  writeFileSync(STAMP, inputsHash);
  console.log(`  Built in ${((Date.now() - startedAtMs) / 1000).toFixed(1)} s.`);
}

/** By content, because a checkout or a copy changes the times of files and not what is in them. */
function hashInputs() {
  const hash = createHash('sha256');
  for (const input of INPUTS) hashPath(hash, input);
  return hash.digest('hex');
}

function hashPath(hash, path) {
  const full = join(root, path);
  if (!existsSync(full)) return;
  const isFile = /\.\w+$/.test(path);
  if (isFile) {
    hash.update(`${path}\0`).update(readFileSync(full)).update('\0');
    return;
  }
  for (const name of readdirSync(full).sort()) {
    if (!/\.(test|stories)\.tsx?$/.test(name)) hashPath(hash, `${path}/${name}`);
  }
}
