import type { ProjectItem, SparklinePoints, SparklineValue } from '@usage-kit/server-sdk/contract';
import { describe, expect, it } from 'vitest';
import { projectsFixture } from '@usage-kit/testing/fixtures/projects';
import { getLocalizer } from '../../locales/localizer.js';
import { toSparklineView } from './sparkline.view.js';

const localizer = getLocalizer('en');
const HOUR_MS = 3_600_000;

function pointsOf(
  length: number,
  hours: number,
  metric: SparklinePoints['metric'] = 'calls',
): SparklinePoints {
  const at = (index: number): string =>
    new Date(Date.UTC(2026, 10, 1) + index * hours * HOUR_MS).toISOString();
  return {
    metric,
    points: Array.from({ length }, (_, index) => ({ start: at(index), end: at(index + 1) })),
  };
}

function itemOf(sparkline: SparklineValue[] | undefined): ProjectItem {
  const [item] = projectsFixture({}).items;
  if (item === undefined) throw new TypeError('The fixture has no projects');
  return { ...item, sparkline };
}

const view = (values: SparklineValue[], points: SparklinePoints) =>
  toSparklineView(localizer, itemOf(values), points, 'UTC');

describe('toSparklineView', () => {
  it('is drawn from zero to the highest value', () => {
    const drawn = view([0, 60, 120], pointsOf(3, 10 * 24));
    expect(drawn?.line).toBe('M2 18L32 10L62 2');
    expect(drawn?.area).toBe('M2 18L32 10L62 2L62 18L2 18Z');
    expect(drawn?.peak).toEqual({ x: 62, y: 2 });
    expect(drawn?.text).toBe('Calls: highest on Nov 21\u2009–\u200930, 120');
  });

  it('has a gap where a value is not known, and a dash for one alone', () => {
    const drawn = view([1, null, '2.5', '1.5'], pointsOf(4, 48, 'credits'));
    expect(drawn?.line).toMatch(/^M1 \S+H3M\S+ 2L62 \S+$/);
    expect(drawn?.text).toBe('Credits: highest on Nov 5\u2009–\u20096, 2.5');
  });

  it('says the hour of a day, the day of a month', () => {
    expect(view([1, 9], pointsOf(2, 1))?.text).toBe('Calls: highest on Nov 1, 01:00, 9');
    expect(view([1, 9, ...Array<number>(28).fill(1)], pointsOf(30, 24))?.text).toBe(
      'Calls: highest on Nov 2, 9',
    );
  });

  it('has no highest point where all are the same, or none is known', () => {
    expect(view([0, 0], pointsOf(2, 24))).toMatchObject({
      peak: null,
      text: 'Calls: 0 throughout',
    });
    expect(view([null, null], pointsOf(2, 24))).toMatchObject({
      peak: null,
      line: '',
      text: 'Calls: unknown',
    });
  });

  it('is null without a value for each point', () => {
    expect(toSparklineView(localizer, itemOf(undefined), pointsOf(2, 24), 'UTC')).toBeNull();
    expect(view([1], pointsOf(2, 24))).toBeNull();
  });
});
