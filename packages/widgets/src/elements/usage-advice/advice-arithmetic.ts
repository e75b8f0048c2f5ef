import type {
  AdviceArithmetic,
  AdviceLine,
  AdviceTerm,
  AdviceTermName,
  AdviceUnit,
  DecimalString,
} from '@usage-kit/server-sdk/contract';
import { html, nothing, type TemplateResult } from 'lit';
import { formatMoneyExact } from '../../format/money.js';
import { adviceArithmeticMessages as words } from '../../locales/en/advice-arithmetic.js';
import { adviceMessages } from '../../locales/en/advice.js';
import type { Localizer } from '../../locales/localizer.js';
import type { MessageDefinition } from '../../locales/messages.js';
import { lookUp } from '../../utils/look-up.js';
import { formatExact } from './advice-amounts.js';

/** An arithmetic to show. */
export interface ShownArithmetic {
  arithmetic: AdviceArithmetic;
  /** ISO 4217 code of its money. */
  currency: string;
  /** The name of what a line is of, e.g. of a project by its DID. */
  nameSubject: (subject: string) => string;
}

/** The lines and the result, exactly; loaded when a person opens the first. */
export function renderArithmeticTable(
  localizer: Localizer,
  shown: ShownArithmetic,
): TemplateResult {
  const { arithmetic, currency } = shown;
  const { lines, unit, result } = arithmetic;
  return html`<table>
    <tbody>
      ${lines.map((line) => renderLine(localizer, line, shown))}
    </tbody>
    <tfoot>
      <tr>
        <td class="sign">=</td>
        <th scope="row">${localizer.t(words.adviceResult)}</th>
        <td class="amount">${writeAmount(localizer, result, unit, currency)}</td>
      </tr>
    </tfoot>
  </table>`;
}

function renderLine(
  localizer: Localizer,
  { operation, subject, factors, amount }: AdviceLine,
  { arithmetic, currency, nameSubject }: ShownArithmetic,
): TemplateResult {
  const product = factors.map((term) => writeTerm(localizer, term, currency)).join(' × ');
  return html`<tr>
    <td class="sign">${operation === 'add' ? '+' : '−'}</td>
    <td>
      ${product}${subject === null ? nothing : html` <span class="subject">${nameSubject(subject)}</span>`}
    </td>
    <td class="amount">${writeAmount(localizer, amount, arithmetic.unit, currency)}</td>
  </tr>`;
}

/** How a value of each unit is written, exactly; a unit that a newer server may know is the number alone. */
const UNITS: Readonly<
  Record<AdviceUnit, (localizer: Localizer, value: DecimalString, currency: string) => string>
> = {
  calls: formatExact,
  tokens: formatExact,
  days: (localizer, value) =>
    localizer.t(words.unitDays, { count: formatExact(localizer, value) }, value === '1' ? 1 : 2),
  money: ({ formatters }, amount, currency) => formatMoneyExact(formatters, { amount, currency }),
  credits: (localizer, value) =>
    localizer.t(adviceMessages.unitCredits, { amount: formatExact(localizer, value) }),
  moneyPerMillionTokens: ({ t, formatters }, amount, currency) =>
    t(words.unitPerMillion, {
      amount: formatMoneyExact(formatters, { amount, currency }),
    }),
  creditsPerDay: (localizer, value) =>
    localizer.t(words.unitPerDay, { amount: formatExact(localizer, value) }),
};

const NAMES: Readonly<Partial<Record<AdviceTermName, MessageDefinition>>> = {
  cost: words.termCost,
  otherCost: words.termOtherCost,
  cachedInputTokens: words.termCachedInputTokens,
  cacheWriteTokens: words.termCacheWriteTokens,
  inputTokens: words.termInputTokens,
  outputTokens: words.termOutputTokens,
  reasoningTokens: words.termReasoningTokens,
  readDiscount: words.termReadDiscount,
  writeSurcharge: words.termWriteSurcharge,
  price: words.termPrice,
  left: words.termLeft,
  dailyUse: words.termDailyUse,
  days: words.termDays,
  usedByEarlierGrants: words.termUsedByEarlierGrants,
};

/** A term of the arithmetic with its exact value and its name, `2.7 per million (saved by reading)`. */
function writeTerm(localizer: Localizer, term: AdviceTerm, currency: string): string {
  const write = lookUp(UNITS, term.unit) ?? formatExact;
  const name = lookUp(NAMES, term.name);
  const value = write(localizer, term.value, currency);
  return name === undefined ? value : `${value} (${localizer.t(name)})`;
}

/** A sum of the arithmetic, exactly. */
function writeAmount(
  localizer: Localizer,
  amount: DecimalString,
  unit: 'money' | 'credits',
  currency: string,
): string {
  return (lookUp(UNITS, unit) ?? formatExact)(localizer, amount, currency);
}
