import { expect, test } from 'vitest';
import { toSaving } from './arithmetic.js';
import type { AdviceDraft } from './advice-draft.js';
import { computePromise, formatAdvice, parseAdvice, type StoredAdvice } from './stored-advice.js';
import { measureSaving, type Since } from './measure-advice.js';

const RANGE = { from: '2026-11-01T00:00:00.000Z', to: '2026-11-11T00:00:00.000Z' };
const UNIT = 10n ** 16n;
const ID = 'a'.repeat(22);

/** A cache that saved an amount, or lost it where it is negative. */
function cacheDraft(net: bigint): AdviceDraft {
  return {
    subject: ['m', '', 'chatCompletion'],
    claim: {
      ...{ kind: 'cacheSavings', model: 'm', provider: null, type: 'chatCompletion' },
      ...{ cachedInputTokens: 1, cacheWriteTokens: 1, coveredCalls: 100, calls: 100 },
      netSaving: String(net),
    },
    arithmetic: null,
    saving: toSaving(net * UNIT, 'USD', RANGE),
    evidence: [],
    assumption: 'cacheListPrice',
    basedOn: { calls: 100, days: null, ...RANGE },
    basis: { unit: 'money', amountE16: -net * UNIT, calls: 100 },
  };
}

const row = (advice: string): Parameters<typeof parseAdvice>[0] => ({
  ...{ adviceId: ID, state: 'done', changedAtMs: 5, advice },
});

function store(draft: AdviceDraft): StoredAdvice {
  const stored = parseAdvice(row(formatAdvice(ID, draft)));
  if (stored === null) throw new Error('The advice was not read back');
  return stored;
}

test('an advice is read back as it was', () => {
  expect(store(cacheDraft(-3n))).toMatchObject({
    ...{ id: ID, state: 'done', changedAtMs: 5, subject: ['m', '', 'chatCompletion'] },
    basis: { unit: 'money', amountE16: 3n * UNIT, calls: 100 },
    item: { state: 'open', saving: { amount: '-3' } },
  });
});

test.each(['', '{', 'null', '{"item":{"id":"other"}}', '[]'])(
  'a damaged text %j is none',
  (text) => {
    expect(parseAdvice(row(text))).toBeNull();
  },
);

test('a cache that loses promises what it loses, and one that saves promises nothing', () => {
  expect(computePromise(store(cacheDraft(-3n)))).toMatchObject({ amount: '3', currency: 'USD' });
  expect(computePromise(store(cacheDraft(3n)))).toBeNull();
});

const since = (changes: Partial<Since>): Since => ({
  ...{ drafts: [], calls: 50, isComplete: true, range: { fromMs: 5, toMs: 6 } },
  ...changes,
});

test('what is lost no more is saved, for as many calls as the promise is of', () => {
  expect(measureSaving('u', store(cacheDraft(-3n)), since({}))).toMatchObject({ amount: '3' });
});

test.each([
  ['fewer than twenty calls', since({ calls: 19 })],
  ['calls that are not all known', since({ isComplete: false })],
])('nothing is measured by %s', (_, found) => {
  expect(measureSaving('u', store(cacheDraft(-3n)), found)).toBeNull();
});

test('nothing is measured by fewer than a tenth of the calls', () => {
  const draft = cacheDraft(-3n);
  const ofMany = { ...draft, basis: draft.basis && { ...draft.basis, calls: 501 } };
  expect(measureSaving('u', store(ofMany), since({ calls: 50 }))).toBeNull();
  expect(measureSaving('u', store(ofMany), since({ calls: 51 }))).toMatchObject({ amount: '3' });
});
