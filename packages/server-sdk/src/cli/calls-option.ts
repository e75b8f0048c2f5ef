import { readFileSync } from 'node:fs';
import { aigneHubCalls } from '../source/aigne-hub.js';
import type { CallTable } from '../source/call-table.js';
import { resolveCalls } from '../options/resolve-calls.js';
import { CommandLineError } from './terminal.js';

/** What `--calls` names: `aigne-hub`, or a file with a mapping. @throws CommandLineError when it is neither */
export function readCalls(where: string): CallTable {
  if (where === 'aigne-hub') return aigneHubCalls();
  try {
    return resolveCalls(JSON.parse(readFileSync(where, 'utf8')));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new CommandLineError(`--calls ${where}: ${reason}`);
  }
}
