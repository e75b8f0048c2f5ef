import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Usage } from '@usage-kit/server-sdk';
import { createDemoClock, type DemoClock } from './demo-clock.js';
import { prepareDatabase, rollUp, type DemoDatabase } from './demo-database.js';
import { createDemoHost } from './demo-host.js';
import type { DemoOptions } from './demo-options.js';
import { createDemoUsage, nameOfOwnProject } from './demo-usage.js';
import { listenOnFreePort } from './listen.js';
import { startLiveCalls, type LiveCalls } from './live-calls.js';
import { Sessions } from './session.js';
import { readClientFiles } from './static-files.js';

const clientDirectory = fileURLToPath(new URL('../../dist/client', import.meta.url));

/** A demo that runs. */
export interface RunningDemo {
  url: string;
  usage: Usage;
  /** Ports that were asked for and taken. */
  busyPorts: readonly number[];
  /** Closes connections, ends running calls, drains the rollup. */
  stop(): Promise<void>;
}

/** Migrates, loads, rolls up and serves. */
export async function startDemo(options: DemoOptions): Promise<RunningDemo> {
  mkdirSync(options.directory, { recursive: true });
  const clock = createDemoClock(options.nowMs);
  const database = await prepareDatabase(options, clock);
  const sessions = new Sessions(database.users);
  const usage = createDemoUsage({
    databaseFile: database.file,
    anchorMs: database.anchorMs,
    sessions,
    clock,
  });
  await usage.migrate();
  await database.fill(usage);
  await rollUp(usage, clock.now());
  const app = createDemoHost({
    usage,
    sessions,
    clientDirectory,
    keys: [readSessionKey(options.directory)],
    users: database.users,
    client: readClientFiles(clientDirectory),
    defaultRange: database.defaultRange,
    generated: options.load.kind === 'generated',
    nameOfProject: (user, appDid) => nameOfOwnProject(user.userDid, appDid),
    hasCalls: (user) => hasCalls(usage, user.userDid, clock),
  });
  const server = createServer(app.callback());
  const { port, busyPorts } = await listenOnFreePort(server, options.port);
  await usage.start();
  const live = options.live && isGenerated(database) ? startLive(usage, clock) : null;
  const stop = async () => {
    const closed = new Promise((resolve) => server.close(resolve));
    server.closeAllConnections();
    await live?.stop();
    await usage.stop();
    await closed;
  };
  return { url: `http://localhost:${port}`, usage, busyPorts, stop };
}

function isGenerated(database: DemoDatabase): boolean {
  return database.anchorMs !== null;
}

function startLive(usage: Usage, clock: DemoClock): LiveCalls {
  return startLiveCalls(usage, clock, (error) => {
    process.stderr.write(`A live call could not be recorded: ${String(error)}\n`);
  });
}

async function hasCalls(usage: Usage, userDid: string, clock: DemoClock): Promise<boolean> {
  const { calls } = await usage.stats.getAggregatedStats(userDid, null, 0, clock.now() + 1);
  return calls > 0;
}

/** Kept, so that nobody is signed out by a restart. */
function readSessionKey(directory: string): string {
  const path = join(directory, 'session-key');
  if (!existsSync(path)) writeFileSync(path, randomBytes(32).toString('hex'), { mode: 0o600 });
  return readFileSync(path, 'utf8');
}
