/**
 * `npm run check-top-up`: checks the types of the README's top-up dialog by the real `@blocklet/payment-react`, which is too large for
 * this repository's own packages (1.3 GB). Needs the npm registry, and two minutes at its first run.
 */
import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root, run, runNpm } from '../../../scripts/lib/run.mjs';

const VERSION = '1.23.8';
const examples = join(import.meta.dirname, '..', 'examples');
const directory = join(root, '.cache', 'payment-react');
const manifest = join(directory, 'node_modules', '@blocklet', 'payment-react', 'package.json');

if (!existsSync(manifest) || JSON.parse(readFileSync(manifest, 'utf8')).version !== VERSION) {
  mkdirSync(directory, { recursive: true });
  writeFileSync(join(directory, 'package.json'), JSON.stringify({ private: true }));
  const packages = [`@blocklet/payment-react@${VERSION}`, '@types/react@19'];
  // Its peers contradict each other; nothing of it is run here.
  const quiet = ['--legacy-peer-deps', '--ignore-scripts', '--no-audit', '--no-fund'];
  const code = await runNpm(['install', ...quiet, '--loglevel=error', ...packages], {
    cwd: directory,
  });
  if (code !== 0) process.exit(code);
}
const compilerOptions = {
  target: 'ES2022',
  lib: ['ES2023', 'DOM', 'DOM.Iterable'],
  module: 'ESNext',
  moduleResolution: 'Bundler',
  jsx: 'react-jsx',
  strict: true,
  noEmit: true,
  // Its own declarations are not ours to check.
  skipLibCheck: true,
};
const files = ['top-up-dialog.tsx', 'session.ts'];
for (const name of files) copyFileSync(join(examples, name), join(directory, name));
writeFileSync(join(directory, 'tsconfig.json'), JSON.stringify({ compilerOptions, files }));
const tsc = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
process.exitCode = await run([process.execPath, tsc, '-p', directory]);
if (process.exitCode === 0) console.log(`The dialog fits @blocklet/payment-react ${VERSION}`);
