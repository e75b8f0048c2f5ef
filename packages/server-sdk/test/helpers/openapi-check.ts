import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { buildOpenApiDocument, ROUTES, type RouteName } from '../../src/index.js';
import type { Answer } from './create-test-usage.js';

const document = buildOpenApiDocument('/api/usage') as {
  paths: Record<string, { get: { operationId: string; responses: Record<string, unknown> } }>;
};
const ajv = new Ajv2020({ strict: false, allErrors: true });
addFormats.default(ajv);
ajv.addSchema(document, 'openapi');

/**
 * Holds an answer against the OpenAPI document: its status is one that the endpoint lists, its body of the form listed
 * for it, and its headers are those that every answer carries.
 *
 * @returns what is wrong, nothing if all is well
 */
export function faultsOf(name: RouteName, answer: Answer<unknown>): string[] {
  const path = ROUTES[name].replace(':appDid', '{appDid}');
  const listed = document.paths[path]?.get.responses ?? {};
  const faults: string[] = [];
  if (!(String(answer.status) in listed)) faults.push(`status ${answer.status} is not listed`);
  const expected = {
    'cache-control': 'private, no-cache',
    vary: 'Authorization, Cookie, Origin',
    'x-content-type-options': 'nosniff',
  };
  for (const [header, value] of Object.entries(expected)) {
    if (answer.headers.get(header) !== value) {
      faults.push(`${header} is ${String(answer.headers.get(header))}`);
    }
  }
  if (answer.status === 304) return faults;
  const problem = answer.status >= 400;
  const type = problem ? 'application/problem+json' : 'application/json; charset=utf-8';
  if (answer.headers.get('content-type') !== type) {
    faults.push(`content-type is ${String(answer.headers.get('content-type'))}`);
  }
  const schema = problem ? 'Problem' : name.charAt(0).toUpperCase() + name.slice(1);
  const validate = ajv.getSchema(`openapi#/components/schemas/${schema}`);
  if (!validate?.(answer.body)) faults.push(ajv.errorsText(validate?.errors));
  return faults;
}
