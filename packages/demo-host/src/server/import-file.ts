import { spawn } from 'node:child_process';
import { existsSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { createReadStream } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { say } from './console.js';

const MAPPING_DIRECTORY = fileURLToPath(new URL('../../mappings', import.meta.url));
const SERVER_PACKAGE = import.meta.resolve('@usage-kit/server-sdk/package.json');
const COMMAND_LINE = fileURLToPath(new URL('src/cli.ts', SERVER_PACKAGE));

/** Some records were refused; the command has said which. */
const EXIT_WITH_REJECTS = 3;

/**
 * Imports a file through the `usage-kit` command line, whose progress and rejected rows are shown. A file that has been
 * imported whole is not read again until it changes.
 *
 * @param mapping a mapping file; `null` looks for one of ours whose columns the file has
 * @throws Error when the import fails
 */
export async function importFile(
  databaseFile: string,
  file: string,
  mapping: string | null,
): Promise<void> {
  const stamp = `${databaseFile}.imported`;
  const { size, mtimeMs } = statSync(file);
  const version = JSON.stringify({ file, size, mtimeMs, mapping });
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === version) return;
  const chosen = mapping ?? (await findMapping(file));
  say(`  Importing ${basename(file)}${chosen ? ` with the mapping ${basename(chosen)}` : ''}`);
  await runCommand([
    'import',
    file,
    '--database',
    `sqlite:${databaseFile}`,
    ...(chosen ? ['--mapping', chosen] : []),
  ]);
  writeFileSync(stamp, version);
}

/** The first of our mappings all of whose columns are in the file's header. */
async function findMapping(file: string): Promise<string | null> {
  const header = (await readFirstLine(file)).split(',').map((name) => name.trim());
  const candidates = readdirSync(MAPPING_DIRECTORY).map((name) => join(MAPPING_DIRECTORY, name));
  const fitting = candidates.find((path) => {
    const { columns = {} } = JSON.parse(readFileSync(path, 'utf8')) as {
      columns?: Record<string, string>;
    };
    return Object.values(columns).every((column) => header.includes(column));
  });
  return fitting ?? null;
}

async function readFirstLine(file: string): Promise<string> {
  const lines = createInterface({ input: createReadStream(file, 'utf8') });
  for await (const line of lines) return line.replace(/^\uFEFF/, '');
  return '';
}

function runCommand(args: string[]): Promise<void> {
  const command = ['--conditions=usage-kit-source', '--import', 'tsx', COMMAND_LINE, ...args];
  const child = spawn(process.execPath, command, { stdio: 'inherit' });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => {
      if (code === 0 || code === EXIT_WITH_REJECTS) resolve();
      else reject(new Error(`usage-kit ${args[0]} ended with ${code}.`));
    });
  });
}
