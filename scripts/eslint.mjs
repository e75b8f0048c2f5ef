/**
 * ESLint, once for the server and once for everything else, at the same time: one process with the types of all packages needs
 * more than 4 GB of memory, which is Node's limit, and uses one core of two. Run by `npm run lint`.
 */
import { join } from 'node:path';
import { root, run } from './lib/run.mjs';

/** Lints some files and prints what is wrong when it has ended: another one prints meanwhile. */
async function lint(...args) {
  let text = '';
  const eslint = join(root, 'node_modules', 'eslint', 'bin', 'eslint.js');
  const code = await run([process.execPath, eslint, '--max-warnings', '0', ...args], {
    onLine: () => undefined,
    output: { write: (chunk) => (text += chunk) },
  });
  process.stdout.write(text);
  return code;
}

const codes = await Promise.all([
  lint('packages/server-sdk'),
  lint('.', '--ignore-pattern', 'packages/server-sdk/**'),
]);
process.exit(codes.every((code) => code === 0) ? 0 : 1);
