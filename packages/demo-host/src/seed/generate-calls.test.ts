import { describe, expect, it } from 'vitest';
import type { ModelCallInput } from '@usage-kit/server-sdk/contract';
import { generateCalls, type LoadSpec } from './generate-calls.js';
import { adaProfile, benProfile, loadProfiles } from './profiles.js';

const DAY_MS = 86_400_000;
const NOW_MS = Date.UTC(2026, 10, 20, 14, 32);

function createSpec(overrides: Partial<LoadSpec> = {}): LoadSpec {
  return {
    seed: 'test',
    profile: adaProfile,
    anchorMs: NOW_MS,
    fromMs: NOW_MS - 90 * DAY_MS,
    toMs: NOW_MS,
    nowMs: NOW_MS,
    ...overrides,
  };
}

const all = [...generateCalls(createSpec())];
const countBy = (calls: ModelCallInput[], key: (call: ModelCallInput) => string) => {
  const counts = new Map<string, number>();
  for (const call of calls) counts.set(key(call), (counts.get(key(call)) ?? 0) + 1);
  return counts;
};
const readStart = (call: ModelCallInput) => Number(call.startedAt);

describe('the generated load', () => {
  it('is the same every time', () => {
    const day = { fromMs: NOW_MS - DAY_MS };
    expect([...generateCalls(createSpec(day))]).toEqual([...generateCalls(createSpec(day))]);
    const other = [...generateCalls(createSpec({ ...day, seed: 'other' }))];
    expect(other).not.toEqual([...generateCalls(createSpec(day))]);
  });

  it('has between 120,000 and 200,000 calls over all users', () => {
    const total = loadProfiles.reduce(
      (sum, profile) => sum + [...generateCalls(createSpec({ profile }))].length,
      0,
    );
    expect(total).toBeGreaterThan(120_000);
    expect(total).toBeLessThan(200_000);
  });

  it('is ordered by start, inside its range, with unique ids', () => {
    expect(
      all.every((call, index) => index === 0 || readStart(call) >= readStart(all[index - 1]!)),
    ).toBe(true);
    expect(readStart(all[0]!)).toBeGreaterThanOrEqual(NOW_MS - 90 * DAY_MS);
    expect(readStart(all.at(-1)!)).toBeLessThan(NOW_MS);
    expect(new Set(all.map((call) => call.id)).size).toBe(all.length);
  });

  it('adds up: two ranges that touch give the calls of the whole', () => {
    const middle = NOW_MS - 1_234_567;
    const fromMs = NOW_MS - 2 * DAY_MS;
    const parts = [
      ...generateCalls(createSpec({ fromMs, toMs: middle })),
      ...generateCalls(createSpec({ fromMs: middle })),
    ];
    expect(parts).toEqual([...generateCalls(createSpec({ fromMs }))]);
  });

  it('ends the calls that were processing, under the same ids, when time moves on', () => {
    const fromMs = NOW_MS - DAY_MS;
    const later = new Map(
      [...generateCalls(createSpec({ fromMs, nowMs: NOW_MS + DAY_MS }))].map((call) => [
        call.id,
        call,
      ]),
    );
    for (const call of generateCalls(createSpec({ fromMs }))) {
      const ended = later.get(call.id);
      expect(ended?.startedAt).toBe(call.startedAt);
      expect(ended?.status).not.toBe('processing');
      if (call.status !== 'processing') expect(ended).toEqual(call);
    }
  });

  it('is skewed between projects', () => {
    const counts = [...countBy(all, (call) => call.appDid ?? 'unassigned').values()];
    counts.sort((a, b) => b - a);
    expect(counts).toHaveLength(40);
    const topFive = counts.slice(0, 5).reduce((sum, count) => sum + count, 0);
    expect(topFive / all.length).toBeGreaterThan(0.45);
    expect(topFive / all.length).toBeLessThan(0.75);
  });

  it('keeps a few calls without a project', () => {
    const share = all.filter((call) => call.appDid === null).length / all.length;
    expect(share).toBeGreaterThan(0.0005);
    expect(share).toBeLessThan(0.01);
  });

  it('is busier by day than by night and on workdays than on Sundays', () => {
    const byHour = countBy(all, (call) => String(new Date(readStart(call)).getUTCHours()));
    expect(byHour.get('9')!).toBeGreaterThan(2 * byHour.get('22')!);
    const byDay = countBy(all, (call) => String(new Date(readStart(call)).getUTCDay()));
    expect(byDay.get('2')!).toBeGreaterThan(2 * byDay.get('0')!);
  });

  it('has heavy-tailed durations', () => {
    const chats = all.filter((call) => call.status === 'success' && call.type === 'chatCompletion');
    const sorted = chats.map((call) => call.durationMs ?? 0).sort((a, b) => a - b);
    const at = (ratio: number) => sorted[Math.floor(sorted.length * ratio)]!;
    expect(at(0.5)).toBeGreaterThan(1500);
    expect(at(0.5)).toBeLessThan(8000);
    expect(at(0.95) / at(0.5)).toBeGreaterThan(2.5);
    expect(at(0.999) / at(0.5)).toBeGreaterThan(8);
    expect(sorted.at(-1)).toBeLessThanOrEqual(240_000);
  });

  it('fails rarely, and in bursts', () => {
    const failed = all.filter((call) => call.status === 'failed');
    expect(failed.length / all.length).toBeGreaterThan(0.01);
    expect(failed.length / all.length).toBeLessThan(0.05);
    expect(failed.every((call) => call.errorReason)).toBe(true);
    const perHour = [
      ...countBy(failed, (call) => String(Math.floor(readStart(call) / 3_600_000))).values(),
    ];
    const mean = failed.length / (90 * 24);
    expect(Math.max(...perHour)).toBeGreaterThan(10 * mean);
  });

  it('prices every ended call exactly, and never adds images to tokens', () => {
    const ended = all.filter((call) => call.status !== 'processing');
    expect(ended.every((call) => /^\d+\.\d{8}$/.test(String(call.credits)))).toBe(true);
    const images = ended.filter((call) => call.type === 'imageGeneration');
    expect(images.length).toBeGreaterThan(100);
    expect(images.every((call) => call.usage?.inputTokens === undefined)).toBe(true);
  });

  it('has the cost in dollars of every ended call, and what long prompts read from a cache', () => {
    const ended = all.filter((call) => call.status !== 'processing');
    const toDigits = (amount: unknown): string =>
      String(amount).replace('.', '').replace(/^0+/, '');
    expect(ended.every(({ cost, credits }) => toDigits(cost) === toDigits(credits))).toBe(true);
    const chats = ended.filter((call) => call.type === 'chatCompletion');
    const cached = chats.map(({ usage }) => usage?.cachedInputTokens ?? NaN);
    expect(chats.every(({ usage }, index) => cached[index]! <= usage!.inputTokens!)).toBe(true);
    expect(cached.filter((tokens) => tokens > 0).length).toBeGreaterThan(chats.length / 20);
  });

  it('gives Ben three projects and about two thousand calls', () => {
    const calls = [...generateCalls(createSpec({ profile: benProfile }))];
    expect(calls.length).toBeGreaterThan(1500);
    expect(calls.length).toBeLessThan(3000);
    expect(countBy(calls, (call) => String(call.appDid)).size).toBe(3);
  });
});
