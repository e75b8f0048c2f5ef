import { createWriteStream, readFileSync } from 'node:fs';
import { once } from 'node:events';
import type { Database } from '../db/database.js';
import { importCalls, type RejectedRecord } from '../import/import-calls.js';
import { checkMapping, type ImportMapping } from '../import/mapping.js';
import type { RollupControl } from '../rollup/rollup-control.js';
import { CommandLineError, EXIT, type Terminal } from './terminal.js';

/** Options of `usage-kit import` as parsed. */
export interface ImportArguments {
  mapping?: string | undefined;
  format?: string | undefined;
  map?: string[] | undefined;
  set?: string[] | undefined;
  default?: string[] | undefined;
  rejects?: string | undefined;
  'id-prefix'?: string | undefined;
  'no-rollup'?: boolean | undefined;
}

const REJECTS_SHOWN = 20;

/** Imports a file and rolls up what it brought. */
export async function runImport(
  database: Database,
  rollup: RollupControl,
  path: string,
  args: ImportArguments,
  terminal: Terminal,
): Promise<number> {
  const rejects = args.rejects === undefined ? null : createWriteStream(args.rejects);
  let shown = 0;
  const onReject = ({ line, reason }: RejectedRecord): void => {
    rejects?.write(`${JSON.stringify({ line, reason })}\n`);
    if (shown < REJECTS_SHOWN) terminal.err(`line ${line}: ${reason}`);
    shown += 1;
  };
  const report = await importCalls(database, {
    path,
    mapping: toMapping(args),
    onReject,
    onProgress: ({ records, rejected }) => {
      terminal.progress(`${records.toLocaleString('en')} records, ${rejected} rejected`);
    },
  });
  if (rejects) {
    rejects.end();
    await once(rejects, 'finish');
  }
  terminal.progress('');
  if (shown > REJECTS_SHOWN) {
    const hint = rejects ? `see ${args.rejects ?? ''}` : 'use --rejects FILE to keep them all';
    terminal.err(`… and ${shown - REJECTS_SHOWN} more rejected; ${hint}`);
  }
  const { records, inserted, updated, rejected } = report;
  terminal.out(`${records} records: ${inserted} new calls, ${updated} known, ${rejected} rejected`);
  if (!args['no-rollup']) {
    const { hours, rebuiltHours } = await rollup.run({
      onProgress: (progress) => {
        terminal.progress(`${progress.hours} hours rolled up`);
      },
    });
    terminal.progress('');
    terminal.out(`${hours} hours rolled up, ${rebuiltHours} rebuilt`);
  }
  return rejected > 0 ? EXIT.attention : EXIT.ok;
}

/** A mapping file with the options over it. */
function toMapping(args: ImportArguments): ImportMapping {
  const file: ImportMapping = args.mapping === undefined ? {} : readMapping(args.mapping);
  return checkMapping({
    ...file,
    ...(args.format === undefined ? {} : { format: toFormat(args.format) }),
    ...(args['id-prefix'] === undefined ? {} : { idPrefix: args['id-prefix'] }),
    columns: { ...file.columns, ...toPairs('--map', args.map) },
    constants: { ...file.constants, ...toPairs('--set', args.set) },
    defaults: { ...file.defaults, ...toPairs('--default', args.default) },
  });
}

function readMapping(path: string): ImportMapping {
  try {
    return checkMapping(JSON.parse(readFileSync(path, 'utf8')));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new CommandLineError(`--mapping ${path}: ${reason}`);
  }
}

function toFormat(format: string): 'csv' | 'jsonl' {
  if (format === 'csv' || format === 'jsonl') return format;
  throw new CommandLineError('--format must be csv or jsonl');
}

function toPairs(option: string, pairs: readonly string[] = []): Record<string, string> {
  return Object.fromEntries(
    pairs.map((pair) => {
      const equals = pair.indexOf('=');
      if (equals < 1) throw new CommandLineError(`${option} takes field=value; got "${pair}"`);
      return [pair.slice(0, equals), pair.slice(equals + 1)];
    }),
  );
}
