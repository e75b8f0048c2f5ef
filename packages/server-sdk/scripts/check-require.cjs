/**
 * Runs the built package by `require()` as Node does that loads no modules that way: records a call and reads it back.
 * Started with `--no-experimental-require-module` by `npm run package:check`.
 */
const { mkdtempSync, rmSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { join } = require('node:path');
const { createUsage, UsageError } = require('@usage-kit/server-sdk');
const { CALL_TYPES } = require('@usage-kit/server-sdk/contract');
const paymentKit = require('@usage-kit/server-sdk/payment-kit');
const recorders = require('@usage-kit/server-sdk/recorders');
const root = require('@usage-kit/server-sdk');

async function main() {
  const directory = mkdtempSync(join(tmpdir(), 'usage-kit-require-'));
  const usage = createUsage({
    database: `sqlite:${join(directory, 'usage.db')}`,
    authenticate: () => ({ userDid: 'did:example:reader' }),
    rollup: false,
  });
  try {
    await usage.migrate();
    await usage.start();
    await usage.calls.record({
      id: 'one',
      userDid: 'did:example:reader',
      model: 'model',
      type: CALL_TYPES[0],
      status: 'success',
      startedAt: new Date(),
      durationMs: 12,
    });
    const report = await usage.rollup.run();
    if (typeof report.hours !== 'number') throw new Error('The rollup reported nothing');
    for (const [name, value] of Object.entries({ ...paymentKit, ...recorders })) {
      if (value === undefined || value !== root[name]) throw new Error(`Two copies of ${name}`);
    }
    if (!(new UsageError('INTERNAL', 'x') instanceof Error)) throw new Error('Not an error');
  } finally {
    await usage.stop();
    rmSync(directory, { recursive: true, force: true });
  }
  console.log('require() works without modules');
}

void main();
