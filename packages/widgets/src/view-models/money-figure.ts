import type { DecimalString } from '@usage-kit/server-sdk/contract';
import {
  formatMoney,
  formatMoneyCompact,
  formatMoneyExact,
  multiplyDecimals,
  toRate,
  type Money,
  type Rate,
} from '../format/money.js';
import type { Formatters } from '../format/intl-cache.js';
import { figureMessages } from '../locales/en/figures.js';
import type { Localizer } from '../locales/localizer.js';
import type { Figure } from './figure.js';

/** Before every amount that was converted. */
const CONVERTED_MARK = '≈\u00a0';

/** The amount in the display currency with its rate; as it is, where there is none for its currency. */
function convert(
  { displayCurrency }: Localizer,
  money: Money,
): { money: Money; rate: Rate | null } {
  const rate = toRate(displayCurrency);
  if (rate === null || rate.from !== money.currency || rate.currency === rate.from) {
    return { money, rate: null };
  }
  const amount = multiplyDecimals(money.amount, rate.rate);
  return { money: { amount, currency: rate.currency }, rate };
}

/** Money, marked where it is converted; the title has every digit, and of a converted amount what it was and the rate. */
export function toMoneyFigure(
  localizer: Localizer,
  original: Money,
  write: (formatters: Formatters, money: Money) => string = formatMoney,
): Figure {
  const { t, formatters } = localizer;
  const { money, rate } = convert(localizer, original);
  const text = write(formatters, money);
  const title = formatMoneyExact(formatters, money);
  if (rate === null) return { text, title };
  return {
    text: CONVERTED_MARK + text,
    title: t(figureMessages.convertedFrom, {
      exact: title,
      original: formatMoneyExact(formatters, original),
      rate: describeRate(localizer, rate),
    }),
  };
}

/** Money for a card, compact from 100,000. */
export function toCompactMoneyFigure(localizer: Localizer, money: Money): Figure {
  return toMoneyFigure(localizer, money, formatMoneyCompact);
}

/** At which rate amounts of a currency are converted, `at 0.92 EUR on Nov 28, 2026`; `null` where they are not. */
export function describeConversion(localizer: Localizer, currency: string): string | null {
  const { rate } = convert(localizer, { amount: '0', currency });
  return rate === null ? null : describeRate(localizer, rate);
}

function describeRate({ t, formatters }: Localizer, { rate, currency, date }: Rate): string {
  return t(figureMessages.conversionRate, {
    rate: formatters
      .number({ maximumFractionDigits: 12 })
      .format(rate as Intl.StringNumericLiteral),
    currency,
    date: formatters.date({ dateStyle: 'medium', timeZone: 'UTC' }).format(date),
  });
}

/** An amount as a number in the currency that is shown, for drawing; never for text. */
export function toShownAmount(
  localizer: Localizer,
  currency: string,
): { factor: number; currency: string } {
  const { money, rate } = convert(localizer, { amount: '0', currency });
  return { factor: rate === null ? 1 : Number(rate.rate), currency: money.currency };
}

/** Money that may not be known, e.g. because an older server does not send it. */
export function toMoney(
  amount: DecimalString | null | undefined,
  currency: string | null | undefined,
): Money | null {
  return amount == null || currency == null ? null : { amount, currency };
}
