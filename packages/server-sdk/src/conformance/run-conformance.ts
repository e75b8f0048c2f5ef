import { ANSWER_CHECKS } from './answer-checks.js';
import { ask, type Subject } from './ask.js';
import type { Check, CheckResult } from './check.js';
import { FORGERY_CHECKS } from './forgery-checks.js';
import { ISOLATION_CHECKS } from './isolation-checks.js';

/** Every check in the order in which they run; the burst comes last. */
const CHECKS: readonly Check[] = [...ISOLATION_CHECKS, ...FORGERY_CHECKS, ...ANSWER_CHECKS];

/** Without both users every other check would fail for want of an answer, and report a fault of isolation. */
const SIGNED_IN: Check = {
  name: 'A and B are signed in',
  run: async (subject) => {
    const [a, b] = [
      await ask(subject, '/overview', subject.userA),
      await ask(subject, '/overview', subject.userB),
    ];
    const found = [...signInFault('A', a.status), ...signInFault('B', b.status)];
    return found.length === 0 ? {} : { inconclusive: found.join('; ') };
  },
};

function signInFault(user: string, status: number): string[] {
  if (status === 200) return [];
  const answered = `GET /overview is answered with ${status}`;
  if (status === 404) return [`there are no endpoints at this URL for user ${user}: ${answered}`];
  const isSignIn = status === 401 || status === 403 || (status >= 300 && status < 400);
  return [isSignIn ? `user ${user} is not signed in: ${answered}` : `user ${user}: ${answered}`];
}

/**
 * Asks a mounted server what an attacker would ask, as two users and as nobody. Reads only.
 *
 * @param onResult called after each check
 * @returns every result, or the one that says who is not signed in; a check that cannot be made (a user without calls) is inconclusive, which is not a pass
 */
export async function runConformance(
  subject: Subject,
  onResult: (result: CheckResult) => void = () => undefined,
): Promise<CheckResult[]> {
  const signedOut = await judge(SIGNED_IN, subject);
  if (signedOut.outcome !== 'passed') {
    onResult(signedOut);
    return [signedOut];
  }
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
