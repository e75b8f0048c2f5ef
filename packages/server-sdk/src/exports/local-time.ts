import { Temporal } from 'temporal-polyfill';
import { MINUTE_MS, QUARTER_HOUR_MS, floorTo } from '../values/time.js';

/** Offsets that are remembered: four years of quarters of an hour that have calls. */
const MAX_REMEMBERED = 150_000;

/** Instants as the wall clock of an IANA zone shows them. */
export class LocalTime {
  readonly #timeZone: string;
  readonly #offsets = new Map<number, number>();

  constructor(timeZone: string) {
    this.#timeZone = timeZone;
  }

  /** How far the zone's clock is ahead of UTC at an instant, milliseconds. Zones change it on quarters of an hour only. */
  getOffsetMs(instantMs: number): number {
    if (this.#timeZone === 'UTC') return 0;
    const quarterMs = floorTo(QUARTER_HOUR_MS, instantMs);
    const known = this.#offsets.get(quarterMs);
    if (known !== undefined) return known;
    const zoned = Temporal.Instant.fromEpochMilliseconds(quarterMs).toZonedDateTimeISO(
      this.#timeZone,
    );
    const offsetMs = Math.round(zoned.offsetNanoseconds / 1e6);
    if (this.#offsets.size >= MAX_REMEMBERED) this.#offsets.clear();
    this.#offsets.set(quarterMs, offsetMs);
    return offsetMs;
  }

  /** An RFC 3339 instant with the zone's offset, `2026-11-22T18:00:00.000+08:00`: local to people, exact to programs. */
  format(instantMs: number): string {
    const offsetMs = this.getOffsetMs(instantMs);
    const local = new Date(instantMs + offsetMs).toISOString();
    if (offsetMs === 0) return local;
    const minutes = Math.round(Math.abs(offsetMs) / MINUTE_MS);
    const pad = (value: number): string => String(value).padStart(2, '0');
    const sign = offsetMs < 0 ? '-' : '+';
    return `${local.slice(0, -1)}${sign}${pad(Math.floor(minutes / 60))}:${pad(minutes % 60)}`;
  }

  /** The date and time on the wall, as a `Date` whose UTC fields are those: what a spreadsheet, which knows no zones, shows. */
  toWallClock(instantMs: number): Date {
    return new Date(instantMs + this.getOffsetMs(instantMs));
  }
}
