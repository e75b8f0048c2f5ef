import { expect, test } from 'vitest';
import type { AdviceDraft } from './advice-draft.js';
import { CostSum } from './cost-sum.js';
import { selectMaterial } from './material-drafts.js';

const UNIT = 10n ** 16n;
const draft = (amountE16: bigint | null): AdviceDraft =>
  ({
    basis: amountE16 === null ? null : { unit: 'money', amountE16, calls: 1 },
  }) as unknown as AdviceDraft;

/** A thousand dollars. */
const total = new CostSum();
total.add({ costE10: 10_000_000_000_000, credits: null });

test.each([
  ['a thousandth', UNIT, 1],
  ['less than a thousandth', UNIT - 1n, 0],
  ['a loss of a thousandth', -UNIT, 1],
  ['no amount', null, 1],
])('%s of what the calls cost is worth as many words as %s: %s', (_, amountE16, length) => {
  expect(selectMaterial([draft(amountE16)], total)).toHaveLength(length);
});

test('everything is, where nothing is known of the costs', () => {
  expect(selectMaterial([draft(1n)], new CostSum())).toHaveLength(1);
});
