import type { Totals } from '@usage-kit/server-sdk/contract';
import { describe, expect, it } from 'vitest';
import { createTotals } from '@usage-kit/testing/fixtures/totals';
import { OVERVIEW } from '@usage-kit/testing/fixtures/overview';
import { toOverviewView } from '../elements/usage-overview/usage-overview.view.js';
import { getLocalizer, loadMessages } from '../locales/localizer.js';
import { toMetricFigure, toMetricNumber } from './figure.js';
import { toStatCards } from './stat-cards.js';
import { createFigureFormatter } from './figure-formatter.js';

const en = getLocalizer('en');
const base: Totals = {
  ...createTotals(10),
  successfulCalls: 9,
  failedCalls: 1,
  processingCalls: 0,
  totalTokens: 400,
  credits: '4',
};
const NONE: Totals = {
  ...base,
  inputTokens: null,
  outputTokens: null,
  totalTokens: null,
  credits: null,
  unknownTokenCalls: 10,
  unknownCreditCalls: 10,
};
const SOME: Totals = { ...base, unknownTokenCalls: 1, unknownCreditCalls: 2 };

describe('sums of which some are unknown', () => {
  it.each(['tokens', 'credits'] as const)('shows a dash for %s that are all unknown', (metric) => {
    const [card] = toStatCards(en, [metric], NONE, base);
    expect(card).toMatchObject({ figure: { text: '–' }, change: null });
    expect(card?.figure.title).toMatch(/^The (tokens|cost) of these calls (are|is) unknown$/);
    expect(toMetricNumber(NONE, metric)).toBeNull();
    expect(createFigureFormatter(en, [NONE, base])(NONE, metric).text).toBe('–');
  });

  it('says in the title of a sum how many calls it is without', () => {
    expect(toMetricFigure(en, SOME, 'credits')).toEqual({
      text: '4.00',
      title: '4 · 2 of 10 calls have no known cost',
    });
    expect(toMetricFigure(en, SOME, 'tokens').title).toBe(
      '400 · 1 of 10 calls has no known tokens',
    );
    expect(toMetricFigure(en, SOME, 'calls').title).toBe('10');
    expect(createFigureFormatter(en, [SOME])(SOME, 'credits').title).toContain('2 of 10 calls');
  });

  it('says nothing where all are known, or where an older server does not count', () => {
    expect(toMetricFigure(en, base, 'credits').title).toBe('4');
    const { unknownCreditCalls: _, ...older } = SOME;
    expect(toMetricFigure(en, older as Totals, 'credits').title).toBe('4');
  });

  it('says it on the cards of the overview, whose cost per call is of the calls with a cost', async () => {
    const { cards } = toOverviewView({ ...OVERVIEW, totals: SOME }, en);
    expect(cards[2]?.detail?.text.replaceAll('\u00a0', ' ')).toBe(
      '0.5000 per call · 2 of 10 unknown',
    );
    const chinese = getLocalizer('zh');
    await loadMessages(chinese);
    const text = toOverviewView({ ...OVERVIEW, totals: SOME }, chinese).cards[1]?.detail?.text;
    expect(text).toContain('10 次中 1 次未知');
    const unknown = toOverviewView({ ...OVERVIEW, totals: NONE }, en).cards[2];
    expect(unknown?.detail?.text.replaceAll('\u00a0', ' ')).toBe(
      'The cost of these calls is unknown',
    );
  });
});
