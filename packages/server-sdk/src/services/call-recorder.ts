import { randomUUID } from 'node:crypto';
import type { ModelCallInput } from '../contract/call-input.js';
import type { Database } from '../db/database.js';
import { UsageError } from '../errors.js';
import type { Clock } from '../ports/clock.js';
import type { WriteCounts } from '../stores/call-write-store.js';
import { CallQueue } from './call-queue.js';
import { checkCalls, storeJobs } from './record-calls.js';

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

/** A call that is recorded beside the work it stands for: nothing waits for it, nothing fails with it. */
export interface TrackedCall {
  readonly id: string;
  /** Milliseconds since the start. */
  elapsedMs(): number;
  /** It worked. Only the first end counts. */
  succeed(end?: CallEnd): void;
  /** It failed. Only the first end counts. @param reason why, for people */
  fail(reason: string, end?: CallEnd): void;
}

/** Writes calls. */
export interface CallRecorder {
  /**
   * Stores a call or many, all of them or none; on disk when it resolves. The same id of the same user again is the same
   * call, corrected. Concurrent calls share transactions. Do not change the input before it resolves.
   *
   * @throws UsageError `CALL_INVALID` with every fault by its place in the batch; `RECORDER_FULL` when more wait than the
   *   option `recorder` allows; `RECORDER_STOPPED` after `stop()`; `CALLS_READ_ONLY` with the option `calls`
   */
  record(input: ModelCallInput | readonly ModelCallInput[]): Promise<WriteCounts>;
  /** Stores a call as `processing` and gives the handle that ends it. */
  begin(start: CallStart): Promise<RunningCall>;
  /**
   * The same without waiting: the handle comes at once, and what goes wrong goes to `onError`, never to the caller. For
   * work that recording must not hold up.
   */
  track(start: CallStart, onError: (error: unknown) => void): TrackedCall;
}

/** Limits of a recorder; see the option `recorder`. */
export interface RecorderLimits {
  maxQueuedCalls: number;
  maxWaitingCalls: number;
  /** Is told how many calls were stored. */
  onRecorded: (calls: number) => void;
}

/** A recorder that can be ended: then it takes no more calls, and resolves when those it has are on disk. */
export interface StoppableRecorder {
  calls: CallRecorder;
  stop(): Promise<void>;
}

/** The recorder over a database. */
export function createCallRecorder(
  database: Database,
  clock: Clock,
  limits: RecorderLimits,
): StoppableRecorder {
  const queue = new CallQueue({
    ...limits,
    ...database.dialect.gathers,
    store: (jobs) => storeJobs(database, jobs),
  });
  const record: CallRecorder['record'] = async (input) => {
    if (!database.calls.isOwn) throw readOnly(database.calls.name);
    const counts = await queue.add(Array.isArray(input) ? input.length : 1, () =>
      checkCalls(input),
    );
    limits.onRecorded(counts.inserted + counts.updated);
    return counts;
  };
  return {
    calls: {
      record,
      begin: async (start) => {
        const call = new CallInProgress(start, clock);
        await record(call.processing());
        const finish = async (end: ModelCallInput): Promise<void> => {
          await record(end);
        };
        return {
          id: call.id,
          succeed: (end = {}) => finish(call.ended('success', end, null)),
          fail: (reason, end = {}) => finish(call.ended('failed', end, reason)),
        };
      },
      track: (start, onError) => trackCall(record, new CallInProgress(start, clock), onError),
    },
    stop: () => queue.stop(),
  };
}

function readOnly(table: string): UsageError {
  return new UsageError(
    'CALLS_READ_ONLY',
    `Calls are read from "${table}", which belongs to the host (option "calls"); write them there.`,
  );
}

/** What a call is recorded as, at its start and at its end. */
class CallInProgress {
  readonly id: string;
  readonly #start: CallStart;
  readonly #clock: Clock;
  readonly #startedMs: number;

  constructor(start: CallStart, clock: Clock) {
    this.id = start.id ?? randomUUID();
    this.#start = start;
    this.#clock = clock;
    this.#startedMs = clock.now();
  }

  elapsedMs(): number {
    return Math.max(0, this.#clock.now() - this.#startedMs);
  }

  processing(): ModelCallInput {
    const startedAt = this.#start.startedAt ?? this.#startedMs;
    return { ...this.#start, id: this.id, startedAt, status: 'processing' };
  }

  ended(
    status: 'success' | 'failed',
    { durationMs, ...end }: CallEnd,
    errorReason: string | null,
  ): ModelCallInput {
    const took = durationMs ?? this.elapsedMs();
    return { ...this.processing(), ...end, status, durationMs: took, errorReason };
  }
}

function trackCall(
  record: CallRecorder['record'],
  call: CallInProgress,
  onError: (error: unknown) => void,
): TrackedCall {
  const report = (error: unknown): void => {
    try {
      onError(error);
    } catch {
      // A hook that throws must not reach the work that is recorded.
    }
  };
  // Calls are written in the order they come, so the end need not wait for the beginning; it says all there is.
  const write = (input: ModelCallInput): void => {
    void record(input).catch(report);
  };
  write(call.processing());
  let open = true;
  const finish = (end: ModelCallInput): void => {
    if (!open) return;
    open = false;
    write(end);
  };
  return {
    id: call.id,
    elapsedMs: () => call.elapsedMs(),
    succeed: (end = {}) => {
      finish(call.ended('success', end, null));
    },
    fail: (reason, end = {}) => {
      finish(call.ended('failed', end, reason));
    },
  };
}
