import type { DecimalString } from '@usage-kit/server-sdk/contract';
import { isZeroCredits } from './credits.js';
import type { Formatters } from './intl-cache.js';
import { formatShortForm } from './number.js';

/** What calls cost is shown in: the host's credits, or money. */
export type Amounts = 'credits' | 'money';

/** An exact amount of money. */
export interface Money {
  amount: DecimalString;
  /** ISO 4217 code. */
  currency: string;
}

/** A currency of the host's choice, with the rate and the day of the rate. */
export interface DisplayCurrency {
  /** ISO 4217 code that amounts are shown in, e.g. `EUR`. */
  readonly currency: string;
  /** What one unit of `from` is worth in it, e.g. `0.92`. */
  readonly rate: number | DecimalString;
  /** The day of the rate, e.g. `2026-11-28`. */
  readonly date: string;
  /** ISO 4217 code of the amounts that are converted; others stay as they are. @default 'USD' */
  readonly from?: string | undefined;
}

/** What `Intl` takes as a currency. */
const CURRENCY = /^[A-Z]{3}$/;
const RATE = /^\d{1,12}(\.\d{1,20})?$/;
/** The server's own default. */
const DEFAULT_FROM_CURRENCY = 'USD';
const RATE_DECIMALS = 12;
const EXACT_DECIMALS = 10;

/** A rate that can be used: digits only, and a day that exists. */
export interface Rate {
  currency: string;
  from: string;
  rate: DecimalString;
  /** Midnight UTC of the day. */
  date: Date;
}

/** Reads what a host set as display currency; `null` where it is none, so that amounts stay as they are. */
export function toRate(setting: unknown): Rate | null {
  if (typeof setting !== 'object' || setting === null) return null;
  const { currency, rate, date, from = DEFAULT_FROM_CURRENCY } = setting as DisplayCurrency;
  const digits = typeof rate === 'number' ? rate.toFixed(RATE_DECIMALS) : rate;
  const day = /^\d{4}-\d\d-\d\d$/.test(date) ? new Date(date) : new Date(NaN);
  const isNumber = typeof digits === 'string' && RATE.test(digits) && !isZeroCredits(digits);
  const isRight = isNumber && CURRENCY.test(currency) && CURRENCY.test(from);
  return isRight && !Number.isNaN(day.getTime())
    ? { currency, from, rate: digits, date: day }
    : null;
}

/** The exact product of two decimal strings. */
export function multiplyDecimals(a: DecimalString, b: DecimalString): DecimalString {
  const decimals = countDecimals(a) + countDecimals(b);
  const product = String(BigInt(a.replace('.', '')) * BigInt(b.replace('.', '')));
  const sign = product.startsWith('-') ? '-' : '';
  const digits = product.replace('-', '').padStart(decimals + 1, '0');
  const point = digits.length - decimals;
  return `${sign}${digits.slice(0, point)}${decimals === 0 ? '' : `.${digits.slice(point)}`}`;
}

function countDecimals(text: DecimalString): number {
  return text.split('.')[1]?.length ?? 0;
}

/** Money for reading: the digits of its currency, and under one as many as show what a call costs, `$0.000328`. */
export function formatMoney(formatters: Formatters, money: Money): string {
  return format(formatters, money, toReadingOptions(money.amount));
}

/** Money for a card: all digits up to 99,999, then compact. */
export function formatMoneyCompact(formatters: Formatters, money: Money): string {
  if (Math.abs(Number(money.amount)) < 100_000) return formatMoney(formatters, money);
  return format(formatters, money, { notation: 'compact', maximumSignificantDigits: 3 });
}

/** Money with three digits from where the language has a short form, for a column that is short throughout. */
export function formatMoneyShort(formatters: Formatters, money: Money): string {
  const hasShortForm = formatShortForm(formatters, Number(money.amount)) !== null;
  return hasShortForm
    ? format(formatters, money, { notation: 'compact', maximumSignificantDigits: 3 })
    : formatMoney(formatters, money);
}

/** Money with every digit it has, for titles. */
export function formatMoneyExact(formatters: Formatters, money: Money): string {
  return format(formatters, money, { maximumFractionDigits: EXACT_DECIMALS });
}

/** Money on an axis. */
export function formatMoneyTick(formatters: Formatters, value: number, currency: string): string {
  const options = { style: 'currency', currency, maximumSignificantDigits: 3 } as const;
  const notation = value < 10_000 ? 'standard' : 'compact';
  return formatters.number({ ...options, minimumFractionDigits: 0, notation }).format(value);
}

function toReadingOptions(amount: DecimalString): Intl.NumberFormatOptions {
  const size = Math.abs(Number(amount));
  if (size === 0 || size >= 1) return {};
  // Four decimals keep a column of costs aligned, as they do for credits.
  if (size >= 0.001) return { minimumFractionDigits: 4, maximumFractionDigits: 4 };
  return { maximumSignificantDigits: 3 };
}

function format(
  formatters: Formatters,
  { amount, currency }: Money,
  options: Intl.NumberFormatOptions,
): string {
  const text = formatters
    .number({ style: 'currency', currency, ...options })
    .format(amount as Intl.StringNumericLiteral);
  return text.replace('-', '−');
}
