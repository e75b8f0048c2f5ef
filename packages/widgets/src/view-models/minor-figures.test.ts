import type { Totals } from '@usage-kit/server-sdk/contract';
import { describe, expect, it } from 'vitest';
import { createTotals } from '@usage-kit/testing/fixtures/totals';
import { OVERVIEW } from '@usage-kit/testing/fixtures/overview';
import { createCall } from '@usage-kit/testing/fixtures/project-calls';
import { PROJECT_MODELS } from '@usage-kit/testing/fixtures/project-models';
import { toCallDetails } from '../elements/usage-call-history/call-details.js';
import { toCallRow } from '../elements/usage-call-history/usage-call-history.view.js';
import { toOverviewView } from '../elements/usage-overview/usage-overview.view.js';
import { toModelsTable } from './models-view.js';
import { getLocalizer } from '../locales/localizer.js';
import { toMinorFigures } from './minor-figures.js';

const en = getLocalizer('en');
const money = getLocalizer('en', undefined, { amounts: 'money' });
const TOTALS: Totals = {
  ...createTotals(1_000),
  successfulCalls: 980,
  failedCalls: 20,
  processingCalls: 0,
  averageTtfbMs: 410,
  p95TtfbMs: 1_130,
  ttfbSamples: 980,
  outputTokensPerSecond: 61.42,
  cacheShare: 0.37,
  cacheSamples: 812,
  cacheWriteTokens: 0,
  reasoningTokens: 69_960,
};
const UNKNOWN: Totals = {
  ...TOTALS,
  averageTtfbMs: null,
  p95TtfbMs: null,
  ttfbSamples: 0,
  outputTokensPerSecond: null,
  cacheShare: null,
  cacheSamples: 0,
  cacheWriteTokens: null,
  reasoningTokens: null,
};
const plain = (text = ''): string => text.replaceAll('\u00a0', ' ');

describe('toMinorFigures', () => {
  it('shows speed and parts of tokens, and of how many calls where not of all', () => {
    const lines = toMinorFigures(en, TOTALS).map(
      ({ label, figure, note }) => `${label}: ${figure.text} ${note}`,
    );
    expect(lines.map((line) => line.trim())).toEqual([
      'Time to first token: 410ms',
      'P95 time to first token: 1.13s',
      'Output speed: 61.4 tokens/s',
      'Input from cache: 37.0% of 812 calls',
      'Written to cache: 0',
      'Reasoning tokens: 69,960',
    ]);
    expect(toMinorFigures(en, TOTALS)[3]?.figure.title).toBe(
      '37.0% of input from cache, of 812 calls that say so',
    );
    expect(toMinorFigures(en, { ...TOTALS, ttfbSamples: 1 })[0]?.note).toBe('of 1 call');
  });

  it('shows a dash with the reason, and never 0, for what no call reported', () => {
    const figures = toMinorFigures(en, UNKNOWN).map(({ figure, note }) => `${figure.text}${note}`);
    expect(figures).toEqual(['–', '–', '–', '–', '–', '–']);
    expect(toMinorFigures(en, UNKNOWN)[3]?.figure.title).toBe(
      'No call reported what it read from a cache',
    );
  });

  it('shows nothing of an older server', () => {
    const { ttfbSamples: _, ...older } = TOTALS;
    expect(toMinorFigures(en, older as Totals)).toEqual([]);
  });
});

describe('parts of tokens elsewhere', () => {
  it('are in the line of the overview, where calls reported them', () => {
    const detail = (totals: Totals): { text: string; title: string } | undefined =>
      toOverviewView({ ...OVERVIEW, totals }, en).cards[1]?.detail;
    expect(plain(detail(TOTALS)?.text)).toMatch(/ input · .+ output · 37\.0% cached$/);
    expect(detail(TOTALS)?.title).toContain(
      '37.0% of input from cache, of 812 calls that say so · 69,960 of output for reasoning',
    );
    expect(plain(detail(UNKNOWN)?.text)).toMatch(/ output$/);
    const { cacheShare: _, reasoningTokens: __, ...older } = TOTALS;
    expect(plain(detail(older as Totals)?.text)).toMatch(/ output$/);
  });

  it('are columns of the models’ table', () => {
    const { headings, rows } = toModelsTable(PROJECT_MODELS, en);
    expect(headings.slice(-2)).toEqual(['Time to first token', 'Output speed']);
    expect(rows[0]?.figures.slice(-2).map(({ text }) => text)).toEqual([
      expect.stringMatching(/^\d+ms$/),
      '61.4 tokens/s',
    ]);
  });

  it('are in the details of a call; its cost with its source only where amounts are money', () => {
    const call = {
      ...createCall(5),
      ...{ cost: '0.000328', currency: 'USD', costSource: 'priced' as const },
      priceTable: 'genai-prices@0.1.8',
      usage: {
        ...{ inputTokens: 900, outputTokens: 80, totalTokens: 980, units: null },
        ...{ cachedInputTokens: 500, cacheWriteTokens: null, reasoningTokens: 0 },
      },
    };
    const read = (item: typeof call, localizer = money): Record<string, string> => {
      const display = { timeZone: 'UTC', asOf: item.startedAt, slowAfterMs: 10_000 };
      const groups = toCallDetails(toCallRow(item, localizer, display), localizer, 'UTC');
      const fields = groups.flatMap((group) => group.fields);
      return Object.fromEntries(fields.map(({ label, value }) => [label, value.text]));
    };
    expect(read(call)).toMatchObject({
      'Input from cache': '500',
      'Reasoning tokens': '0',
      Cost: '$0.000328',
      'Source of cost': 'Priced by genai-prices@0.1.8',
    });
    // Not recorded, and never 0; a server that does not know of it says nothing.
    expect(read(call)).toHaveProperty('Written to cache', '–');
    const { cacheWriteTokens: ____, ...fewer } = call.usage;
    expect(read({ ...call, usage: fewer as typeof call.usage })).not.toHaveProperty(
      'Written to cache',
    );
    expect(read(call, en)).toHaveProperty('Credits');
    expect(read(call, en)).not.toHaveProperty('Cost');
    expect(read(call, en)).not.toHaveProperty('Source of cost');
    const reported = { ...call, costSource: 'reported' as never, priceTable: null as never };
    expect(read(reported)['Source of cost']).toBe('Reported by the provider');
    const { cost: _, currency: __, costSource: ___, ...older } = call;
    expect(read(older as typeof call)).toHaveProperty('Cost', '–');
  });
});
