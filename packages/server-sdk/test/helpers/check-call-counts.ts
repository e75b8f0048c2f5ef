import { expect } from 'vitest';
import { CALL_STATUSES } from '../../src/contract/common.js';
import type { ProjectCalls } from '../../src/index.js';
import type { ReferenceCall } from './reference-model.js';

/** What a list of calls is narrowed to. */
interface Asked {
  model?: readonly string[];
  status?: readonly string[];
  type?: readonly string[];
  minDurationMs?: number;
}

const ASKED: readonly Asked[] = [
  {},
  { model: ['m1', 'm2'] },
  { status: ['failed', 'processing'], model: ['m2'] },
  { type: ['chatCompletion', 'imageGeneration'], status: ['success'] },
  { minDurationMs: 900 },
  { minDurationMs: 900, status: ['success', 'failed'], model: ['m1', 'm2'] },
];

const VALUE_OF = {
  model: ({ model }: ReferenceCall): string => model,
  status: ({ status }: ReferenceCall): string => status,
  type: ({ type }: ReferenceCall): string => type ?? 'chatCompletion',
};
type ValueFilter = keyof typeof VALUE_OF;
const VALUE_FILTERS = Object.keys(VALUE_OF) as ValueFilter[];

/**
 * Asks for a project's calls with several values of each filter, and for the counts of their values. The list has the calls that
 * have one of the values of every filter, and each count is the length of the list that the value alone would give.
 *
 * @param calls the project's in the range, as far as they are listed
 * @param turn which filters, so that a history asks for all of them
 */
export async function checkCallCounts(
  get: <T>(path: string) => Promise<T>,
  path: string,
  calls: readonly ReferenceCall[],
  turn: number,
): Promise<void> {
  const asked = ASKED[turn % ASKED.length] ?? {};
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(asked) as [string, number | readonly string[]][]) {
    for (const each of [value].flat()) query.append(name, String(each));
  }
  const body = await get<ProjectCalls>(`${path}&counts=true&limit=100&${query.toString()}`);
  const listed = calls.filter((call) => matches(asked, call));
  expect([query.toString(), body.total]).toEqual([query.toString(), listed.length]);
  expect(new Set(body.items.map(({ id }) => id)).size).toBe(Math.min(listed.length, 100));
  for (const filter of VALUE_FILTERS) {
    const others = calls.filter((call) => matches({ ...asked, [filter]: undefined }, call));
    const valueOf = VALUE_OF[filter];
    const values = filter === 'status' ? CALL_STATUSES : new Set(calls.map(valueOf));
    const expected = [...values].map((value) => ({
      value,
      calls: others.filter((call) => valueOf(call) === value).length,
    }));
    const byValue = (a: { value: string }, b: { value: string }): number =>
      a.value < b.value ? -1 : 1;
    const counts = [...(body.counts?.[filter] ?? [])].sort(byValue);
    const label = `${filter} under ${query.toString()}`;
    expect([label, counts]).toEqual([label, expected.sort(byValue)]);
  }
}

function matches(asked: Asked, call: ReferenceCall): boolean {
  const isTimed = call.status !== 'processing' && typeof call.durationMs === 'number';
  const isLong =
    asked.minDurationMs === undefined ||
    (isTimed && Number(call.durationMs) >= asked.minDurationMs);
  return (
    isLong &&
    VALUE_FILTERS.every((filter) => asked[filter]?.includes(VALUE_OF[filter](call)) ?? true)
  );
}
