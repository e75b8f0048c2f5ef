import { randomUUID } from 'node:crypto';
import type { ModelCallInput } from '../contract/call-input.js';
import type { Database } from '../db/database.js';
import { UsageError } from '../errors.js';
import type { Clock } from '../runtime/clock.js';
import type { WriteCounts } from './call-write-store.js';
import { CallQueue } from './call-queue.js';
import { MAX_SHOWN_NAME_LENGTH, TEXT_LIMITS } from './call-fields.js';
import { toHint } from '../values/nearest-name.js';
import { CALL_INPUT_FIELDS, readMembers, type UnknownFields } from './normalize-call.js';
import { isIdentifier } from '../values/user-did.js';
import { checkCalls, storeJobs, type CallWarning } from './record-calls.js';

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

/** What became of recorded calls. */
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
   * call, corrected. Concurrent calls share transactions. The input is read before this returns.
   *
   * An optional value that can't be kept exactly is rounded (credits half to even to 8 decimals, tokens to integers) or
   * becomes unknown, with a warning; it never costs the call.
   *
   * @throws UsageError `CALL_INVALID` with every fault by its place in the batch; `RECORDER_FULL` when more wait than the
   *   option `recorder` allows; `RECORDER_STOPPED` after `stop()`; `CALLS_READ_ONLY` with the option `calls`
   */
  record(input: ModelCallInput | readonly ModelCallInput[]): Promise<RecordResult>;
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
  /** Is told of every value that was rounded or is unknown now. Must not throw. @default no one is told */
  onWarning?: (warning: CallWarning) => void;
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
  const record: RecordCalls = async (input, unknownFields = 'refuse', ofTracking = []) => {
    if (!database.calls.isOwn) throw readOnly(database.calls.name);
    const warnings = [...ofTracking];
    const counts = await queue.add(() => {
      const checked = checkCalls(input, unknownFields);
      warnings.push(...checked.warnings);
      return checked.calls;
    });
    for (const warning of warnings) limits.onWarning?.(warning);
    limits.onRecorded(counts.inserted + counts.updated);
    return warnings.length === 0 ? counts : { ...counts, warnings: warnings.length };
  };
  return {
    calls: {
      record: (input) => record(input),
      begin: async (start) => {
        const call = new CallInProgress(start, clock);
        await record(call.processing());
        const finish = async ({ input, warnings }: EndedCall): Promise<void> => {
          await record(input, 'warn', warnings);
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

/** As {@link CallRecorder.record}, for calls that must not be lost for a field that no call has. */
type RecordCalls = (
  input: ModelCallInput | readonly ModelCallInput[],
  unknownFields?: UnknownFields,
  /** What is to be told once the call is stored. */
  ofTracking?: readonly CallWarning[],
) => Promise<RecordResult>;

function readOnly(table: string): UsageError {
  return new UsageError(
    'CALLS_READ_ONLY',
    `Calls are read from "${table}", which belongs to the host (option "calls"); write them there.`,
  );
}

/** How a call is recorded at its end, and what of it is not as the caller said. */
interface EndedCall {
  input: ModelCallInput;
  warnings: CallWarning[];
}

/** Fields that the end of a call decides over its start; whose call it is and when it started stay. */
const END_FIELDS = [
  'durationMs',
  'ttfbMs',
  'usage',
  'credits',
  'errorReason',
  'metadata',
  'model',
  'provider',
  'traceId',
] as const satisfies readonly (keyof CallEnd)[];

/** What a call is recorded as, at its start and at its end. */
class CallInProgress {
  readonly id: string;
  readonly #start: ModelCallInput;
  readonly #clock: Clock;
  readonly #startedMs: number;

  constructor(start: CallStart, clock: Clock) {
    this.#clock = clock;
    this.#startedMs = clock.now();
    const members = copyInput(start);
    // An empty id is none; the beginning and the end need the same one.
    this.id = members.id || randomUUID();
    const startedAt = members.startedAt ?? this.#startedMs;
    this.#start = { ...members, id: this.id, startedAt, status: 'processing' } as ModelCallInput;
  }

  elapsedMs(): number {
    return Math.max(0, this.#clock.now() - this.#startedMs);
  }

  processing(): ModelCallInput {
    return this.#start;
  }

  /** Never throws, and never refuses: an end that is not sound is written with what of it is. */
  ended(status: 'success' | 'failed', given: CallEnd | null, reason: unknown): EndedCall {
    const end = given ?? {};
    const warnings: CallWarning[] = [];
    const warn = (field: string, detail: string): void => {
      warnings.push({ callId: this.id, userDid: this.#start.userDid, field, detail });
    };
    const members = readMembers(end, END_FIELDS, (field) => {
      warn(field, 'could not be read');
    });
    if (members.model !== undefined && !isIdentifier(members.model, TEXT_LIMITS.model)) {
      warn('model', 'names no model; the model of the start stays');
      delete members.model;
    }
    warnOfOthers(end, warn);
    const said = Object.entries(members).filter(([, value]) => value !== undefined);
    const input = {
      ...this.#start,
      ...Object.fromEntries(said),
      status,
      durationMs: members.durationMs ?? this.elapsedMs(),
      errorReason: reason instanceof Error ? reason.message : reason,
    };
    return { input: input as ModelCallInput, warnings };
  }
}

/** What else an end may say is about its start, or is misspelt. */
function warnOfOthers(end: CallEnd, warn: (field: string, detail: string) => void): void {
  const isKnown = (name: string): boolean => (END_FIELDS as readonly string[]).includes(name);
  for (const name of Object.keys(copyInput(end)).filter((key) => !isKnown(key))) {
    const shown = isIdentifier(name, MAX_SHOWN_NAME_LENGTH) ? name : '?';
    warn(shown, `is not a field of the end of a call${toHint(name, END_FIELDS)}`);
  }
}

/** Its own members; what of them can be read, where a getter throws. */
function copyInput<T extends CallStart | CallEnd>(value: T): Partial<T> {
  try {
    return { ...value };
  } catch {
    return readMembers(value, CALL_INPUT_FIELDS, () => undefined) as Partial<T>;
  }
}

function trackCall(
  record: RecordCalls,
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
  const write = (input: ModelCallInput, warnings: readonly CallWarning[] = []): void => {
    void record(input, 'warn', warnings).catch(report);
  };
  write(call.processing());
  let open = true;
  const finish = ({ input, warnings }: EndedCall): void => {
    if (!open) return;
    open = false;
    write(input, warnings);
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
