import { integer, weighted } from './distributions.js';
import { createRng, type Rng } from './rng.js';

const HOUR_MS = 3_600_000;

/** Why a call fails. */
export interface FailureReason {
  text: string;
  /** How long the caller waited, milliseconds: a refusal is quick, a timeout is not. */
  durationMs: readonly [number, number];
}

const RATE_LIMITED: FailureReason = {
  text: '429 Too Many Requests: rate limit reached, retry after 20 s',
  durationMs: [90, 450],
};
const OVERLOADED: FailureReason = {
  text: '529 Overloaded: the provider is temporarily out of capacity',
  durationMs: [200, 2500],
};
const TIMED_OUT: FailureReason = {
  text: 'Timeout: no response from the provider within 60 s',
  durationMs: [60_000, 60_250],
};
const BAD_GATEWAY: FailureReason = {
  text: '502 Bad Gateway: upstream closed the connection before the response was complete',
  durationMs: [900, 9000],
};

const EVERYDAY_REASONS: readonly (readonly [FailureReason, number])[] = [
  [
    {
      text: '400 context_length_exceeded: the prompt has more tokens than the model accepts',
      durationMs: [80, 300],
    },
    28,
  ],
  [RATE_LIMITED, 22],
  [
    { text: 'The content was refused by the provider’s safety filter', durationMs: [400, 1800] },
    18,
  ],
  [BAD_GATEWAY, 12],
  [TIMED_OUT, 8],
  [{ text: 'Cancelled: the client closed the connection', durationMs: [500, 14_000] }, 8],
  [{ text: '401 Unauthorized: the provider key has been rotated', durationMs: [70, 200] }, 4],
];

const OUTAGE_REASONS = [
  [RATE_LIMITED, 5],
  [OVERLOADED, 4],
  [TIMED_OUT, 2],
  [BAD_GATEWAY, 2],
] as const;

/** An outage: for some minutes of a day a provider fails much more than usual, mostly for one reason. */
interface Outage {
  fromMs: number;
  toMs: number;
  failureRate: number;
  reason: FailureReason;
}

const EVERYDAY_FAILURE_RATE = 0.011;

/** Decides which calls fail: few on a usual day, many in a row when a provider is in trouble. */
export class Failures {
  readonly #seed: string;
  readonly #outages = new Map<string, Outage | null>();

  constructor(seed: string) {
    this.#seed = seed;
  }

  /** The reason why a call that starts now fails, or `null` when it succeeds. */
  draw(rng: Rng, provider: string, startedAtMs: number): FailureReason | null {
    const outage = this.#findOutage(provider, Math.floor(startedAtMs / (24 * HOUR_MS)));
    const within = outage && startedAtMs >= outage.fromMs && startedAtMs < outage.toMs;
    if (rng() >= (within ? outage.failureRate : EVERYDAY_FAILURE_RATE)) return null;
    return within && rng() < 0.85 ? outage.reason : weighted(rng, EVERYDAY_REASONS);
  }

  #findOutage(provider: string, day: number): Outage | null {
    const key = `${provider}/${day}`;
    const known = this.#outages.get(key);
    if (known !== undefined) return known;
    const rng = createRng(`${this.#seed}/outage/${key}`);
    const outage = rng() < 0.07 ? drawOutage(rng, day * 24 * HOUR_MS) : null;
    this.#outages.set(key, outage);
    return outage;
  }
}

function drawOutage(rng: Rng, dayMs: number): Outage {
  const fromMs = dayMs + integer(rng, 2 * 60, 20 * 60) * 60_000;
  return {
    fromMs,
    toMs: fromMs + integer(rng, 25, 150) * 60_000,
    failureRate: 0.25 + rng() * 0.5,
    reason: weighted(rng, OUTAGE_REASONS),
  };
}
