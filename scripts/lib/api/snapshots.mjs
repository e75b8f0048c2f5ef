import { spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** Of each file that differs, this many lines are printed. */
const MAX_LINES = 80;

/**
 * Writes snapshots in place of those that are there.
 * @param {string} folder
 * @param {Map<string, string>} snapshots path below it → text
 */
export function writeSnapshots(folder, snapshots) {
  rmSync(folder, { recursive: true, force: true });
  for (const [path, text] of snapshots) write(join(folder, path), text);
}

/**
 * Prints how snapshots differ from those that are there.
 * @returns {string[]} what differs, a line for each file
 */
export function compareSnapshots(folder, snapshots) {
  const temporary = mkdtempSync(join(tmpdir(), 'usage-kit-api-'));
  try {
    const known = existsSync(folder) ? listTexts(folder) : [];
    const paths = [...new Set([...snapshots.keys(), ...known])].sort();
    return paths.flatMap((path) => {
      const before = known.includes(path) ? readFileSync(join(folder, path), 'utf8') : null;
      const after = snapshots.get(path) ?? null;
      if (before === after) return [];
      if (before === null) return [`api/${path} is new`];
      if (after === null) return [`api/${path} is of nothing that is published any more`];
      write(join(temporary, path), after);
      console.error(`\n── api/${path}\n${diff(join(folder, path), join(temporary, path))}`);
      return [`api/${path} differs`];
    });
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
}

/** The lines that differ, with the line before and after. */
function diff(before, after) {
  const args = ['diff', '--no-index', '--no-color', '--no-ext-diff', '--unified=1'];
  const { stdout, error } = spawnSync('git', [...args, before, after], { encoding: 'utf8' });
  if (error) return `(${error.message})`;
  const lines = stdout.trimEnd().split('\n').slice(4);
  const more = lines.length - MAX_LINES;
  return [...lines.slice(0, MAX_LINES), ...(more > 0 ? [`… ${more} more lines`] : [])].join('\n');
}

function listTexts(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name).slice(folder.length + 1));
}

function write(file, text) {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}
