import { randomUUID } from 'node:crypto';
import type { ModelCallInput } from '../contract/call-input.js';
import type { Database } from '../db/database.js';
import type { Clock } from '../ports/clock.js';
import type { WriteCounts } from '../stores/call-write-store.js';
import { recordCalls } from './record-calls.js';

/** What is known of a call when it starts. */
export type CallStart = Omit<
  ModelCallInput,
  'status' | 'startedAt' | 'durationMs' | 'errorReason'
> & {
  /** @default now */
  startedAt?: ModelCallInput['startedAt'] | undefined;
};

/** What is known when it ends; what is left out stays as it was at the start. */
export type CallEnd = Partial<
  Pick<
    ModelCallInput,
    | 'durationMs'
    | 'ttfbMs'
    | 'usage'
    | 'credits'
    | 'errorReason'
    | 'metadata'
    | 'model'
    | 'provider'
    | 'traceId'
  >
>;

/** A call that has started and not ended. */
export interface RunningCall {
  readonly id: string;
  /** It worked. Duration defaults to the time since the start. */
  succeed(end?: CallEnd): Promise<void>;
  /** It failed. @param reason why, for people */
  fail(reason: string, end?: CallEnd): Promise<void>;
}

/** Writes calls. */
export interface CallRecorder {
  /** Stores a call or many; see `recordCalls`. */
  record(input: ModelCallInput | readonly ModelCallInput[]): Promise<WriteCounts>;
  /** Stores a call as `processing` and gives the handle that ends it. */
  begin(start: CallStart): Promise<RunningCall>;
}

/** The recorder over a database. */
export function createCallRecorder(database: Database, clock: Clock): CallRecorder {
  const record: CallRecorder['record'] = (input) => recordCalls(database, input);
  return {
    record,
    begin: async (start) => {
      const startedMs = clock.now();
      const call = {
        ...start,
        id: start.id ?? randomUUID(),
        startedAt: start.startedAt ?? startedMs,
      };
      await record({ ...call, status: 'processing' });
      const finish = async (
        status: 'success' | 'failed',
        end: CallEnd,
        errorReason: string | null,
      ): Promise<void> => {
        const durationMs = end.durationMs ?? Math.max(0, clock.now() - startedMs);
        await record({ ...call, ...end, status, durationMs, errorReason });
      };
      return {
        id: call.id,
        succeed: (end = {}) => finish('success', end, null),
        fail: (reason, end = {}) => finish('failed', end, reason),
      };
    },
  };
}
