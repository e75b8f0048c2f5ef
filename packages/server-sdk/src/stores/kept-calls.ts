import type { AnswerCache } from '../db/answer-cache.js';
import { HOUR_MS, floorTo, type TimeRange } from '../domain/time.js';
import type { RawHours } from '../domain/raw-hours.js';
import type { CallRow, KnownRows, NumberedCall } from './call-rows.js';
import { CALL_SIZE, LiveHour } from './live-hour.js';

/** Calls that may still change, and what tells whether they did. */
interface LiveCalls {
  /** See `Dialect.callsMark`. */
  mark: string;
  /** Rows that are numbered higher are not among them; 0 where there are no numbers. */
  through: number;
  /** The version of the user's data at which they were read. */
  version: string | null;
  /** By their start, epoch ms. */
  hours: ReadonlyMap<number, LiveHour>;
  /** Those that may change without a mark, and were there at that version: under way, or numbered higher. */
  open: readonly NumberedCall[];
}

/** What tells which calls there were when some were read. */
export interface CallsState {
  /** See `Dialect.callsMark`; `null` where calls may change without a trace. */
  mark: string | null;
  /** See `RowNumber.through`. */
  through: number | null;
  /** Changes with every write of a call of the user; `null` where it does not. */
  version: string | null;
}

/** Calls that an answer is made of. */
export interface CallsAtHand {
  /** One by one. */
  calls: CallRow[];
  /** By the hour, those that may be asked for again. */
  hours: Iterable<LiveHour>;
}

/**
 * Calls that were read before, of the hours that an answer computes from calls. Those of closed hours stay while the state
 * does that `keyOf` names; of the others only what was added since has to be read, where the database can tell.
 */
export class KeptCalls {
  readonly #closed = new Map<number, readonly CallRow[]>();
  #live: LiveCalls | undefined;
  readonly #liveKey: string;

  constructor(
    readonly cache: AnswerCache,
    readonly keyOf: (...parts: unknown[]) => string,
    readonly hours: RawHours,
  ) {
    for (const hourMs of hours.closed) {
      const calls = cache.get(keyOf(hourMs)) as readonly CallRow[] | undefined;
      if (calls) this.#closed.set(hourMs, calls);
    }
    this.#liveKey = keyOf('live', hours.live);
    this.#live = cache.get(this.#liveKey) as LiveCalls | undefined;
  }

  /** Closed hours that are still to be read. */
  get missingHours(): number[] {
    return this.hours.closed.filter((hourMs) => !this.#closed.has(hourMs));
  }

  /** Hours of calls that may change, of which something is to be read. @param isNumbered whether rows have numbers */
  liveToRead(isNumbered: boolean): readonly TimeRange[] {
    return this.#live && !isNumbered ? [] : this.hours.live;
  }

  /** Which rows of live calls need not be read again. */
  get liveKnown(): KnownRows {
    const open = this.#live?.open ?? [];
    return {
      through: this.#live?.through ?? 0,
      open: open.map(({ rowNumber }) => rowNumber ?? 0),
    };
  }

  /** The version of the user's data at which there is nothing to be read of the live calls. */
  get liveVersion(): string | null {
    return this.#live?.version ?? null;
  }

  /** Whether the live calls are not what they were, so that they must be read again. */
  isOutdated(mark: string | null): boolean {
    return this.#live !== undefined && this.#live.mark !== mark;
  }

  /** Forgets the live calls. */
  dropLive(): void {
    this.cache.delete(this.#liveKey);
  }

  /** Takes what was read. @returns all calls of the hours */
  add(read: readonly NumberedCall[], state: CallsState): CallsAtHand {
    const missing = new Map<number, CallRow[]>(this.missingHours.map((hourMs) => [hourMs, []]));
    const added: NumberedCall[] = [];
    for (const numbered of read) {
      const ofHour = missing.get(floorTo(HOUR_MS, numbered.call.startedAtMs));
      if (ofHour) ofHour.push(numbered.call);
      else added.push(numbered);
    }
    for (const [hourMs, calls] of missing) {
      this.cache.set(this.keyOf(hourMs), calls, calls.length * CALL_SIZE);
      this.#closed.set(hourMs, calls);
    }
    if (state.mark === null) {
      return { calls: [...this.#ofClosedHours(), ...added.map(({ call }) => call)], hours: [] };
    }
    const isRead = this.#live?.version !== state.version || state.version === null;
    const live =
      this.#live && !isRead ? this.#live : this.#addLive(added, { ...state, mark: state.mark });
    this.#live = live;
    return {
      calls: [...this.#ofClosedHours(), ...live.open.map(({ call }) => call)],
      hours: live.hours.values(),
    };
  }

  #ofClosedHours(): CallRow[] {
    return [...this.#closed.values()].flat();
  }

  #addLive(
    added: readonly NumberedCall[],
    { mark, through, version }: CallsState & { mark: string },
  ): LiveCalls {
    const highest = (most: number, { rowNumber }: NumberedCall): number =>
      Math.max(most, rowNumber ?? 0);
    const known = this.#live;
    // Never back: what is kept of the calls up to a number would be read again.
    const nowThrough = Math.max(known?.through ?? 0, through ?? added.reduce(highest, 0));
    const ended = new Map<number, CallRow[]>();
    const open: NumberedCall[] = [];
    for (const numbered of added) {
      const { call, rowNumber } = numbered;
      if (call.status === 'processing' || (rowNumber ?? 0) > nowThrough) open.push(numbered);
      else callsOf(ended, floorTo(HOUR_MS, call.startedAtMs)).push(call);
    }
    const hours = new Map(known?.hours);
    for (const [hourMs, calls] of ended) hours.set(hourMs, LiveHour.of(calls, hours.get(hourMs)));
    return { mark, through: nowThrough, version, hours, open };
  }

  /** Keeps the live calls, with what they remember by now. */
  keep(): void {
    if (!this.#live) return;
    let size = this.#live.open.length * CALL_SIZE;
    for (const hour of this.#live.hours.values()) size += hour.size;
    this.cache.set(this.#liveKey, this.#live, size);
  }
}

function callsOf(hours: Map<number, CallRow[]>, hourMs: number): CallRow[] {
  const known = hours.get(hourMs);
  if (known) return known;
  const calls: CallRow[] = [];
  hours.set(hourMs, calls);
  return calls;
}
