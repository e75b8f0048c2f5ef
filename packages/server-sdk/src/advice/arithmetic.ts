import type {
  AdviceArithmetic,
  AdviceLine,
  AdviceSaving,
  AdviceTerm,
  AdviceTermName,
  AdviceUnit,
} from '../contract/advice.js';
import type { Range } from '../contract/common.js';
import { formatDecimal, parseDecimal } from '../values/decimal.js';

/**
 * Decimals of all amounts of the arithmetic: a price has 10, of a million tokens, so that the product of tokens and a price is
 * exact with 16, and so is that of credits a day and days.
 */
export const AMOUNT_DECIMALS = 16;

/** Units of 1e-16 in one of 1e-10. */
const FROM_E10 = 1_000_000n;

/** A line with its amount as an integer. */
export interface ExactLine {
  line: Omit<AdviceLine, 'amount'>;
  /** Units of 1e-16; the sign is that of the operation. */
  amountE16: bigint;
}

/** Formats units of 1e-16. */
export function formatAmount(amountE16: bigint): string {
  return formatDecimal(amountE16, AMOUNT_DECIMALS);
}

/** Parses a decimal string of at most 16 decimals to units of 1e-16. @throws TypeError on other text */
export function parseAmount(text: string): bigint {
  const units = parseDecimal(text, AMOUNT_DECIMALS);
  if (units === null) throw new TypeError(`Not an amount: ${text}`);
  return units;
}

/** A term. */
export function toTerm(name: AdviceTermName, value: string | number, unit: AdviceUnit): AdviceTerm {
  return { name, value: String(value), unit };
}

/** A line of one amount. */
export function toAmountLine(
  operation: AdviceLine['operation'],
  subject: string | null,
  { name, unit }: Pick<AdviceTerm, 'name' | 'unit'>,
  amountE16: bigint,
): ExactLine {
  const factors = [toTerm(name, formatAmount(amountE16), unit)];
  return {
    line: { operation, subject, factors },
    amountE16: operation === 'add' ? amountE16 : -amountE16,
  };
}

/** A line of tokens times a price of a million of them. */
export interface TokenLine {
  operation: AdviceLine['operation'];
  subject: string | null;
  tokens: { name: AdviceTermName; count: number };
  price: { name: AdviceTermName; perMillionE10: bigint };
}

/** Multiplies tokens by a price, exactly. */
export function toTokenLine({ operation, subject, tokens, price }: TokenLine): ExactLine {
  // 1e-10 of the currency for a million tokens is 1e-16 for one.
  const amountE16 = BigInt(tokens.count) * price.perMillionE10;
  return {
    line: {
      operation,
      subject,
      factors: [
        toTerm(tokens.name, tokens.count, 'tokens'),
        toTerm(price.name, formatAmount(price.perMillionE10 * FROM_E10), 'moneyPerMillionTokens'),
      ],
    },
    amountE16: operation === 'add' ? amountE16 : -amountE16,
  };
}

/** Adds up amounts, units of 1e-16. */
export function sumLines(lines: readonly ExactLine[]): bigint {
  return lines.reduce((sum, { amountE16 }) => sum + amountE16, 0n);
}

/** The arithmetic of lines, as responses have it; lines of nothing are left out. */
export function toArithmetic(
  unit: AdviceArithmetic['unit'],
  lines: readonly ExactLine[],
): AdviceArithmetic {
  return {
    unit,
    lines: lines
      .filter(({ amountE16 }) => amountE16 !== 0n)
      .map(({ line, amountE16 }) => ({
        ...line,
        amount: formatAmount(line.operation === 'add' ? amountE16 : -amountE16),
      })),
    result: formatAmount(sumLines(lines)),
  };
}

/** A saving of a period. @param currency ISO 4217; `null` for credits */
export function toSaving(
  amountE16: bigint,
  currency: string | null,
  { from, to }: Pick<Range, 'from' | 'to'>,
): AdviceSaving {
  return {
    amount: formatAmount(amountE16),
    unit: currency === null ? 'credits' : 'money',
    currency,
    period: { from, to },
  };
}
