import { runCli } from '../../src/cli/run-cli.js';
import type { TestDatabase } from './test-databases.js';

/** What a command ended with. */
export interface Ended {
  code: number;
  out: string[];
  problems: string[];
}

/** The URL of a test's database. */
export function toUrl(database: TestDatabase): string {
  const { connection } = database.config;
  if (typeof connection === 'string') return connection;
  return `sqlite:${(connection as { filename: string }).filename}`;
}

/** Runs a command of `usage-kit` in this process. */
export async function runCommand(
  command: string,
  url: string,
  options: readonly string[] = [],
): Promise<Ended> {
  const out: string[] = [];
  const code = await runCli([command, '--database', url, ...options], {
    out: (text) => out.push(text),
    err: (text) => out.push(text),
    progress: () => undefined,
    environment: {},
  });
  return { code, out, problems: out.filter((line) => line.startsWith('PROBLEM')) };
}

/** The statements that the doctor printed. */
export function listStatements(out: readonly string[]): string[] {
  return out
    .filter((text) => text.startsWith('       '))
    .map((text) => text.trim().replace(/;$/, ''));
}
