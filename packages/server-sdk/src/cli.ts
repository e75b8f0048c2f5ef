#!/usr/bin/env node
import { constants, getPriority, setPriority } from 'node:os';
import { runCli } from './cli/run-cli.js';

/** Without a terminal, progress is printed as a new line at this interval. */
const LOG_EVERY_MS = 5000;
let loggedAtMs = performance.now();

// A host on the same machine has priority, because its users wait for it.
const { PRIORITY_BELOW_NORMAL } = constants.priority;
if (getPriority() < PRIORITY_BELOW_NORMAL) setPriority(PRIORITY_BELOW_NORMAL);

// Who reads the output may leave, as `head` does; the work goes on.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
}

process.exitCode = await runCli(process.argv.slice(2), {
  out: (text) => process.stdout.write(`${text}\n`),
  err: (text) => process.stderr.write(`${text}\n`),
  progress: (text) => {
    if (process.stderr.isTTY) process.stderr.write(`\r\u001B[2K${text}`);
    else if (text !== '' && performance.now() - loggedAtMs > LOG_EVERY_MS) {
      loggedAtMs = performance.now();
      process.stderr.write(`${text}\n`);
    }
  },
  environment: process.env,
});
