import { z } from 'zod';
import { totals, url } from './response-parts.js';

/** A project as people know it. */
export const project = z.object({
  appDid: z.string(),
  name: z.string().nullable(),
  logoUrl: url,
  url,
});

/** A model of a list. */
export const modelItem = z.object({
  model: z.string(),
  provider: z.string().nullable().describe('The only one; null where none is known, or several'),
  providers: z.array(z.string()).describe('The known ones that served it, sorted'),
  providerName: z.string().nullable().describe("The host's name of provider"),
  providerLogoUrl: z.string().nullable(),
  providerNames: z.array(z.string()).describe("Names of providers: the host's, else the id"),
  totals,
  share: z.number().min(0).max(1),
});
