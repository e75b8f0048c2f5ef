import { ADVICE_KINDS, type AdviceItem } from '../contract/advice.js';
import { createAdviceId, type AdviceDraft } from './advice-draft.js';
import { parseAmount } from './arithmetic.js';
import { compareAmounts } from './cost-sum.js';
import type { AdviceHistory } from './advice-history.js';

/** Items of one kind in a response. */
const MAX_ITEMS_PER_KIND = 10;

/** Items of a response, and how many were left out. */
export interface ArrangedAdvice {
  items: AdviceItem[];
  omitted: number;
}

/** A draft with its id. */
export interface NamedDraft {
  id: string;
  draft: AdviceDraft;
}

/** Gives drafts their ids, in the order of a response: by kind, those with the largest saving first. */
export function nameDrafts(userDid: string, drafts: readonly AdviceDraft[]): NamedDraft[] {
  return drafts
    .map((draft) => ({ id: createAdviceId(userDid, draft.claim.kind, draft.subject), draft }))
    .sort(
      (a, b) =>
        ADVICE_KINDS.indexOf(a.draft.claim.kind) - ADVICE_KINDS.indexOf(b.draft.claim.kind) ||
        compareAmounts(weigh(b.draft), weigh(a.draft)) ||
        (a.id < b.id ? -1 : 1),
    );
}

/** Dismissed items of a response, and done ones. */
const MAX_ITEMS_PER_STATE = 20;

/**
 * Makes items of drafts: open ones, at most ten of a kind, the largest savings; then done ones, as they were then, and dismissed ones
 * that are still found. Without outcomes, those of the done ones that are still found, as they are now.
 */
export function arrangeAdvice(
  userDid: string,
  drafts: readonly AdviceDraft[],
  { stored, outcomes }: AdviceHistory,
): ArrangedAdvice {
  const named = nameDrafts(userDid, drafts);
  const open = named.filter(({ id }) => !stored.has(id));
  const seen = new Map<string, number>();
  const shown = open.flatMap(({ id, draft }) => {
    const { kind } = draft.claim;
    const count = (seen.get(kind) ?? 0) + 1;
    seen.set(kind, count);
    return count > MAX_ITEMS_PER_KIND ? [] : [toItem(id, draft)];
  });
  const found = (state: AdviceItem['state']): AdviceItem[] =>
    named
      .filter(({ id }) => stored.get(id)?.state === state)
      .map(({ id, draft }) => ({ ...toItem(id, draft), state }));
  const done =
    outcomes === null
      ? found('done')
      : [...stored.values()].flatMap(({ id, state, item }) =>
          state === 'done' ? [{ ...item, state, outcome: outcomes.get(id) ?? null }] : [],
        );
  const items = [
    ...shown,
    ...done.slice(0, MAX_ITEMS_PER_STATE),
    ...found('dismissed').slice(0, MAX_ITEMS_PER_STATE),
  ];
  return { items, omitted: open.length - shown.length };
}

/** An open item. */
export function toItem(id: string, draft: AdviceDraft): AdviceItem {
  const { claim, arithmetic, saving, evidence, assumption, basedOn } = draft;
  return {
    id,
    claim,
    arithmetic,
    saving,
    evidence,
    assumption,
    basedOn,
    state: 'open',
    outcome: null,
  };
}

/** A loss weighs as much as a saving. */
function weigh({ saving }: AdviceDraft): bigint {
  const amountE16 = saving === null ? 0n : parseAmount(saving.amount);
  return amountE16 < 0n ? -amountE16 : amountE16;
}
