import { expect, test } from 'vitest';
import { CallFigures, type CountedCall } from '../aggregates/model/call-figures.js';
import { sortProjects, type ProjectCandidate } from './project-order.js';

function candidate(appDid: string, call: Partial<CountedCall>): ProjectCandidate {
  const figures = new CallFigures();
  figures.addCall({
    ...{ status: 'success', type: 'chatCompletion', startedAtMs: 0, durationUs: null },
    ...{ ttfbUs: null, inputTokens: null, outputTokens: null, totalTokens: null, creditsE10: null },
    ...{ cachedInputTokens: null, cacheWriteTokens: null, reasoningTokens: null, costE10: null },
    ...call,
  });
  return { project: { appDid, name: null, logoUrl: null, url: null }, figures };
}

test.each([
  ['credits', 'asc', ['zero', 'some', 'more', 'unknown', 'waiting']],
  ['credits', 'desc', ['more', 'some', 'zero', 'unknown', 'waiting']],
  ['cost', 'asc', ['zero', 'some', 'more', 'unknown', 'waiting']],
  ['cost', 'desc', ['more', 'some', 'zero', 'unknown', 'waiting']],
  ['tokens', 'asc', ['zero', 'some', 'more', 'unknown', 'waiting']],
  ['tokens', 'desc', ['more', 'some', 'zero', 'unknown', 'waiting']],
] as const)('by %s %s, what is not known is last, and not 0', (sortBy, sortOrder, order) => {
  const candidates = [
    candidate('waiting', { status: 'processing' }),
    candidate('more', { totalTokens: 9, creditsE10: 2n ** 60n + 1n, costE10: 2n ** 60n + 1n }),
    candidate('unknown', {}),
    candidate('zero', { totalTokens: 0, creditsE10: 0, costE10: 0 }),
    candidate('some', { totalTokens: 5, creditsE10: 2n ** 60n, costE10: 2n ** 60n }),
  ];
  const sorted = sortProjects(candidates, sortBy, sortOrder);
  expect(sorted.map(({ project }) => project.appDid)).toEqual(order);
});
