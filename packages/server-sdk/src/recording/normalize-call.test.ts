import { runInNewContext } from 'node:vm';
import { describe, expect, test } from 'vitest';
import { mayReplace, normalizeCall } from './normalize-call.js';

const CALL = {
  userDid: 'did:alice',
  model: 'gpt-4o',
  status: 'success',
  startedAt: '2026-11-22T10:00:00.5Z',
};

function normalize(changes: Record<string, unknown>): ReturnType<typeof normalizeCall> {
  return normalizeCall({ ...CALL, ...changes }, () => 'new-id');
}

test('the four required fields are enough', () => {
  expect(normalize({})).toEqual({
    call: {
      userDid: 'did:alice',
      id: 'new-id',
      traceId: null,
      appDid: 'unassigned',
      model: 'gpt-4o',
      provider: '',
      type: 'chatCompletion',
      status: 'success',
      startedAtMs: Date.UTC(2026, 10, 22, 10, 0, 0, 500),
      durationUs: null,
      ttfbUs: null,
      inputTokens: null,
      outputTokens: null,
      totalTokens: null,
      units: null,
      cachedInputTokens: null,
      cacheWriteTokens: null,
      reasoningTokens: null,
      costE10: null,
      currency: null,
      costSource: 'unknown',
      priceTable: null,
      creditsE10: null,
      errorReason: null,
      metadata: null,
    },
    warnings: [],
  });
});

describe('usage', () => {
  test('the total defaults to input and output', () => {
    expect(normalize({ usage: { inputTokens: 3, outputTokens: 4 } })).toMatchObject({
      call: { totalTokens: 7 },
    });
  });

  test('what other types meter is never added to tokens', () => {
    expect(normalize({ type: 'imageGeneration', usage: { totalTokens: 4 } })).toMatchObject({
      call: { totalTokens: null, units: 4 },
    });
  });
});

test('a duration is stored to the microsecond, and not while the call is processing', () => {
  expect(normalize({ durationMs: 1.2345 })).toMatchObject({ call: { durationUs: 1235 } });
  expect(normalize({ durationMs: 5, status: 'processing' })).toMatchObject({
    call: { durationUs: null },
  });
});

test.each([
  [{ userDid: '' }, 'userDid'],
  [{ userDid: 'a\0b' }, 'userDid'],
  [{ userDid: ['a'] }, 'userDid'],
  [{ userDid: 'x'.repeat(256) }, 'userDid'],
  [{ userDid: 'a\ud800' }, 'userDid'],
  [{ userDid: 'undefined' }, 'userDid'],
  [{ model: 'a\r\nb' }, 'model'],
  [{ id: 'x'.repeat(129) }, 'id'],
  [{ id: '\ude00' }, 'id'],
  [{ id: 5 }, 'id'],
  [{ status: 'done' }, 'status'],
  [{ startedAt: 'yesterday' }, 'startedAt'],
  [{ startedAt: '2026-02-30T00:00:00Z' }, 'startedAt'],
  [{ startedAt: Number.NaN }, 'startedAt'],
  [{ startedAt: 1_700_000_000 }, 'startedAt'],
  [{ startedAt: new Date(Number.NaN) }, 'startedAt'],
  [{ startedAt: { getTime: (): number => 1_700_000_000_000 } }, 'startedAt'],
])('refuses %j and names %s', (changes, field) => {
  const result = normalize(changes);
  expect('faults' in result && result.faults.map((fault) => fault.field)).toEqual([field]);
});

test.each([
  [{ durationMs: -1 }, 'durationMs', { durationUs: null }],
  [{ durationMs: '5' }, 'durationMs', { durationUs: null }],
  [{ durationMs: Number.POSITIVE_INFINITY }, 'durationMs', { durationUs: null }],
  [{ ttfbMs: Number.NaN }, 'ttfbMs', { ttfbUs: null }],
  [{ usage: { inputTokens: 1.5 } }, 'usage.inputTokens', { inputTokens: 2, totalTokens: 2 }],
  [{ usage: { inputTokens: '12' } }, 'usage.inputTokens', { inputTokens: null }],
  [{ usage: { outputTokens: -1 } }, 'usage.outputTokens', { outputTokens: null }],
  [{ usage: { totalTokens: Number.NaN } }, 'usage.totalTokens', { totalTokens: null }],
  [{ usage: { totalTokens: 1e300 } }, 'usage.totalTokens', { totalTokens: null }],
  [{ usage: { units: -0.5 } }, 'usage.units', { units: null }],
  [{ usage: 5 }, 'usage', { inputTokens: null }],
  [{ usage: [1] }, 'usage', { inputTokens: null }],
  [{ credits: -1 }, 'credits', { creditsE10: null }],
  [{ credits: Number.NaN }, 'credits', { creditsE10: null }],
  [{ credits: 'free' }, 'credits', { creditsE10: null }],
  [{ credits: { amount: 1 } }, 'credits', { creditsE10: null }],
  [{ credits: '90071993' }, 'credits', { creditsE10: null }],
  [{ metadata: [] }, 'metadata', { metadata: null }],
  [{ metadata: 'text' }, 'metadata', { metadata: null }],
  [{ metadata: { text: 'x'.repeat(17_000) } }, 'metadata', { metadata: null }],
  [{ metadata: { toJSON: () => 'text' } }, 'metadata', { metadata: null }],
  [{ errorReason: 5 }, 'errorReason', { errorReason: null }],
  [{ traceId: 'x'.repeat(129) }, 'traceId', { traceId: null }],
  [{ traceId: 7 }, 'traceId', { traceId: null }],
  [{ provider: 'a\0' }, 'provider', { provider: '' }],
  [{ appDid: 'x'.repeat(256) }, 'appDid', { appDid: 'unassigned' }],
  [{ type: 'toString' }, 'type', { type: 'custom' }],
])('%j costs the value and not the call', (changes, field, stored) => {
  const result = normalize(changes);
  expect(result).toMatchObject({ call: stored });
  expect(result.warnings.map((warning) => warning.field)).toEqual([field]);
});

test.each([
  [{ credits: 0.1 * 3 }, { creditsE10: 3_000_000_000n }],
  [{ credits: '0.000000005' }, { creditsE10: 0n }],
  [{ credits: '0.000000015' }, { creditsE10: 200n }],
  [{ credits: 5n }, { creditsE10: 50_000_000_000n }],
  [{ credits: '1e-8' }, { creditsE10: 100n }],
  [{ credits: '' }, { creditsE10: null }],
  [{ usage: { inputTokens: 2.9999999999999996, outputTokens: 5n } }, { totalTokens: 8 }],
  [{ usage: { inputTokens: -0 } }, { inputTokens: 0 }],
])('%o is rounded without a word', (changes, stored) => {
  expect(normalize(changes)).toMatchObject({ call: stored, warnings: [] });
});

test('fields that no call has are refused with the nearest name, or left out with a warning', () => {
  const misspelt = { duration: 5, usage: { inputToken: 7 }, later: undefined };
  const faults = [
    { field: 'duration', detail: 'is not a field of a call; did you mean durationMs?' },
    { field: 'usage.inputToken', detail: 'is not a field of a call; did you mean inputTokens?' },
  ];
  expect(normalize(misspelt)).toMatchObject({ faults });
  expect(normalizeCall({ ...CALL, ...misspelt }, () => 'new-id', 'warn')).toMatchObject({
    call: { durationUs: null },
    warnings: faults,
  });
});

test('a Date of another realm is an instant', () => {
  const startedAt: unknown = runInNewContext('new Date(1795168800000)');
  expect(startedAt).not.toBeInstanceOf(Date);
  expect(normalize({ startedAt })).toMatchObject({ call: { startedAtMs: 1795168800000 } });
});

test('a getter that throws costs its own value', () => {
  const input = {
    ...CALL,
    get credits(): string {
      throw new Error('no');
    },
  };
  expect(normalizeCall(input, () => 'id')).toMatchObject({
    call: { creditsE10: null },
    warnings: [{ field: 'credits' }],
  });
});

test('all faults are reported together', () => {
  const result = normalizeCall({}, () => 'id');
  expect('faults' in result && result.faults.map((fault) => fault.field)).toEqual([
    'status',
    'userDid',
    'model',
    'startedAt',
  ]);
});

test('a call ends once', () => {
  expect(mayReplace('processing', 'success')).toBe(true);
  expect(mayReplace('success', 'processing')).toBe(false);
  expect(mayReplace('success', 'failed')).toBe(true);
});

test.each([
  [{ inputTokens: 100, cachedInputTokens: 60, cacheWriteTokens: 40 }, [60, 40, null], 0],
  [{ inputTokens: 100, cachedInputTokens: 0 }, [0, null, null], 0],
  [{ outputTokens: 9, reasoningTokens: 9 }, [null, null, 9], 0],
  [{ inputTokens: 100, cachedInputTokens: 60, cacheWriteTokens: 41 }, [null, null, null], 2],
  [{ outputTokens: 9, reasoningTokens: 10 }, [null, null, null], 1],
  [{ cachedInputTokens: 60, outputTokens: 9 }, [null, null, null], 1],
])('parts of tokens are at most their whole: %j', (usage, parts, warnings) => {
  const result = normalize({ usage });
  const call = 'call' in result ? result.call : null;
  expect([call?.cachedInputTokens, call?.cacheWriteTokens, call?.reasoningTokens]).toEqual(parts);
  expect(result.warnings).toHaveLength(warnings);
});

test.each([
  [{ cost: '0.00000000005', currency: 'USD' }, [0, 'USD', 'host']],
  [{ cost: '0.00000000015', currency: 'EUR', costSource: 'reported' }, [2, 'EUR', 'reported']],
  [{ cost: 0 }, [0, null, 'host']],
  [{ cost: 1, currency: 'dollars' }, [null, null, 'unknown']],
  [{ cost: -1 }, [null, null, 'unknown']],
  [{ cost: '900719.9254740992' }, [null, null, 'unknown']],
  [{ cost: 1, status: 'processing' }, [null, null, 'unknown']],
  [{ currency: 'USD' }, [null, null, 'unknown']],
])('a cost is exact to ten decimals, or unknown: %j', (input, expected) => {
  const result = normalize(input);
  const call = 'call' in result ? result.call : null;
  expect([call?.costE10, call?.currency, call?.costSource]).toEqual(expected);
});
