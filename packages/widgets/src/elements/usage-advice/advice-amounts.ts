import type {
  AdviceSaving,
  AdviceTerm,
  AdviceTermName,
  AdviceUnit,
  DecimalString,
} from '@usage-kit/server-sdk/contract';
import { formatCredits } from '../../format/credits.js';
import { formatMoneyExact } from '../../format/money.js';
import type { Localizer } from '../../locales/localizer.js';
import type { MessageDefinition } from '../../locales/messages.js';
import { adviceMessages } from '../../locales/en/advice.js';
import type { Figure } from '../../view-models/figure.js';
import { toMoneyFigure } from '../../view-models/money-figure.js';
import { lookUp } from '../../utils/look-up.js';

/** Decimals of a number of the arithmetic: as many as it has. */
const EXACT_DECIMALS = 16;

/** A number with every digit it has. */
export function formatExact({ formatters }: Localizer, value: DecimalString): string {
  return formatters
    .number({ maximumFractionDigits: EXACT_DECIMALS })
    .format(value as Intl.StringNumericLiteral)
    .replace('-', '−');
}

/** Credits in words, `12.50 credits`; the title has every digit. */
export function toCreditAmount(localizer: Localizer, credits: DecimalString): Figure {
  const toText = (amount: string): string => localizer.t(adviceMessages.unitCredits, { amount });
  return {
    text: toText(formatCredits(localizer.formatters, credits)),
    title: toText(formatExact(localizer, credits)),
  };
}

/** Money, or credits in words, without the sign of a loss where `isAbsolute`. */
export function toAmount(
  localizer: Localizer,
  amount: DecimalString,
  currency: string | null,
  isAbsolute = false,
): Figure {
  const shown = isAbsolute ? amount.replace(/^-/, '') : amount;
  return currency === null
    ? toCreditAmount(localizer, shown)
    : toMoneyFigure(localizer, { amount: shown, currency });
}

/** The amount of a saving. */
export function toSavingFigure(localizer: Localizer, saving: AdviceSaving): Figure {
  return toAmount(localizer, saving.amount, saving.currency);
}

/** How a value of each unit is written, exactly; a unit that a newer server may know is the number alone. */
const UNITS: Readonly<
  Record<AdviceUnit, (localizer: Localizer, value: DecimalString, currency: string) => string>
> = {
  calls: formatExact,
  tokens: formatExact,
  days: (localizer, value) =>
    localizer.t(
      adviceMessages.unitDays,
      { count: formatExact(localizer, value) },
      value === '1' ? 1 : 2,
    ),
  money: ({ formatters }, amount, currency) => formatMoneyExact(formatters, { amount, currency }),
  credits: (localizer, value) =>
    localizer.t(adviceMessages.unitCredits, { amount: formatExact(localizer, value) }),
  moneyPerMillionTokens: ({ t, formatters }, amount, currency) =>
    t(adviceMessages.unitPerMillion, {
      amount: formatMoneyExact(formatters, { amount, currency }),
    }),
  creditsPerDay: (localizer, value) =>
    localizer.t(adviceMessages.unitPerDay, { amount: formatExact(localizer, value) }),
};

const NAMES: Readonly<Record<AdviceTermName, MessageDefinition>> = {
  failedCalls: adviceMessages.termFailedCalls,
  repeats: adviceMessages.termRepeats,
  cost: adviceMessages.termCost,
  otherCost: adviceMessages.termOtherCost,
  cachedInputTokens: adviceMessages.termCachedInputTokens,
  cacheWriteTokens: adviceMessages.termCacheWriteTokens,
  inputTokens: adviceMessages.termInputTokens,
  outputTokens: adviceMessages.termOutputTokens,
  reasoningTokens: adviceMessages.termReasoningTokens,
  readDiscount: adviceMessages.termReadDiscount,
  writeSurcharge: adviceMessages.termWriteSurcharge,
  price: adviceMessages.termPrice,
  left: adviceMessages.termLeft,
  dailyUse: adviceMessages.termDailyUse,
  days: adviceMessages.termDays,
  usedByEarlierGrants: adviceMessages.termUsedByEarlierGrants,
};

/** A term of the arithmetic with its exact value and its name, `2.7 per million (saved by reading)`. */
export function writeTerm(localizer: Localizer, term: AdviceTerm, currency: string): string {
  const write = lookUp(UNITS, term.unit) ?? formatExact;
  const name = lookUp(NAMES, term.name);
  const value = write(localizer, term.value, currency);
  return name === undefined ? value : `${value} (${localizer.t(name)})`;
}

/** A sum of the arithmetic, exactly. */
export function writeAmount(
  localizer: Localizer,
  amount: DecimalString,
  unit: 'money' | 'credits',
  currency: string,
): string {
  return (lookUp(UNITS, unit) ?? formatExact)(localizer, amount, currency);
}
