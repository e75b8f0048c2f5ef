import { z } from 'zod';
import { UNAVAILABLE_REASONS } from '../../contract/quota.js';
import { count, instant } from './response-parts.js';

/** What the schemas of the quota and its ledger share. */

/** The unit of quota; `null` where it is not known. */
export const currency = z
  .object({ symbol: z.string(), name: z.string(), decimal: z.int().min(0) })
  .nullable();
/** Why amounts are not known. */
export const reason = z
  .enum(UNAVAILABLE_REASONS)
  .nullable()
  .describe('Why the amounts are not known; null when they are');
/** Age of remembered amounts. */
export const stale = z
  .object({ since: instant, ageSeconds: count })
  .nullable()
  .describe('Set when the payment system does not answer and this is what it last said');
