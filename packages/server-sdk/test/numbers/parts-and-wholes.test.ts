import fc from 'fast-check';
import { expect, test } from 'vitest';
import { HistoryPlayer } from '../helpers/history-player.js';
import { histories } from '../helpers/random-histories.js';
import { availableServers } from '../helpers/test-databases.js';

const servers = await availableServers();

/** Other histories each time; `npm run test:long` draws more of them. */
const RUNS = { SQLite: 8, PostgreSQL: 2, MariaDB: 2 };
const asked = Number(process.env['PROPERTY_RUNS'] ?? Number.NaN);

test.each(servers)(
  'every figure equals the plain account, and parts add up to wholes, through any history on $name',
  { timeout: Number.isNaN(asked) ? 120_000 : 120_000 + asked * 10_000 },
  async (server) => {
    await fc.assert(
      fc.asyncProperty(histories, async (history) => {
        const player = await HistoryPlayer.open(server, history);
        try {
          const { differences } = await player.play();
          expect(differences).toEqual([]);
        } finally {
          await player.close();
        }
      }),
      { numRuns: Number.isNaN(asked) ? RUNS[server.name] : asked, endOnFailure: true },
    );
  },
);
