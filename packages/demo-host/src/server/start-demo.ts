import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Usage } from '@usage-kit/server-sdk';
import { startAccountFeed } from '../payment-kit/account-feed.js';
import { bringUpToDate } from '../payment-kit/demo-accounts.js';
import { startPaymentKit, type RunningPaymentKit } from '../payment-kit/start-payment-kit.js';
import { createDemoClock, type DemoClock } from './demo-clock.js';
import { prepareDatabase, rollUp, type DemoDatabase } from './demo-database.js';
import { createDemoHost } from './demo-host.js';
import type { DemoOptions } from './demo-options.js';
import { createDemoUsage, findOwnProjectName } from './demo-usage.js';
import { listenOnFreePort } from './listen.js';
import { startLiveCalls } from './live-calls.js';
import { loadExampleRules } from './load-example-rules.js';
import { Sessions } from './session.js';
import { readClientFiles } from './static-files.js';

const CLIENT_DIRECTORY = fileURLToPath(new URL('../../dist/client', import.meta.url));

/** A demo that runs. */
export interface RunningDemo {
  url: string;
  usage: Usage;
  /** Ports that were requested and in use. */
  busyPorts: readonly number[];
  /** Where the switch of its payment-kit is; `null` when the load has none. */
  faultUrl: string | null;
  /** Closes connections, ends running calls, drains the rollup. */
  stop(): Promise<void>;
}

/** Migrates, loads, rolls up and serves. */
export async function startDemo(options: DemoOptions): Promise<RunningDemo> {
  mkdirSync(options.directory, { recursive: true });
  const clock = createDemoClock(options.nowMs);
  const database = await prepareDatabase(options, clock);
  const sessions = new Sessions(database.users);
  const kit = await startKit(options, database, clock);
  const usage = createDemoUsage({
    databaseFile: database.file,
    paymentKit: kit && { baseUrl: kit.baseUrl, token: PAYMENT_KIT_TOKEN },
    sessions,
    clock,
  });
  await usage.migrate();
  await database.fill(usage);
  await rollUp(usage, clock.now());
  if (kit) {
    const anchorMs = database.anchorMs ?? 0;
    await bringUpToDate(kit.book, usage, { anchorMs, nowMs: clock.now() });
    await loadExampleRules(usage, options.directory, clock.now());
  }
  const app = createDemoHost({
    usage,
    sessions,
    clientDirectory: CLIENT_DIRECTORY,
    keys: [readSessionKey(options.directory)],
    users: database.users,
    client: readClientFiles(CLIENT_DIRECTORY),
    defaultRange: database.defaultRange,
    generated: options.load.kind === 'generated',
    nameOfProject: (user, appDid) => findOwnProjectName(user.userDid, appDid),
    hasCalls: (user) => hasCalls(usage, user.userDid, clock),
  });
  const server = createServer(app.callback());
  const { port, busyPorts } = await listenOnFreePort(server, options.port);
  await usage.start();
  const live = options.live && kit ? startLive(usage, clock, kit, database) : [];
  const stop = async () => {
    const closed = new Promise((resolve) => server.close(resolve));
    server.closeAllConnections();
    for (const each of live) await each.stop();
    await usage.stop();
    await kit?.stop();
    await closed;
  };
  const faultUrl = kit && `${kit.baseUrl}/_demo/fault`;
  return { url: `http://localhost:${port}`, usage, busyPorts, faultUrl, stop };
}

/** Between two parts of one process; the server listens on this machine only. */
const PAYMENT_KIT_TOKEN = randomBytes(16).toString('hex');

/** The generated load comes with its users' accounts; nothing is known of the credits behind a file. */
async function startKit(
  options: DemoOptions,
  database: DemoDatabase,
  clock: DemoClock,
): Promise<RunningPaymentKit | null> {
  if (database.anchorMs === null) return null;
  const file = join(options.directory, 'payment-kit.db');
  return startPaymentKit({ file, clock, token: PAYMENT_KIT_TOKEN });
}

function startLive(
  usage: Usage,
  clock: DemoClock,
  { book }: RunningPaymentKit,
  { anchorMs }: DemoDatabase,
): { stop(): Promise<void> }[] {
  const tell =
    (what: string) =>
    (error: unknown): void => {
      process.stderr.write(`${what}: ${String(error)}\n`);
    };
  return [
    startLiveCalls(usage, clock, tell('A live call could not be recorded')),
    startAccountFeed(book, usage, {
      anchorMs: anchorMs ?? 0,
      clock,
      onError: tell('Use could not be reported'),
    }),
  ];
}

async function hasCalls(usage: Usage, userDid: string, clock: DemoClock): Promise<boolean> {
  const { calls } = await usage.stats.getAggregatedStats(userDid, null, 0, clock.now() + 1);
  return calls > 0;
}

/** The key is stored, so that a restart does not end sessions. */
function readSessionKey(directory: string): string {
  const path = join(directory, 'session-key');
  if (!existsSync(path)) writeFileSync(path, randomBytes(32).toString('hex'), { mode: 0o600 });
  return readFileSync(path, 'utf8');
}
