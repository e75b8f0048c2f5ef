import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { createAlertControl } from '../../src/alerts/delivery/alert-control.js';
import { openDatabase } from '../../src/db/database.js';
import { migrate } from '../../src/db/migrate.js';
import { createTestWorker, waitUntil } from '../helpers/alert-outbox.js';
import { takeServers } from '../helpers/take-servers.js';
import { readCount } from '../helpers/test-size.js';

const KILLS = readCount('CRASH_KILLS', { few: 1, more: 2 });
/** Attempts in progress of one worker; only they may be made again. */
const MAX_CONCURRENT = 8;
const PROGRAM = fileURLToPath(new URL('../helpers/alert-worker-process.ts', import.meta.url));
const servers = await takeServers();

test.each(servers)(
  'a process killed between an event and its delivery loses none, on $name',
  async (server) => {
    const made = await server.create();
    const database = openDatabase(made.config);
    await migrate(database.writer);
    const directory = mkdtempSync(join(tmpdir(), 'usage-kit-alerts-'));
    const file = join(directory, 'log');
    writeFileSync(file, '');
    const readLog = (word: string): string[] =>
      readFileSync(file, 'utf8')
        .split('\n')
        .filter((line) => line.startsWith(`${word} `))
        .map((line) => line.slice(word.length + 1));
    try {
      for (let kill = 0; kill < KILLS; kill += 1) {
        await runAndKill({ config: made.config, file, prefix: `run-${kill}` }, 150 + kill * 37);
      }
      const rest: string[] = [];
      const { worker } = createTestWorker(database, { onAlert: ({ id }) => rest.push(id) });
      // Leases of the killed end by themselves.
      worker.start();
      const control = createAlertControl(database, () => undefined);
      await waitUntil(async () => {
        const open = await Promise.all(
          (['pending', 'sending', 'dead'] as const).map((status) => control.deliveries({ status })),
        );
        return open.flat().length === 0;
      });
      await worker.stop();
      const stored = await database.reader<{ id: string }>('model_alert_events').pluck('id');
      const logged = readLog('stored');
      const sent = [...readLog('sent'), ...rest];
      expect(logged.length).toBeGreaterThan(0);
      // Each that its writer knows to be stored is; each stored one was sent; few more than once, and none that is not stored.
      expect(logged.filter((id) => !stored.includes(id))).toEqual([]);
      expect(stored.filter((id) => !sent.includes(id))).toEqual([]);
      expect(sent.filter((id) => !stored.includes(id))).toEqual([]);
      expect(sent.length - new Set(sent).size).toBeLessThanOrEqual(KILLS * MAX_CONCURRENT);
    } finally {
      rmSync(directory, { recursive: true, force: true });
      await database.close();
      await made.drop();
    }
  },
  60_000 + KILLS * 10_000,
);

/** Runs the program, and kills it some time after it began. */
async function runAndKill(options: object, afterMs: number): Promise<void> {
  const tsx = import.meta.resolve('tsx');
  const child = spawn(
    process.execPath,
    ['--conditions=usage-kit-source', '--import', tsx, PROGRAM, JSON.stringify(options)],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const ended = new Promise((resolve) => child.once('exit', resolve));
  await Promise.race([new Promise((resolve) => child.stdout.once('data', resolve)), ended]);
  await new Promise((resolve) => setTimeout(resolve, afterMs));
  child.kill('SIGKILL');
  await ended;
}
