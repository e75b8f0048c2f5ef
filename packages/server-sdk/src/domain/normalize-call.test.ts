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
      creditsE8: null,
      errorReason: null,
      metadata: null,
    },
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

test('a duration is kept to the microsecond, and not while the call is processing', () => {
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
  [{ model: 'a\r\nb' }, 'model'],
  [{ id: 'x'.repeat(129) }, 'id'],
  [{ status: 'done' }, 'status'],
  [{ type: 'toString' }, 'type'],
  [{ startedAt: 'yesterday' }, 'startedAt'],
  [{ startedAt: '2026-02-30T00:00:00Z' }, 'startedAt'],
  [{ startedAt: Number.NaN }, 'startedAt'],
  [{ startedAt: 1_700_000_000 }, 'startedAt'],
  [{ durationMs: -1 }, 'durationMs'],
  [{ durationMs: '5' }, 'durationMs'],
  [{ durationMs: Number.POSITIVE_INFINITY }, 'durationMs'],
  [{ usage: { inputTokens: 1.5 } }, 'usage.inputTokens'],
  [{ usage: { inputTokens: '12' } }, 'usage.inputTokens'],
  [{ usage: { outputTokens: -1 } }, 'usage.outputTokens'],
  [{ usage: 5 }, 'usage'],
  [{ credits: '0.000000001' }, 'credits'],
  [{ credits: -1 }, 'credits'],
  [{ credits: '1234567890123456789012345678901234567890' }, 'credits'],
  [{ credits: '1e3' }, 'credits'],
  [{ metadata: [] }, 'metadata'],
  [{ metadata: { text: 'x'.repeat(17_000) } }, 'metadata'],
])('refuses %j and names %s', (changes, field) => {
  const result = normalize(changes);
  expect('faults' in result && result.faults.map((fault) => fault.field)).toEqual([field]);
});

test('all faults are told at once', () => {
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
