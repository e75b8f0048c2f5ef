import type { FailureReason } from '../contract/advice.js';

/** Checked in this order: a text that fits several is of the first. */
const PATTERNS: readonly (readonly [FailureReason, RegExp])[] = [
  ['abandoned', /^abandoned$/i],
  [
    'quota',
    /insufficient[ _]?(quota|funds|credits?|balance)|quota|billing|payment required|\b402\b/i,
  ],
  ['rateLimit', /rate.?limit|too many requests|throttl|overloaded|\b429\b|\b529\b/i],
  ['contextLength', /context.?(length|window)|maximum context|too many tokens|prompt is too long/i],
  ['contentFilter', /content.?(filter|policy)|safety|moderation|flagged|blocked by/i],
  ['authentication', /unauthori[sz]ed|forbidden|api.?key|authenticat|permission|\b40[13]\b/i],
  ['timeout', /time[d ]*-? ?out|deadline|\b408\b|\b504\b/i],
  ['cancelled', /cancel|abort|client closed|disconnect|\b499\b/i],
  ['network', /network|econn|enotfound|socket|fetch failed|dns|tls|connection/i],
  ['server', /internal|server error|bad gateway|unavailable|upstream|\b50[0-3]\b/i],
  ['invalidRequest', /invalid|bad request|unsupported|not found|malformed|\b4(00|04|13|22)\b/i],
];

/** A longer text says in its beginning why the call failed. */
const MAX_LENGTH = 500;

/**
 * Names the class of an error reason, so that no text of an error, in which a part of a prompt may stand, is in an advice.
 *
 * @param text the error reason of a failed call; `null` and blank are `unknown`, what fits no class is `other`
 */
export function classifyFailure(text: string | null): FailureReason {
  const start = (text ?? '').slice(0, MAX_LENGTH).trim();
  if (start === '') return 'unknown';
  return PATTERNS.find(([, pattern]) => pattern.test(start))?.[0] ?? 'other';
}

/** At the beginning, or after a word that says what the number is: not any number, which may be of seconds or tokens. */
const STATUS_CODE =
  /^(?:error\s+)?(?:http\s+)?([45]\d\d)\b|\b(?:status(?:[ _]?code)?|http(?:\/\d(?:\.\d)?)?|code)["']?\s*[:=]?\s*([45]\d\d)\b/i;

/**
 * Finds the status code of HTTP that an error reason names.
 *
 * @param text the error reason of a failed call
 * @returns 400 to 599; `null` where it names none
 */
export function findStatusCode(text: string | null): number | null {
  const match = STATUS_CODE.exec((text ?? '').slice(0, MAX_LENGTH).trim());
  const code = match?.[1] ?? match?.[2];
  return code === undefined ? null : Number(code);
}
