import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Usage } from '@usage-kit/server-sdk';
import { exampleRules, toRoundAmount, type ExampleRules } from '../seed/example-rules.js';

const DAY_MS = 86_400_000;
const STATE_FILE = 'example-rules.json';
/** Replaced by one that follows from what is spent. */
const ANY_AMOUNT = '1000000';

/** Makes the rules of the demo's users once: what a reader changes or deletes stays so at the next start. */
export async function loadExampleRules(
  usage: Usage,
  directory: string,
  nowMs: number,
): Promise<void> {
  const path = join(directory, STATE_FILE);
  if (existsSync(path)) return;
  for (const rules of exampleRules) await makeRules(usage, rules, nowMs);
  writeFileSync(path, JSON.stringify({ madeAt: new Date(nowMs).toISOString() }));
}

async function makeRules(
  usage: Usage,
  { userDid, alerts, budgets }: ExampleRules,
  nowMs: number,
): Promise<void> {
  for (const { input, attention = null } of alerts) {
    const { id } = await usage.alerts.create(userDid, input);
    if (attention === 'acknowledged') await usage.alerts.acknowledge(userDid, id);
    if (attention === 'snoozed') await usage.alerts.snooze(userDid, id, nowMs + DAY_MS);
  }
  for (const { input, share } of budgets) {
    const { id, spent } = await usage.budgets.create(userDid, { ...input, amount: ANY_AMOUNT });
    const amount = toRoundAmount(Number(spent ?? 0), share);
    await usage.budgets.change(userDid, id, { amount });
  }
}
