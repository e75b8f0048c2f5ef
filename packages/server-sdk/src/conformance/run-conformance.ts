import { RESPONSE_CHECKS } from './response-checks.js';
import { sendRequest, type Subject } from './send-request.js';
import type { Check, CheckResult } from './check.js';
import { FORGERY_CHECKS } from './forgery-checks.js';
import { ISOLATION_CHECKS } from './isolation-checks.js';
import { WRITE_CHECKS } from './write-checks.js';

/** All checks in the order in which they run; the burst is last. */
const CHECKS: readonly Check[] = [
  ...ISOLATION_CHECKS,
  ...FORGERY_CHECKS,
  ...RESPONSE_CHECKS,
  ...WRITE_CHECKS,
];

/** Runs first: without both users signed in, every other check would fail and report a fault of isolation. */
const SIGNED_IN: Check = {
  name: 'A and B are signed in',
  run: async (subject) => {
    const [a, b] = [
      await sendRequest(subject, '/overview', subject.userA),
      await sendRequest(subject, '/overview', subject.userB),
    ];
    const found = [...findSignInFault('A', a.status), ...findSignInFault('B', b.status)];
    return found.length === 0 ? {} : { inconclusive: found.join('; ') };
  },
};

function findSignInFault(user: string, status: number): string[] {
  if (status === 200) return [];
  const response = `GET /overview has the status ${status}`;
  if (status === 404) return [`there are no endpoints at this URL for user ${user}: ${response}`];
  const isSignIn = status === 401 || status === 403 || (status >= 300 && status < 400);
  return [isSignIn ? `user ${user} is not signed in: ${response}` : `user ${user}: ${response}`];
}

/**
 * Sends requests of an attacker to a mounted server, as two users and without a user. Only reads.
 *
 * @param onResult called after each check
 * @returns all results, or only the one of the sign-in when it fails. A check that cannot be made (a user without calls) is
 *   inconclusive, which is not a pass
 */
export async function runConformance(
  subject: Subject,
  onResult: (result: CheckResult) => void = () => undefined,
): Promise<CheckResult[]> {
  const signedOut = await evaluateCheck(SIGNED_IN, subject);
  if (signedOut.outcome !== 'passed') {
    onResult(signedOut);
    return [signedOut];
  }
  const results: CheckResult[] = [];
  for (const check of CHECKS) {
    const result = await evaluateCheck(check, subject);
    results.push(result);
    onResult(result);
  }
  return results;
}

async function evaluateCheck(check: Check, subject: Subject): Promise<CheckResult> {
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
