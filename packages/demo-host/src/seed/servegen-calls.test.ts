import { describe, expect, it } from 'vitest';
import { drawServegenCalls, type MeasuredCall, type ServegenSpec } from './servegen-calls.js';

const measured: MeasuredCall[] = [
  {
    provider: 'fast',
    model: 'small',
    status: 'success',
    errorReason: '',
    ttfbMs: 100,
    durationMs: 900,
    inputTokens: 500,
    outputTokens: 150,
  },
  {
    provider: 'slow',
    model: 'large',
    status: 'failed',
    errorReason: '429',
    ttfbMs: null,
    durationMs: 40,
    inputTokens: 500,
    outputTokens: null,
  },
];

const spec: ServegenSpec = {
  seed: 'test',
  measured,
  calls: 5000,
  startMs: Date.UTC(2026, 10, 1),
  hours: Array.from({ length: 24 }, (_, hour) => [
    { client: 0, hour, requestsPerSecond: 3 + hour, meanInputTokens: 800, meanOutputTokens: 90 },
    { client: 1, hour, requestsPerSecond: 0.0001, meanInputTokens: null, meanOutputTokens: null },
  ]).flat(),
};

describe('drawServegenCalls', () => {
  const calls = [...drawServegenCalls(spec)];

  it('is the same every time and has the number of calls asked for, or a few more', () => {
    expect([...drawServegenCalls(spec)]).toEqual(calls);
    expect(calls.length).toBeGreaterThanOrEqual(5000);
    expect(calls.length).toBeLessThan(5050);
  });

  it('keeps the smallest client', () => {
    expect(calls.filter((call) => call.appDid === 'client-01')).toHaveLength(12);
  });

  it('is ordered by start, with unique ids', () => {
    expect(calls.map((call) => call.startedAtMs)).toEqual(
      calls.map((call) => call.startedAtMs).sort((a, b) => a - b),
    );
    expect(new Set(calls.map((call) => call.id)).size).toBe(calls.length);
  });

  it('follows the hours of the trace', () => {
    const inHour = (hour: number) =>
      calls.filter((call) => Math.floor((call.startedAtMs - spec.startMs) / 3_600_000) === hour);
    expect(inHour(23).length / inHour(0).length).toBeGreaterThan(6);
  });

  it('draws tokens around the means of the hour, or takes the measured ones', () => {
    const large = calls.filter((call) => call.appDid === 'client-00');
    const mean = large.reduce((sum, call) => sum + (call.inputTokens ?? 0), 0) / large.length;
    expect(mean / 800).toBeCloseTo(1, 1);
    const small = calls.filter((call) => call.appDid === 'client-01');
    expect(small.every((call) => call.inputTokens === 500)).toBe(true);
  });
});
