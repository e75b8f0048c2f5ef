import knex, { type Knex } from 'knex';
import { expect, vi } from 'vitest';
import { createTestUsage, type TestUsage } from './create-test-usage.js';

/** A usage whose stored calls are looked at. */
export interface RecordingHost extends TestUsage {
  rows: Knex;
  /** The calls that have ended, oldest first, once there are as many and none is open. */
  ended(count: number): Promise<Record<string, unknown>[]>;
  /** The one call, once it has ended. */
  recorded(): Promise<Record<string, unknown>>;
}

/** Opens a usage on a new SQLite database. */
export async function openRecordingHost(): Promise<RecordingHost> {
  const host = await createTestUsage();
  const rows = knex({ ...host.config, useNullAsDefault: true });
  const ended: RecordingHost['ended'] = (count) =>
    vi.waitFor(
      async () => {
        const calls = (await rows('model_calls').orderBy('started_at_ms')) as Record<
          string,
          unknown
        >[];
        expect(calls.map(({ status }) => status)).not.toContain('processing');
        expect(calls).toHaveLength(count);
        return calls;
      },
      { timeout: 30_000 },
    );
  return {
    ...host,
    rows,
    ended,
    recorded: async () => (await ended(1))[0] ?? {},
    close: async () => {
      await rows.destroy();
      await host.close();
    },
  };
}
