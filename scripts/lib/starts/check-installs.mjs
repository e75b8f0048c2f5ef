import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import {
  findWarnings,
  installOutside,
  captureOutput,
  runTool,
  writeInto,
} from '../outside/packages.mjs';
import { root, run } from '../run.mjs';

/** What is installed in an empty folder each, and what must not come with it. */
const INSTALLS = [
  { name: '@usage-kit/server-sdk', extra: [], never: /^(koa|@koa\/router|sqlite3|pg|mysql2)$/ },
  { name: '@usage-kit/server-sdk', extra: ['pg'], never: /^(koa|@koa\/router|sqlite3|mysql2)$/ },
  { name: '@usage-kit/widgets', extra: [], never: /^(react|vue|svelte|solid-js)$/ },
  { name: '@usage-kit/react-pages', extra: [], never: /^(koa|next|vue)$/ },
];

/**
 * Installs each package in an empty folder: nothing deprecated, nothing that only other hosts need, and as many packages as its
 * README says.
 *
 * @param {Map<string, string>} tarballs by name
 * @returns {Promise<{ what: string, packages: number, megabytes: number }[]>} what came
 * @throws Error with what should not have come
 */
export async function checkInstalls(tarballs) {
  const results = [];
  for (const { name, extra, never } of INSTALLS) {
    const directory = mkdtempSync(join(tmpdir(), 'usage-kit-install-'));
    try {
      const { captured, options } = captureOutput();
      writeInto(directory, 'package.json', JSON.stringify({ private: true, type: 'module' }));
      // Of packages here that a package needs, none is in a registry yet.
      const own = name.endsWith('react-pages') ? ['@usage-kit/widgets', name] : [name];
      await installOutside(directory, [...own.map((one) => tarballs.get(one)), ...extra], options);
      const what = [name, ...extra].join(' + ');
      const installed = listInstalled(directory);
      const wrong = [...findWarnings(captured.text), ...installed.filter((one) => never.test(one))];
      if (wrong.length > 0) throw new Error(`${what} brings ${wrong.join(', ')}`);
      if (extra.length === 0) checkCount(name, directory);
      const megabytes = measureFolder(join(directory, 'node_modules')) / 1e6;
      results.push({ what, packages: installed.length, megabytes });
      if (extra.includes('pg')) await checkWithoutKoa(directory);
    } finally {
      rmSync(directory, { recursive: true, force: true });
    }
  }
  return results;
}

/** Of a host without Koa: its types, and the sentence that it gets where it asks for Koa's router all the same. */
async function checkWithoutKoa(directory) {
  const host = (load) => `${load}
    const usage = createUsage({ database: 'postgres://localhost/none', authenticate: () => null, rollup: false });
    usage.handler();
    try { usage.router(); throw new Error('There is a router.'); }
    catch (error) { if (!error.message.includes('npm install @koa/router')) throw error; }
    usage.stop();`;
  const from = `'@usage-kit/server-sdk'`;
  writeInto(directory, 'module.mjs', host(`import { createUsage } from ${from};`));
  writeInto(directory, 'common.cjs', host(`const { createUsage } = require(${from});`));
  for (const file of ['module.mjs', 'common.cjs']) {
    const code = await run([process.execPath, file], { cwd: directory });
    if (code !== 0) throw new Error(`${file} ended with ${code} in a host without Koa`);
  }
  await installOutside(directory, ['typescript@6', '@types/node@20'], captureOutput().options);
  writeInto(
    directory,
    'host.ts',
    `import { createUsage } from ${from};
    export const usage = createUsage({ database: 'x', authenticate: (_request, { web }) => (web ? { userDid: 'ada' } : null) });
    export const handle: (request: Request) => Promise<Response> = usage.handler();`,
  );
  // Declarations of libraries are checked, too: those of Koa are not there.
  const strict =
    '--noEmit --strict --skipLibCheck false --module nodenext --target es2022 --types node';
  await runTool(directory, ['tsc', ...strict.split(' '), 'host.ts']);
}

/** The dependencies that came, without those of a host's (peers), are as many as the README says. */
function checkCount(name, directory) {
  const readme = readFileSync(join(root, 'packages', basename(name), 'README.md'), 'utf8');
  const [, said] = /(\d+) packages with it/.exec(readme) ?? [];
  const { packages } = JSON.parse(readFileSync(join(directory, 'package-lock.json'), 'utf8'));
  // npm marks what is there only as a peer.
  const came = Object.entries(packages).filter(([path, { peer }]) => path !== '' && !peer);
  const isRight = came.length - 1 === Number(said);
  if (!isRight)
    throw new Error(`${name} brings ${came.length - 1} packages, and its README says ${said}`);
}

function listInstalled(directory) {
  const { packages } = JSON.parse(readFileSync(join(directory, 'package-lock.json'), 'utf8'));
  return Object.keys(packages)
    .filter((path) => path !== '')
    .map((path) => path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length));
}

/** Bytes of the files in a folder. */
function measureFolder(folder) {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((file) =>
    file.isFile(),
  );
  return files.reduce((sum, file) => sum + statSync(join(file.parentPath, file.name)).size, 0);
}
