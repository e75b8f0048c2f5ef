import { ANSWER_CHECKS } from './answer-checks.js';
import type { Subject } from './ask.js';
import type { Check, CheckResult } from './check.js';
import { ISOLATION_CHECKS } from './isolation-checks.js';

/** Every check in the order in which they run; the burst comes last. */
const CHECKS: readonly Check[] = [...ISOLATION_CHECKS, ...ANSWER_CHECKS];

/**
 * Asks a mounted server what an attacker would ask, as two users and as nobody. Reads only.
 *
 * @param onResult called after each check
 * @returns every result; a check that cannot be made (a user without calls) is inconclusive, which is not a pass
 */
export async function runConformance(
  subject: Subject,
  onResult: (result: CheckResult) => void = () => undefined,
): Promise<CheckResult[]> {
  const results: CheckResult[] = [];
  for (const check of CHECKS) {
    const result = await judge(check, subject);
    results.push(result);
    onResult(result);
  }
  return results;
}

async function judge(check: Check, subject: Subject): Promise<CheckResult> {
  const { name } = check;
  try {
    const { faults = [], inconclusive } = await check.run(subject);
    if (inconclusive !== undefined)
      return { name, outcome: 'inconclusive', details: [inconclusive] };
    return { name, outcome: faults.length === 0 ? 'passed' : 'failed', details: faults };
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    return { name, outcome: 'failed', details: [detail] };
  }
}
