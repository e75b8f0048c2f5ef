import type { ModelCallInput } from '../contract/call-input.js';
import type { Database } from '../db/database.js';
import { UsageError } from '../errors.js';
import type { PriceCall } from '../pricing/price-call.js';
import type { Clock } from '../runtime/clock.js';
import type { UnknownFields } from './call-fields.js';
import {
  CallInProgress,
  type CallEnd,
  type CallStart,
  type EndedCall,
} from './call-in-progress.js';
import { CallQueue } from './call-queue.js';
import type { WriteCounts } from './call-write-store.js';
import { reportSafely } from './exchange/error-text.js';
import { checkCalls, createIsBackdated, storeJobs, type CallWarning } from './record-calls.js';

/** How many calls were stored, and with how many warnings. */
export interface RecordResult extends WriteCounts {
  /** Optional values that were rounded or are unknown now; left out when there are none. `onWarning` names them. */
  warnings?: number;
}

/** A call that has started and not ended. */
export interface RunningCall {
  readonly id: string;
  /** It worked. Duration defaults to the time since the start. */
  succeed(end?: CallEnd): Promise<void>;
  /** It failed. @param reason why, for people */
  fail(reason: string, end?: CallEnd): Promise<void>;
}

/** A call that is recorded concurrently with the work it stands for: the work neither waits for it nor fails with it. */
export interface TrackedCall {
  readonly id: string;
  /** Milliseconds since the start. */
  elapsedMs(): number;
  /** Names a call of which nothing is stored yet (`recordAt: 'end'`), and has no effect on others. @param id as of a call */
  identify(id: string): void;
  /** Another attempt of the same call, which the work repeats after a failure: its end replaces this one's. */
  retry(): TrackedCall;
  /** It worked. Only the first end counts. */
  succeed(end?: CallEnd): void;
  /** It failed. Only the first end counts. @param reason why, for people */
  fail(reason: string, end?: CallEnd): void;
}

/** How a call is tracked. */
export interface TrackOptions {
  /** `'end'`: nothing is stored before the end, and {@link TrackedCall.identify} may still name the call. @default 'start' */
  recordAt?: 'start' | 'end';
}

/** Records calls of a host. */
export interface CallRecorder {
  /**
   * Stores a call or many, all of them or none; on disk when it resolves. The same id of the same user again is the same
   * call, corrected. Concurrent calls share transactions. The input is read before this returns.
   *
   * An optional value that can't be stored exactly is rounded (credits half to even to the option `creditDecimals`, tokens to integers) or
   * becomes unknown, with a warning; the call is stored all the same.
   *
   * @throws UsageError `CALL_INVALID` with every fault by its index in the batch; `RECORDER_FULL` when more wait than the
   *   option `recorder` allows; `RECORDER_STOPPED` after `stop()`; `CALLS_READ_ONLY` with the option `calls`
   */
  record(input: ModelCallInput | readonly ModelCallInput[]): Promise<RecordResult>;
  /** Stores a call as `processing` and returns the handle that ends it. @throws UsageError as {@link record} */
  begin(start: CallStart): Promise<RunningCall>;
  /**
   * As {@link begin}, without waiting: returns the handle immediately, and passes errors to `onError`, never to the caller.
   * For work that recording must not delay.
   */
  track(start: CallStart, onError: (error: unknown) => void, options?: TrackOptions): TrackedCall;
}

/** How a recorder works; see the options `recorder` and `pricing`. */
export interface RecorderSettings {
  maxQueuedCalls: number;
  maxWaitingCalls: number;
  /** Completes the cost of a call. */
  price: PriceCall;
  /** Receives how many calls were stored. */
  onRecorded: (calls: number) => void;
  /** Receives the users whose calls were stored; once for each call. Must not throw. @default ignores them */
  onStored?: (userDids: Iterable<string>) => void;
  /** Receives every value that was rounded or is unknown now. Must not throw. @default ignores them */
  onWarning?: (warning: CallWarning) => void;
}

/** A recorder that can be stopped. */
export interface StoppableRecorder {
  calls: CallRecorder;
  /** Refuses further calls, and resolves when the accepted ones are on disk or have failed. */
  stop(): Promise<void>;
}

/** Makes a recorder that writes to a database; it throws nothing itself, see {@link CallRecorder.record}. */
export function createCallRecorder(
  database: Database,
  clock: Clock,
  settings: RecorderSettings,
): StoppableRecorder {
  const checkSettings = { price: settings.price, creditDecimals: database.calls.creditDecimals };
  const isBackdated = createIsBackdated(clock);
  const queue = new CallQueue({
    ...settings,
    ...database.dialect.gathers,
    store: async (jobs) => {
      const counts = await storeJobs(database, jobs, isBackdated);
      settings.onStored?.(jobs.flat().map(({ userDid }) => userDid));
      return counts;
    },
  });
  const record: RecordCalls = async (input, unknownFields = 'refuse', trackingWarnings = []) => {
    if (!database.calls.isOwn) throw toReadOnlyError(database.calls.name);
    const warnings = [...trackingWarnings];
    const counts = await queue.add(() => {
      const checked = checkCalls(input, checkSettings, unknownFields);
      warnings.push(...checked.warnings);
      return checked.calls;
    });
    for (const warning of warnings) settings.onWarning?.(warning);
    settings.onRecorded(counts.inserted + counts.updated);
    return warnings.length === 0 ? counts : { ...counts, warnings: warnings.length };
  };
  return {
    calls: {
      record: (input) => record(input),
      begin: async (start) => {
        const call = new CallInProgress(start, clock);
        await record(call.describeStart());
        const finish = async ({ input, warnings }: EndedCall): Promise<void> => {
          await record(input, 'warn', warnings);
        };
        return {
          id: call.id,
          succeed: (end = {}) => finish(call.describeEnd('success', end, null)),
          fail: (reason, end = {}) => finish(call.describeEnd('failed', end, reason)),
        };
      },
      track: (start, onError, options = {}) =>
        trackCall(record, new CallInProgress(start, clock), onError, options),
    },
    stop: () => queue.stop(),
  };
}

/** {@link CallRecorder.record}, with a choice of what unknown fields do. */
type RecordCalls = (
  input: ModelCallInput | readonly ModelCallInput[],
  unknownFields?: UnknownFields,
  /** Warnings to report once the call is stored, before those of the check. */
  trackingWarnings?: readonly CallWarning[],
) => Promise<RecordResult>;

function toReadOnlyError(table: string): UsageError {
  return new UsageError(
    'CALLS_READ_ONLY',
    `Calls are read from "${table}", which belongs to the host (option "calls"); write them there.`,
  );
}

function trackCall(
  record: RecordCalls,
  call: CallInProgress,
  onError: (error: unknown) => void,
  { recordAt }: TrackOptions,
): TrackedCall {
  const isStoredAtEnd = recordAt === 'end';
  // The queue stores calls of one id in order, so the end need not wait for the start; it has all fields of the call.
  const write = (input: ModelCallInput, warnings: readonly CallWarning[] = []): void => {
    void record(input, 'warn', warnings).catch((error: unknown) => {
      reportSafely(onError, error);
    });
  };
  if (!isStoredAtEnd) write(call.describeStart());
  let { id } = call;
  let open = true;
  const finish = ({ input, warnings }: EndedCall): void => {
    if (!open) return;
    open = false;
    write({ ...input, id }, warnings);
  };
  return {
    get id() {
      return id;
    },
    elapsedMs: () => call.elapsedMs(),
    identify: (endId) => {
      if (isStoredAtEnd && open) id = endId;
    },
    retry: () => trackCall(record, call, onError, {}),
    succeed: (end = {}) => {
      finish(call.describeEnd('success', end, null));
    },
    fail: (reason, end = {}) => {
      finish(call.describeEnd('failed', end, reason));
    },
  };
}
