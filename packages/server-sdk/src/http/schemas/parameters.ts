import { z } from 'zod';
import { SORT_ORDERS } from '../../contract/query-params.js';

/**
 * What query parameters are made of: what validates a request is what the OpenAPI document is made from. Values come as
 * text; only their canonical form is taken (`10`, not `010`, `+10` or `1e1`).
 */

/** Integers from `min` to `max`, in canonical decimal form. */
export function integer(min: number, max: number, description: string): z.ZodType<number> {
  return z
    .string()
    .regex(/^(0|[1-9]\d{0,15})$/, 'must be a whole number in plain decimal notation')
    .transform(Number)
    .refine((value) => value >= min && value <= max, `must be from ${min} to ${max}`)
    .meta({ description, jsonSchema: { type: 'integer', minimum: min, maximum: max } });
}

/** One of some words. */
export function oneOf<const T extends readonly [string, ...string[]]>(
  values: T,
  description: string,
): z.ZodType<T[number]> {
  return z.enum(values, `must be one of ${values.join(', ')}`).meta({ description });
}

/** One to twenty values, each in a parameter of the same name, none of them twice. */
export function listOf<Value>(value: z.ZodType<Value>, description: string): z.ZodType<Value[]> {
  return z
    .array(value)
    .max(MAX_LIST, `must be given at most ${MAX_LIST} times`)
    .refine((values) => new Set(values).size === values.length, 'must not have a value twice')
    .meta({ description });
}

/** Text of 1 to `maxLength` UTF-16 units, without control characters and lone surrogates. */
export function text(maxLength: number, description: string): z.ZodType<string> {
  return z
    .string()
    .min(1, 'must not be empty')
    .max(maxLength, `must be at most ${maxLength} characters long`)
    .refine((value) => !/\p{Cc}|\p{Cs}/u.test(value), 'must not contain control characters')
    .meta({ description });
}

/** Milliseconds, with up to three decimals. */
export function milliseconds(description: string): z.ZodType<number> {
  return z
    .string()
    .regex(/^(0|[1-9]\d{0,9})(\.\d{1,3})?$/, 'must be a number of milliseconds in plain notation')
    .transform(Number)
    .meta({ description, jsonSchema: { type: 'number', minimum: 0 } });
}

const MAX_LIST = 20;

/** Parameters of a page. */
export const pageParameters = {
  page: integer(1, 1_000_000, 'Page, from 1').optional(),
  pageSize: integer(1, 100, 'Items a page').optional(),
};

/** Direction of a list. */
export const sortOrderParameter = oneOf(SORT_ORDERS, 'Direction of the order').optional();
