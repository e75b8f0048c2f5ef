import type {
  Advice,
  AdviceArithmetic,
  AdviceClaim,
  AdviceEvidence,
  AdviceItem,
  AdviceLine,
  AdviceOutcome,
  AdviceSaving,
  AdviceTerm,
  UnavailableAdvice,
} from '@usage-kit/server-sdk/contract';
import { dated, project } from './check-body.js';
import {
  count,
  currencyCode,
  decimal,
  flag,
  instant,
  list,
  oneOf,
  orNull,
  shape,
  text,
  type Check,
} from './checks.js';

const cost = { cost: orNull(decimal), credits: orNull(decimal) };
const ofModel = { kind: text, model: text, provider: orNull(text), type: text, calls: count };

const claim = oneOf<AdviceClaim>({
  failedCalls: {
    ...{ kind: text, model: text, reason: text, failedCalls: count, calls: count },
    ...cost,
  },
  retries: {
    ...{ kind: text, appDid: text, model: text, repeats: count, failedRepeats: count },
    ...{ calls: count, ...cost },
  },
  cacheSavings: {
    ...ofModel,
    ...{ cachedInputTokens: count, cacheWriteTokens: count, coveredCalls: count },
    netSaving: decimal,
  },
  priceDifference: {
    ...ofModel,
    ...{ alternative: text, cost: decimal, basis: text, alternativeCost: decimal },
    p95: orNull(
      shape({
        ...{ modelMs: count, alternativeMs: count },
        ...{ modelSamples: count, alternativeSamples: count },
      }),
    ),
  },
  idleProjects: {
    ...{ kind: text, appDid: text, lastCallAt: instant, idleDays: count, calls: count },
    ...cost,
  },
  expiringGrants: {
    ...{ kind: text, grantId: text, description: orNull(text), expiresAt: instant },
    ...{ amount: decimal, left: decimal, unused: decimal, unusedAtLeast: decimal },
    dailyUse: decimal,
  },
});

const saving = orNull(
  shape<AdviceSaving>({
    ...{ amount: decimal, unit: text, currency: orNull(currencyCode) },
    period: shape<AdviceSaving['period']>({ from: instant, to: instant }),
  }),
);

const arithmetic = orNull(
  shape<AdviceArithmetic>({
    unit: text,
    lines: list(
      shape<AdviceLine>({
        ...{ operation: text, subject: orNull(text), amount: decimal },
        factors: list(shape<AdviceTerm>({ name: text, value: decimal, unit: text })),
      }),
    ),
    result: decimal,
  }),
);

const item = shape<AdviceItem>({
  ...{ id: text, claim, arithmetic, saving, assumption: text, state: text },
  evidence: list(
    shape<AdviceEvidence>({
      ...{ appDid: text, model: orNull(text), status: orNull(text), type: orNull(text) },
      ...{ from: instant, to: instant, calls: orNull(count) },
    }),
  ),
  basedOn: shape<AdviceItem['basedOn']>({
    ...{ calls: orNull(count), days: orNull(count), from: instant, to: instant },
  }),
  outcome: orNull(
    shape<AdviceOutcome>({ doneAt: instant, promised: saving, measured: saving, calls: count }),
  ),
});

/** Finds where the body of `/advice` is wrong, as `findWrongField` does. */
export const findWrongAdvice: Check = shape<Advice>({
  items: list(item),
  omitted: count,
  unavailable: list(shape<UnavailableAdvice>({ kind: text, reason: text })),
  projects: list(project),
  basedOn: shape<Advice['basedOn']>({
    ...{ calls: count, callsRead: count, callsFrom: instant, truncated: flag },
  }),
  ...dated,
});

/** Finds where the answer to a change of an advice is wrong, as `findWrongField` does. */
export const findWrongAdviceItem: Check = item;
