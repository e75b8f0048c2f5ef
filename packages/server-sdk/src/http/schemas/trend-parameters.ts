import { z } from 'zod';
import {
  GRANULARITIES,
  PROJECT_TREND_GROUPINGS,
  TREND_COMPARISONS,
  TREND_GROUPINGS,
  TREND_RANKINGS,
} from '../../contract/trends.js';
import { defineTrendQuery } from '../core/define-trend-query.js';
import { integer, oneOf } from './parameters.js';
import { rangeParameters } from './range-parameters.js';

/** Parameters of a series of buckets; its export takes them, too. */
export const seriesParameters = {
  ...rangeParameters,
  granularity: oneOf(GRANULARITIES, 'Width of a bucket; default by range').optional(),
};

const MAX_TOP = 20;

/** How points are broken down; exports take them, too. */
export const groupParameters = {
  groupBy: oneOf(TREND_GROUPINGS, 'Breaks each point down').optional(),
  top: integer(1, MAX_TOP, 'With groupBy: groups besides the rest; default 5').optional(),
  topBy: oneOf(TREND_RANKINGS, 'With groupBy: which groups are the largest').optional(),
};

const compare = oneOf(TREND_COMPARISONS, 'Adds the period before').optional();

/** Range, granularity, groups and comparison of the account's trend. */
export const TREND_QUERY = defineTrendQuery(
  z.strictObject({ ...seriesParameters, ...groupParameters, compare }),
);

/** Those of the trend of one project. */
export const PROJECT_TREND_QUERY = defineTrendQuery(
  z.strictObject({
    ...seriesParameters,
    ...groupParameters,
    groupBy: oneOf(PROJECT_TREND_GROUPINGS, 'Breaks each point down').optional(),
    compare,
  }),
);
