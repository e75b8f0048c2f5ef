/** Builds the site to dist/: writes the pages, then renders and indexes them. Nothing is fetched. */
import { fileURLToPath } from 'node:url';
import { run } from '../../../scripts/lib/run.mjs';

const site = fileURLToPath(new URL('..', import.meta.url));
const astro = fileURLToPath(new URL('../../../node_modules/astro/astro.js', import.meta.url));
const env = { ASTRO_TELEMETRY_DISABLED: '1' };
const commands = [
  [process.execPath, 'scripts/write-pages.mjs'],
  [process.execPath, astro, 'build', '--silent'],
];
for (const command of commands) {
  const code = await run(command, { cwd: site, env });
  if (code !== 0) process.exit(code);
}
