import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { RowProgress } from '../source/scan-state.js';
import { planRows } from './plan-rows.js';
import { readCount } from '../../test/helpers/test-size.js';

/** What a host does between two runs. Rows are numbered as SQLite does. */
type Step =
  | { kind: 'insert'; count: number; isOld: boolean }
  | { kind: 'change'; share: number }
  | { kind: 'delete'; from: number; count: number };

const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({
    kind: fc.constant('insert' as const),
    count: fc.oneof(fc.nat(20), fc.nat(4000)),
    isOld: fc.boolean(),
  }),
  fc.record({
    kind: fc.constant('change' as const),
    share: fc.double({ min: 0, max: 1, noNaN: true }),
  }),
  fc.record({ kind: fc.constant('delete' as const), from: fc.nat(30_000), count: fc.nat(9000) }),
);

/** A host's table, and which of its rows were written and not read since. */
class HostTable {
  rows: { id: number; row: number; writtenMs: number }[] = [];
  readonly unread = new Set<number>();
  progress: RowProgress | null = null;
  lastMs = 0;
  nowMs = 1;
  #nextId = 0;

  do(each: Step): void {
    this.nowMs += 1;
    if (each.kind === 'insert') this.#insert(each.count, each.isOld);
    else if (each.kind === 'delete') this.#delete(each.from, each.count);
    else if (each.kind === 'change') {
      const changed = this.rows[Math.floor(each.share * (this.rows.length - 1))];
      if (!changed) return;
      changed.writtenMs = this.nowMs;
      this.unread.add(changed.id);
    }
  }

  #insert(count: number, isOld: boolean): void {
    for (let index = 0; index < count; index += 1) {
      const id = (this.#nextId += 1);
      const row = (this.rows.at(-1)?.row ?? 0) + 1;
      this.rows.push({ id, row, writtenMs: isOld ? 0 : this.nowMs });
      if (this.progress) this.unread.add(id);
    }
  }

  #delete(from: number, count: number): void {
    // The newest row stays: SQLite would give its number to the next one.
    const newest = this.rows.splice(-1);
    for (const { id } of this.rows.splice(from, count)) this.unread.delete(id);
    this.rows.push(...newest);
  }

  /** @returns how many rows it read */
  run(): number {
    const first = this.rows[0];
    if (first === undefined) return 0;
    this.nowMs += 1;
    const bounds = { first: first.row, last: this.rows.at(-1)?.row ?? first.row };
    const times = { lastMs: this.lastMs, nowMs: this.nowMs };
    const { selections, progress } = planRows(bounds, this.progress, times);
    let read = 0;
    for (const { sinceMs = -1, rows } of selections) {
      for (const { id, row, writtenMs } of this.rows) {
        if (!rows || row <= rows.after || row > rows.through) continue;
        read += 1;
        if (writtenMs >= sinceMs) this.unread.delete(id);
      }
    }
    this.progress = progress;
    this.lastMs = this.nowMs;
    return read;
  }
}

test('finds every row that was written, new ones within a run and others within a pass', () => {
  fc.assert(
    fc.property(fc.nat(30_000), fc.array(fc.array(step, { maxLength: 3 })), (count, runs) => {
      const table = new HostTable();
      table.do({ kind: 'insert', count: count + 1, isOld: true });
      table.run();
      for (const steps of runs) {
        const inserted = new Set<number>();
        for (const each of steps) {
          const known = new Set(table.unread);
          table.do(each);
          if (each.kind !== 'insert') continue;
          for (const id of table.unread) if (!known.has(id)) inserted.add(id);
        }
        table.run();
        for (const id of inserted) expect(table.unread.has(id)).toBe(false);
      }
      const rows = table.rows.at(-1)?.row ?? 0;
      for (let pass = 0; pass < 2 * (Math.ceil(rows / 10_000) + 1); pass += 1) table.run();
      expect(table.unread.size).toBe(0);
    }),
    { numRuns: readCount('RANGES', { few: 20, more: 60 }) },
  );
});

test('reads a bounded number of rows when nothing is new', () => {
  const table = new HostTable();
  table.do({ kind: 'insert', count: 60_000, isOld: false });
  table.run();
  for (let run = 0; run < 20; run += 1) expect(table.run()).toBeLessThanOrEqual(12_000);
});

test('begins a pass again when the last rows were deleted or all were numbered anew', () => {
  const progress = { throughRow: 50_000, passThroughRow: 20_000, passStartedMs: 5, passSinceMs: 3 };
  const plan = planRows({ first: 1, last: 40_000 }, progress, { lastMs: 8, nowMs: 9 });
  expect(plan.selections.at(-1)).toEqual({ rows: { after: 0, through: 10_000 }, sinceMs: 3 });
  expect(plan.progress).toEqual({ ...progress, throughRow: 40_000, passThroughRow: 10_000 });
});
