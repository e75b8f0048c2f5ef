import type { AnswerCache } from '../db/answer-cache.js';
import { HOUR_MS, floorTo, type TimeRange } from '../domain/time.js';
import type { RawHours } from '../domain/raw-hours.js';
import type { CallRow, NumberedCall } from './call-rows.js';

/** Characters that a call takes in memory, about. */
const CALL_SIZE = 250;

/** Calls that may still change, and what tells whether they did. */
interface LiveCalls {
  /** See `Dialect.callsMark`. */
  mark: string;
  /** Rows that are numbered higher are not among them; 0 where there are no numbers. */
  through: number;
  calls: readonly CallRow[];
}

/**
 * Calls that were read before, of the hours that an answer computes from calls. Those of closed hours stay while the state
 * does that `keyOf` names; of the others only what was added since has to be read, where the database can tell.
 */
export class KeptCalls {
  readonly #closed = new Map<number, readonly CallRow[]>();
  readonly #live: LiveCalls | undefined;
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

  /** The number that live calls still to be read are above. */
  get liveThrough(): number {
    return this.#live?.through ?? 0;
  }

  /** Whether the live calls are not what they were, so that they must be read again. */
  isOutdated(mark: string | null): boolean {
    return this.#live !== undefined && this.#live.mark !== mark;
  }

  /** Forgets the live calls. */
  dropLive(): void {
    this.cache.delete(this.#liveKey);
  }

  /**
   * Keeps what was read.
   *
   * @param through see `RowNumber.through`
   * @returns all calls of the hours
   */
  *add(
    read: readonly NumberedCall[],
    mark: string | null,
    through: number | null,
  ): Generator<CallRow> {
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
    for (const calls of this.#closed.values()) yield* calls;
    yield* this.#addLive(added, mark, through);
  }

  #addLive(
    added: readonly NumberedCall[],
    mark: string | null,
    through: number | null,
  ): readonly CallRow[] {
    const known = this.#live ?? { through: 0, calls: [] };
    if (this.#live && added.length === 0) return known.calls;
    const highest = (most: number, { rowNumber }: NumberedCall): number =>
      Math.max(most, rowNumber ?? 0);
    // Never back: what is kept of the calls up to a number would be read again.
    const nowThrough = Math.max(known.through, through ?? added.reduce(highest, 0));
    const isBehind = ({ rowNumber }: NumberedCall): boolean => (rowNumber ?? 0) <= nowThrough;
    const callsOf = (some: readonly NumberedCall[]): CallRow[] => some.map(({ call }) => call);
    if (mark !== null) {
      const calls = [...known.calls, ...callsOf(added.filter(isBehind))];
      const size = calls.length * CALL_SIZE;
      this.cache.set(this.#liveKey, { mark, through: nowThrough, calls }, size);
    }
    return [...known.calls, ...callsOf(added)];
  }
}
