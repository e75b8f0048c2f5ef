import type { AdviceSaving, DecimalString } from '@usage-kit/server-sdk/contract';
import { formatCredits } from '../../format/credits.js';
import type { Localizer } from '../../locales/localizer.js';
import { adviceMessages } from '../../locales/en/advice.js';
import type { Figure } from '../../view-models/figure.js';
import { toMoneyFigure } from '../../view-models/money-figure.js';

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
