import { readFileSync } from 'node:fs';
import { aigneHubCalls } from '../source/aigne-hub.js';
import type { CallTable } from '../source/call-table.js';
import { resolveCalls } from '../options/resolve-calls.js';
import { CommandLineError } from './terminal.js';

/** Reads the mapping that `--calls` names: `aigne-hub`, or a JSON file. @throws CommandLineError when it is neither */
export function readCalls(value: string): CallTable {
  if (value === 'aigne-hub') return aigneHubCalls();
  try {
    return resolveCalls(JSON.parse(readFileSync(value, 'utf8')));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new CommandLineError(`--calls ${value}: ${reason}`);
  }
}
