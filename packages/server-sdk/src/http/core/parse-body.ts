import type { z } from 'zod';
import { UsageError, type ErrorItem } from '../../errors.js';

/**
 * Checks the JSON of a body against an endpoint's schema.
 *
 * @param schema `null`: the body must be empty, or an empty object
 * @param json `undefined` for an empty body
 * @throws UsageError `BODY_INVALID` that names every member that is unknown, missing or not in its form
 */
export function parseBody<Body>(schema: z.ZodType<Body> | null, json: unknown): Body {
  if (schema === null) {
    if (json === undefined || isEmptyObject(json)) return null as Body;
    throw createBodyError([{ parameter: 'body', detail: 'must be empty' }]);
  }
  const result = schema.safeParse(json);
  if (result.success) return result.data;
  throw createBodyError(
    result.error.issues.flatMap((issue) => {
      if (issue.code !== 'unrecognized_keys') {
        return [{ parameter: issue.path.join('.') || 'body', detail: issue.message }];
      }
      return issue.keys.map((key) => ({
        parameter: [...issue.path, key].join('.'),
        detail: 'is not a member here',
      }));
    }),
  );
}

/** @returns the error for refused members of a body */
function createBodyError(items: readonly ErrorItem[]): UsageError {
  const faults = items.map(({ parameter, detail }) => `\`${parameter}\` ${detail}`);
  return new UsageError('BODY_INVALID', `${faults.join('; ')}.`, { items });
}

function isEmptyObject(json: unknown): boolean {
  return typeof json === 'object' && json !== null && Object.keys(json).length === 0;
}
