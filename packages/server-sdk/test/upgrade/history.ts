import { HOUR_MS } from '../../src/values/time.js';
import type { ReferenceCall } from '../helpers/reference-model.js';

/**
 * The calls of the databases of released versions. Never changed: the rows and answers of each folder of `releases` are those of
 * exactly these calls.
 */

/** When the history ends: 22 November 2026, 10:20:30.400 UTC. */
export const HISTORY_END_MS = Date.UTC(2026, 10, 22, 10, 20, 30, 400);
/** When the rollup of the released version last ran: the last hours of the history are not rolled up. */
export const ROLLED_UP_MS = HISTORY_END_MS - 5 * HOUR_MS;
/** Calls before are archived: of them there are aggregates and no rows. */
export const ARCHIVED_BEFORE_DAYS = 40;

/** Users of the history: one whose older calls are archived, two with many calls, one with few. */
export const HISTORY_USERS = ['carol', 'alice', 'bob', 'did:abt:多拉'] as const;

/** A call of the history. */
export interface HistoryCall extends ReferenceCall {
  startedAt: number;
  /** Whether it came by plain SQL after its hour was rolled up. */
  isLate: boolean;
}

interface Part {
  user: string;
  calls: number;
  /** Oldest and newest start, hours before the end. */
  fromHours: number;
  toHours: number;
  isLate?: boolean;
  prefix: string;
}

const DAY_HOURS = 24;
const PARTS: readonly Part[] = [
  { user: 'alice', calls: 60_000, fromHours: 4 * DAY_HOURS, toHours: 0, prefix: 'a' },
  { user: 'bob', calls: 40_000, fromHours: 3 * DAY_HOURS, toHours: 0, prefix: 'b' },
  { user: 'carol', calls: 250, fromHours: 110 * DAY_HOURS, toHours: 45 * DAY_HOURS, prefix: 'c' },
  { user: 'carol', calls: 150, fromHours: 30 * DAY_HOURS, toHours: 2, prefix: 'd' },
  { user: 'did:abt:多拉', calls: 40, fromHours: 20 * DAY_HOURS, toHours: 30, prefix: 'e' },
  { user: 'alice', calls: 20, fromHours: 5 * DAY_HOURS, toHours: 40, isLate: true, prefix: 'l' },
];

interface Model {
  model: string;
  provider: string;
}

const PROJECTS: [string, ...string[]] = ['shop', '项目/一 trends', 'unassigned'];
const MODELS: [Model, ...Model[]] = [
  { model: 'gpt-4o', provider: 'openai' },
  { model: 'claude-sonnet', provider: 'anthropic' },
  { model: "l'embedding", provider: '' },
];
const REASONS: [string, ...string[]] = [
  '429 Too Many Requests',
  'context length exceeded',
  'connection reset',
];

/** Generates the history in its order: more than 100,000 calls that are not archived. */
export function* generateHistory(): Generator<HistoryCall> {
  const random = createRandom(20_261_122);
  for (const part of PARTS) {
    for (let index = 0; index < part.calls; index += 1) yield generateCall(part, index, random);
  }
}

function generateCall(part: Part, index: number, random: () => number): HistoryCall {
  const spanMs = (part.fromHours - part.toHours) * HOUR_MS;
  const startedAt =
    HISTORY_END_MS - part.fromHours * HOUR_MS + Math.floor(random() * (spanMs - 1000));
  const { model, provider } = pick(MODELS, random);
  const status = pickStatus(random(), startedAt);
  const isEmbedding = provider === '';
  const inputTokens = Math.floor(random() * 4000);
  const outputTokens = isEmbedding ? 0 : Math.floor(random() * 900);
  const durationMs = 80 + Math.floor(random() * random() * 20_000) / 8;
  const hasTokens = random() < 0.95;
  const hasCost = random() < 0.7;
  return {
    id: `${part.prefix}-${index}`,
    userDid: part.user,
    appDid: pick(PROJECTS, random),
    ...{ model, provider, status, startedAt },
    type: isEmbedding ? 'embedding' : 'chatCompletion',
    isLate: part.isLate === true,
    ...(status === 'processing' ? {} : { durationMs }),
    ...(status === 'success' && !isEmbedding ? { ttfbMs: Math.floor(durationMs / 4) } : {}),
    ...(hasTokens ? { usage: { inputTokens, outputTokens } } : {}),
    ...(status === 'success' ? { credits: `0.${String(inputTokens + 1).padStart(8, '0')}` } : {}),
    ...(status === 'success' && hasCost
      ? { cost: `0.00${String(outputTokens + 1).padStart(6, '0')}`, currency: 'USD' }
      : {}),
    ...(status === 'failed' ? { errorReason: pick(REASONS, random) } : {}),
  };
}

/** Only calls of the last hour are in progress: older ones would count as abandoned. */
function pickStatus(draw: number, startedAt: number): HistoryCall['status'] {
  if (draw < 0.06) return 'failed';
  return draw < 0.2 && startedAt > HISTORY_END_MS - HOUR_MS ? 'processing' : 'success';
}

function pick<Item>(items: readonly [Item, ...Item[]], random: () => number): Item {
  return items[Math.floor(random() * items.length)] ?? items[0];
}

/** The generator of Numerical Recipes: the same numbers on every machine. @returns numbers of [0, 1) */
function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
