import { z } from 'zod';
import type { Problem, ErrorCode } from '../../contract/error-codes.js';

/** RFC 9457 problem document. */
export const PROBLEM: z.ZodType<Problem> = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  detail: z.string(),
  // Any text: a newer server may have codes that this one does not.
  code: z.string() as z.ZodString & z.ZodType<ErrorCode>,
  requestId: z.string(),
  errors: z.array(z.object({ parameter: z.string(), detail: z.string() })).exactOptional(),
});
