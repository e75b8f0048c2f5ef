import type { LedgerEntry } from '../contract/quota.js';
import { formatE10 } from '../values/amounts.js';
import { UTC_DAY_MS, floorTo, toInstant, type TimeRange } from '../values/time.js';

/** A grant or an adjustment of the host. */
export interface LedgerFact {
  id: string;
  kind: 'grant' | 'adjustment';
  amountE10: bigint;
  occurredAtMs: number;
  expiresAtMs: number | null;
  description: string | null;
  category: string | null;
}

/** Credits of the user's calls; a `CreditUse` has these methods. */
export interface CreditsOfRanges {
  firstCallAtMs(): Promise<number | null>;
  creditsE10Of(ranges: readonly TimeRange[]): Promise<bigint[]>;
}

interface Draft {
  entry: Omit<LedgerEntry, 'balanceAfter' | 'amount'>;
  amountE10: bigint;
  atMs: number;
}

interface OpenGrant {
  fact: LedgerFact;
  leftE10: bigint;
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
  const credits = await use.creditsE10Of(spans);
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
    amountE10: fact.amountE10,
    atMs: fact.occurredAtMs,
  };
}

/** Dated with the last millisecond of its span, so that it precedes rows that begin at the span's end. */
function toUseDrafts(span: TimeRange, creditsE10: bigint, nowMs: number): Draft[] {
  if (creditsE10 === 0n) return [];
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
      amountE10: -creditsE10,
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
  let debtE10 = 0n;
  const expireUntil = (untilMs: number): void => {
    open.sort((a, b) => (a.fact.expiresAtMs ?? Infinity) - (b.fact.expiresAtMs ?? Infinity));
    while ((open[0]?.fact.expiresAtMs ?? Infinity) <= untilMs) {
      const expired = open.shift();
      if (expired && expired.leftE10 > 0n) all.push(toExpiryDraft(expired));
    }
  };
  for (const draft of drafts) {
    expireUntil(draft.atMs);
    all.push(draft);
    const grant = draft.entry.kind === 'grant' ? grants.get(draft.entry.id) : undefined;
    if (grant) {
      // Use that no grant covered is debt, and the next grant pays it first.
      const paidE10 = min(debtE10, grant.amountE10);
      debtE10 -= paidE10;
      open.push({ fact: grant, leftE10: grant.amountE10 - paidE10 });
    } else if (draft.amountE10 < 0n) debtE10 += takeFrom(open, -draft.amountE10);
  }
  expireUntil(nowMs);
  return all;
}

/** Takes an amount from grants. @returns the part that no grant covered */
function takeFrom(open: OpenGrant[], amountE10: bigint): bigint {
  let dueE10 = amountE10;
  open.sort((a, b) => (a.fact.expiresAtMs ?? Infinity) - (b.fact.expiresAtMs ?? Infinity));
  for (const grant of open) {
    const takenE10 = min(grant.leftE10, dueE10);
    grant.leftE10 -= takenE10;
    dueE10 -= takenE10;
  }
  return dueE10;
}

function min(a: bigint, b: bigint): bigint {
  return a < b ? a : b;
}

function toExpiryDraft({ fact, leftE10 }: OpenGrant): Draft {
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
    amountE10: -leftE10,
    atMs,
  };
}

function withBalances(drafts: readonly Draft[]): LedgerEntry[] {
  let balanceE10 = 0n;
  const entries = drafts.map(({ entry, amountE10 }) => {
    balanceE10 += amountE10;
    return {
      ...entry,
      amount: formatE10(amountE10),
      balanceAfter: formatE10(balanceE10),
    };
  });
  return entries.reverse();
}
