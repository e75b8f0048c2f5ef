import { requireKnownKeys } from '../values/require-known-keys.js';
import type { CallTable } from './call-table.js';

/** What differs between installations of AIGNE Hub. */
export interface AigneHubOptions {
  /** @default the schemas that the connection searches */
  schema?: string;
  /**
   * Whether each run scans for rows that were written since the last one. Hub has no index on `updatedAt`: new rows are found
   * in the next run, and older ones that change a few runs later.
   * @default true
   */
  findChanges?: boolean;
}

/**
 * Returns the mapping of AIGNE Hub's table `ModelCalls` for the option `calls`: durations in seconds, starts in Unix seconds, credits as
 * `DECIMAL(20,8)`. A project that is null, empty or the word `null` is the project `unassigned`; calls without a user
 * are in no figures. Images and seconds in `totalUsage` are units, not tokens.
 *
 * @throws TypeError for an unknown option
 */
export function aigneHubCalls(options: AigneHubOptions = {}): CallTable {
  requireKnownKeys(options, ['schema', 'findChanges'], 'aigneHubCalls');
  const { schema, findChanges = true } = options;
  return {
    table: 'ModelCalls',
    ...(schema === undefined ? {} : { schema }),
    columns: {
      id: 'id',
      traceId: 'traceId',
      userDid: 'userDid',
      appDid: 'appDid',
      provider: 'providerId',
      model: 'model',
      type: 'type',
      status: 'status',
      startedAt: 'callTime',
      duration: 'duration',
      ttfb: 'ttfb',
      inputTokens: { column: 'usageMetrics', key: 'inputTokens' },
      outputTokens: { column: 'usageMetrics', key: 'outputTokens' },
      usage: 'totalUsage',
      credits: 'credits',
      errorReason: 'errorReason',
      metadata: 'metadata',
      ...(findChanges ? { updatedAt: 'updatedAt' } : {}),
    },
    timeUnit: 's',
    durationUnit: 's',
    ttfbUnit: 'ms',
    updatedAtUnit: 'timestamp',
    unassigned: ['', 'null'],
    // Its migrations say more indexes; a `changeColumn` on SQLite drops them.
    indexedByTime: false,
    indexedByProject: true,
  };
}
