import type { AdviceItem, AdviceSaving } from '../contract/advice.js';
import type { AdviceBasis, AdviceDraft } from './advice-draft.js';
import type { AdviceStateRow } from './advice-state-store.js';
import { toItem } from './arrange-advice.js';
import { formatAmount, parseAmount, toSaving } from './arithmetic.js';

/** An advice as it was when a user dismissed it, or did what it says. */
export interface StoredAdvice {
  id: string;
  state: AdviceStateRow['state'];
  changedAtMs: number;
  /** As it was open. */
  item: AdviceItem;
  subject: readonly string[];
  /** What a measurement is compared with. */
  basis: AdviceBasis | null;
}

/** The form in which an advice is stored; amounts are text. */
interface StoredForm {
  item: AdviceItem;
  subject: string[];
  basis: { unit: 'money' | 'credits'; amount: string; calls: number } | null;
}

/** The text of an advice, to be stored. */
export function formatAdvice(id: string, draft: AdviceDraft): string {
  const { basis, subject } = draft;
  const form: StoredForm = {
    item: toItem(id, draft),
    subject: [...subject],
    basis: basis && {
      unit: basis.unit,
      amount: formatAmount(basis.amountE16),
      calls: basis.calls,
    },
  };
  return JSON.stringify(form);
}

/** Reads a row; `null` for one that another program has damaged. */
export function parseAdvice(row: AdviceStateRow): StoredAdvice | null {
  try {
    const { item, subject, basis } = JSON.parse(row.advice) as StoredForm;
    if (item.id !== row.adviceId) return null;
    return {
      id: row.adviceId,
      state: row.state,
      changedAtMs: row.changedAtMs,
      item,
      subject,
      basis: basis && {
        unit: basis.unit,
        amountE16: parseAmount(basis.amount),
        calls: basis.calls,
      },
    };
  } catch {
    return null;
  }
}

/** What an advice promises: its saving, or for a cache that costs more than it saves, what going without it saves. */
export function computePromise({ item, basis }: StoredAdvice): AdviceSaving | null {
  if (item.saving === null || item.claim.kind !== 'cacheSavings') return item.saving;
  if (basis === null || basis.amountE16 <= 0n) return null;
  return toSaving(basis.amountE16, item.saving.currency, item.saving.period);
}
