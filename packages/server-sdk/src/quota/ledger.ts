import type { LedgerEntry } from '../contract/quota.js';
import { formatCredits } from '../values/credits.js';
import { UTC_DAY_MS, floorTo, toInstant, type TimeRange } from '../values/time.js';

/** A grant or an adjustment of the host. */
export interface LedgerFact {
  id: string;
  kind: 'grant' | 'adjustment';
  amountE8: bigint;
  occurredAtMs: number;
  expiresAtMs: number | null;
  description: string | null;
  category: string | null;
}

/** Credits of the user's calls; a `CreditUse` has these methods. */
export interface CreditsOfRanges {
  firstCallAtMs(): Promise<number | null>;
  creditsE8Of(ranges: readonly TimeRange[]): Promise<bigint[]>;
}

interface Draft {
  entry: Omit<LedgerEntry, 'balanceAfter' | 'amount'>;
  amountE8: bigint;
  atMs: number;
}

interface OpenGrant {
  fact: LedgerFact;
  leftE8: bigint;
}

/**
 * Builds the ledger of a user, newest first: the host's facts, a consumption row for each UTC day (split where a grant begins
 * or expires), and an expiration row for the rest of a grant. Its rows sum to the balance, and each has the balance after it.
 */
export async function buildLedger(
  facts: readonly LedgerFact[],
  use: CreditsOfRanges,
  nowMs: number,
): Promise<LedgerEntry[]> {
  const past = facts.filter((fact) => fact.occurredAtMs <= nowMs);
  const firstMs = await use.firstCallAtMs();
  const spans = firstMs === null ? [] : cutSpans(firstMs, nowMs, past);
  const credits = await use.creditsE8Of(spans);
  const drafts = [
    ...past.map(toFactDraft),
    ...spans.flatMap((span, index) => toUseDrafts(span, credits[index] ?? 0n, nowMs)),
  ].sort(compareDrafts);
  return withBalances(addExpirations(drafts, past, nowMs));
}

/** Splits the time from the day of the first call to now at midnights and where a grant begins or expires. */
function cutSpans(firstMs: number, nowMs: number, facts: readonly LedgerFact[]): TimeRange[] {
  const fromMs = floorTo(UTC_DAY_MS, firstMs);
  const cuts = new Set<number>([nowMs + 1]);
  for (let midnightMs = fromMs; midnightMs <= nowMs; midnightMs += UTC_DAY_MS) cuts.add(midnightMs);
  for (const { occurredAtMs, expiresAtMs } of facts) {
    for (const cut of [occurredAtMs, expiresAtMs]) {
      if (cut !== null && cut > fromMs && cut <= nowMs) cuts.add(cut);
    }
  }
  const sorted = [...cuts].sort((a, b) => a - b);
  return sorted.slice(1).map((toMs, index) => ({ fromMs: sorted[index] ?? fromMs, toMs }));
}

function toFactDraft(fact: LedgerFact): Draft {
  return {
    entry: {
      id: fact.id,
      kind: fact.kind,
      description: fact.description,
      occurredAt: toInstant(fact.occurredAtMs),
      expiresAt: fact.expiresAtMs === null ? null : toInstant(fact.expiresAtMs),
      category: fact.category,
      url: null,
    },
    amountE8: fact.amountE8,
    atMs: fact.occurredAtMs,
  };
}

/** Dated with the last millisecond of its span, so that it precedes rows that begin at the span's end. */
function toUseDrafts(span: TimeRange, creditsE8: bigint, nowMs: number): Draft[] {
  if (creditsE8 === 0n) return [];
  const atMs = Math.min(span.toMs - 1, nowMs);
  return [
    {
      entry: {
        id: `use-${toInstant(span.fromMs)}`,
        kind: 'consumption',
        description: `Calls of ${toInstant(span.fromMs).slice(0, 10)} (UTC)`,
        occurredAt: toInstant(atMs),
        expiresAt: null,
        category: null,
        url: null,
      },
      amountE8: -creditsE8,
      atMs,
    },
  ];
}

function compareDrafts(a: Draft, b: Draft): number {
  return a.atMs - b.atMs || (a.entry.id < b.entry.id ? -1 : 1);
}

/** Replays the ledger: use is taken from the grant that expires first, and the rest of an expired grant is a row. */
function addExpirations(
  drafts: readonly Draft[],
  facts: readonly LedgerFact[],
  nowMs: number,
): Draft[] {
  const grants = new Map(facts.filter((fact) => fact.kind === 'grant').map((f) => [f.id, f]));
  const all: Draft[] = [];
  const open: OpenGrant[] = [];
  let debtE8 = 0n;
  const expireUntil = (untilMs: number): void => {
    open.sort((a, b) => (a.fact.expiresAtMs ?? Infinity) - (b.fact.expiresAtMs ?? Infinity));
    while ((open[0]?.fact.expiresAtMs ?? Infinity) <= untilMs) {
      const expired = open.shift();
      if (expired && expired.leftE8 > 0n) all.push(toExpiryDraft(expired));
    }
  };
  for (const draft of drafts) {
    expireUntil(draft.atMs);
    all.push(draft);
    const grant = draft.entry.kind === 'grant' ? grants.get(draft.entry.id) : undefined;
    if (grant) {
      // Use that no grant covered is debt, and the next grant pays it first.
      const paidE8 = min(debtE8, grant.amountE8);
      debtE8 -= paidE8;
      open.push({ fact: grant, leftE8: grant.amountE8 - paidE8 });
    } else if (draft.amountE8 < 0n) debtE8 += takeFrom(open, -draft.amountE8);
  }
  expireUntil(nowMs);
  return all;
}

/** Takes an amount from grants. @returns the part that no grant covered */
function takeFrom(open: OpenGrant[], amountE8: bigint): bigint {
  let dueE8 = amountE8;
  open.sort((a, b) => (a.fact.expiresAtMs ?? Infinity) - (b.fact.expiresAtMs ?? Infinity));
  for (const grant of open) {
    const takenE8 = min(grant.leftE8, dueE8);
    grant.leftE8 -= takenE8;
    dueE8 -= takenE8;
  }
  return dueE8;
}

function min(a: bigint, b: bigint): bigint {
  return a < b ? a : b;
}

function toExpiryDraft({ fact, leftE8 }: OpenGrant): Draft {
  const atMs = fact.expiresAtMs ?? 0;
  return {
    entry: {
      id: `${fact.id}-expired`,
      kind: 'expiration',
      description: fact.description,
      occurredAt: toInstant(atMs),
      expiresAt: null,
      category: fact.category,
      url: null,
    },
    amountE8: -leftE8,
    atMs,
  };
}

function withBalances(drafts: readonly Draft[]): LedgerEntry[] {
  let balanceE8 = 0n;
  const entries = drafts.map(({ entry, amountE8 }) => {
    balanceE8 += amountE8;
    return {
      ...entry,
      amount: formatCredits(amountE8),
      balanceAfter: formatCredits(balanceE8),
    };
  });
  return entries.reverse();
}
