import { readFileSync } from 'node:fs';
import type { CallSourceFactory } from '../db/call-source.js';
import { aigneHubCalls } from '../host-tables/aigne-hub.js';
import { resolveCalls } from '../resolve-calls.js';
import { mappedCalls } from '../stores/mapped-calls.js';
import { CommandLineError } from './terminal.js';

/** What `--calls` names: `aigne-hub`, or a file with a mapping. @throws CommandLineError when it is neither */
export function readCalls(where: string): CallSourceFactory {
  if (where === 'aigne-hub') return mappedCalls(aigneHubCalls());
  try {
    return mappedCalls(resolveCalls(JSON.parse(readFileSync(where, 'utf8'))));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new CommandLineError(`--calls ${where}: ${reason}`);
  }
}
