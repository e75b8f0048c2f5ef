import type { Transaction } from '../db/transaction.js';
import type { RuleRecord } from './model/rule-response.js';
import type { StoredEvent } from './outbox/alert-event.js';
import { listEvents } from './outbox/event-store.js';
import { readStates } from './rule-store.js';

const MAX_EVENTS_PER_RULE = 20;
/** Of all rules of a user; older ones are in no history. */
const MAX_EVENTS = 2000;

/** Reads states and the last events of a user's rules. @returns the record of a rule by its id */
export async function readRuleRecords(
  transaction: Transaction,
  userDid: string,
): Promise<(ruleId: string) => RuleRecord> {
  const states = await readStates(transaction, userDid);
  const events = await listEvents(transaction, userDid, { limit: MAX_EVENTS });
  const byRule = new Map<string, StoredEvent[]>();
  for (const event of events) {
    const ofRule = byRule.get(event.ruleId) ?? [];
    if (ofRule.length === 0) byRule.set(event.ruleId, ofRule);
    if (ofRule.length < MAX_EVENTS_PER_RULE) ofRule.push(event);
  }
  return (ruleId) => {
    const stored = states.get(ruleId);
    return {
      state: stored?.state ?? null,
      acknowledgedAtMs: stored?.acknowledgedAtMs ?? null,
      snoozedUntilMs: stored?.snoozedUntilMs ?? null,
      events: byRule.get(ruleId) ?? [],
    };
  };
}
