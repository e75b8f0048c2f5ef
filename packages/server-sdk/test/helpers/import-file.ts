import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import knex from 'knex';
import { runCli } from '../../src/cli/run-cli.js';

/** What an import said and stored. */
export interface Imported {
  code: number;
  text: string;
  rows: Record<string, unknown>[];
}

/** Imports a file into a database in a directory, with a mapping, and gives what is stored then. */
export async function importFile(
  directory: string,
  content: string | Buffer,
  mapping: object = {},
  { name = 'calls.csv', options = [] as string[] } = {},
): Promise<Imported> {
  const database = join(directory, 'usage.db');
  const file = join(directory, name);
  const mappingFile = join(directory, 'mapping.json');
  writeFileSync(file, content);
  writeFileSync(mappingFile, JSON.stringify(mapping));
  let text = '';
  const say = (line: string): void => {
    text += `${line}\n`;
  };
  const argv = ['import', file, '--database', `sqlite:${database}`, '--mapping', mappingFile];
  const code = await runCli([...argv, ...options], {
    out: say,
    err: say,
    progress: () => undefined,
    environment: {},
  });
  const reader = knex({
    client: 'sqlite3',
    connection: { filename: database },
    useNullAsDefault: true,
  });
  const hasTable = await reader.schema.hasTable('model_calls');
  const rows = hasTable ? await reader('model_calls').orderBy('started_at_ms') : [];
  await reader.destroy();
  return { code, text, rows };
}
