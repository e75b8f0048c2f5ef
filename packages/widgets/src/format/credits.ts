import type { DecimalString } from '@usage-kit/server-sdk/contract';
import type { Formatters } from './intl-cache.js';
import { formatShortForm } from './number.js';

const EXACT_DECIMALS = 8;

/**
 * Credits for reading: two decimals, more for amounts under one so that a call's cost is not shown as 0.00.
 *
 * The text is never turned into a binary number: `Intl` formats decimal strings digit by digit.
 */
export function formatCredits(formatters: Formatters, credits: DecimalString): string {
  return format(formatters, credits, toReadingOptions(credits));
}

/**
 * A part of a total, e.g. what is left of it: with more digits where two decimals would show it as the whole, 4.998 of 5 as
 * 5.00. `isFloored` never shows more than there is.
 */
export function formatPart(
  formatters: Formatters,
  credits: DecimalString,
  total: DecimalString | null,
  isFloored = false,
): string {
  const rounded = formatCredits(formatters, credits);
  const isWhole = total !== null && rounded === formatCredits(formatters, total);
  if (isWhole && !isSameCredits(credits, total)) {
    const options = { maximumFractionDigits: EXACT_DECIMALS, roundingMode: 'floor' } as const;
    return format(formatters, credits, options);
  }
  return isFloored ? formatBalance(formatters, credits) : rounded;
}

/** What there is, rounded down: never more than there is. */
export function formatBalance(formatters: Formatters, credits: DecimalString): string {
  return format(formatters, credits, { ...toReadingOptions(credits), roundingMode: 'floor' });
}

/** Whether two decimal strings are the same number, however they are written. */
function isSameCredits(a: DecimalString, b: DecimalString): boolean {
  const [x, y] = [a, b].map((credits) => credits.replace(/^(-?)0+(?=\d)|(\.\d*?)0+$/g, '$1$2'));
  return x?.replace(/\.$/, '') === y?.replace(/\.$/, '');
}

/** Credits with every digit they have, for titles. */
export function formatCreditsExact(formatters: Formatters, credits: DecimalString): string {
  return format(formatters, credits, { maximumFractionDigits: EXACT_DECIMALS });
}

/** Credits for a card: all digits up to 99,999, then compact. */
export function formatCreditsCompact(formatters: Formatters, credits: DecimalString): string {
  if (countIntegerDigits(credits) < 6) return formatCredits(formatters, credits);
  return format(formatters, credits, {
    notation: 'compact',
    minimumSignificantDigits: 3,
    maximumSignificantDigits: 3,
  });
}

/** Credits with three digits from where the language has a short form, for a column that is short throughout. */
export function formatCreditsShort(formatters: Formatters, credits: DecimalString): string {
  const short = formatShortForm(formatters, credits as Intl.StringNumericLiteral);
  return short ?? formatCredits(formatters, credits);
}

/** Signed credits, `+12.50` or `−3.00`. */
export function formatCreditsSigned(formatters: Formatters, credits: DecimalString): string {
  const options = { ...toReadingOptions(credits), signDisplay: 'exceptZero' as const };
  return format(formatters, credits, options);
}

/** Whether a decimal string is zero, whatever its notation; `null` counts as zero. */
export function isZeroCredits(credits: DecimalString | null): boolean {
  return credits === null || !/[1-9]/.test(credits);
}

/** A decimal number shared equally, cut after `decimals`; `null` when there is nothing to share among. */
export function divideDecimal(
  value: DecimalString,
  count: number,
  decimals: number = EXACT_DECIMALS,
): DecimalString | null {
  if (count <= 0) return null;
  const [integer = '0', fraction = ''] = value.replace('-', '').split('.');
  const units = BigInt(integer + fraction.padEnd(decimals, '0').slice(0, decimals));
  const digits = String(units / BigInt(count)).padStart(decimals + 1, '0');
  const sign = value.startsWith('-') ? '-' : '';
  return `${sign}${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`;
}

/** Credits as a binary number: for the height of a bar or the width of a meter, never for text. */
export function toApproximateNumber(credits: DecimalString): number {
  return Number(credits);
}

function toReadingOptions(credits: DecimalString): Intl.NumberFormatOptions {
  if (isZeroCredits(credits)) return { maximumFractionDigits: 2, minimumFractionDigits: 0 };
  if (countIntegerDigits(credits) > 0)
    return { minimumFractionDigits: 2, maximumFractionDigits: 2 };
  // Four decimals keep a column of costs aligned; what would round to nothing shows its first digits instead.
  if (!/^[+-]?0*\.000/.test(credits)) return { minimumFractionDigits: 4, maximumFractionDigits: 4 };
  return { maximumSignificantDigits: 2 };
}

function countIntegerDigits(credits: DecimalString): number {
  const integer = /^[+-]?0*(\d*)/.exec(credits)?.[1] ?? '';
  return integer.length;
}

function format(
  formatters: Formatters,
  credits: DecimalString,
  options: Intl.NumberFormatOptions,
): string {
  // The contract promises a decimal string; TypeScript's name for it is narrower than `string`.
  const text = formatters.number(options).format(credits as Intl.StringNumericLiteral);
  // A real minus: as wide as the plus in tabular figures, and not lost before a large figure.
  return text.replace('-', '−');
}
