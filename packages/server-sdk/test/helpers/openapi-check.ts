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
  return [
    ...(String(answer.status) in listed ? [] : [`status ${answer.status} is not listed`]),
    ...headerFaults(answer),
    ...(answer.status === 304 ? [] : bodyFaults(name, answer)),
  ];
}

const HEADERS = {
  'cache-control': 'private, no-cache',
  vary: 'Authorization, Cookie, Origin',
  'x-content-type-options': 'nosniff',
};

function headerFaults(answer: Answer<unknown>): string[] {
  return Object.entries(HEADERS).flatMap(([header, value]) => {
    const actual = answer.headers.get(header);
    return actual === value ? [] : [`${header} is ${String(actual)}`];
  });
}

function bodyFaults(name: RouteName, answer: Answer<unknown>): string[] {
  const problem = answer.status >= 400;
  const type = problem ? 'application/problem+json' : 'application/json; charset=utf-8';
  const actual = answer.headers.get('content-type');
  const schema = problem ? 'Problem' : name.charAt(0).toUpperCase() + name.slice(1);
  const validate = ajv.getSchema(`openapi#/components/schemas/${schema}`);
  return [
    ...(actual === type ? [] : [`content-type is ${String(actual)}`]),
    ...(validate?.(answer.body) ? [] : [ajv.errorsText(validate?.errors)]),
  ];
}
