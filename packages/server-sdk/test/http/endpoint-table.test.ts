import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { buildOpenApiDocument, DEFAULT_BASE_PATH, ROUTES } from '../../src/index.js';
import { ENDPOINT_LIST } from '../../src/http/endpoints/endpoints.js';

const README = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');

interface Operation {
  parameters: { name: string; in: string }[];
}

/** Names of an endpoint's query parameters, by the document. */
function listParameters(path: string): string[] {
  const { paths } = buildOpenApiDocument(DEFAULT_BASE_PATH) as {
    paths: Record<string, { get: Operation }>;
  };
  const { parameters = [] } = paths[path.replace(':appDid', '{appDid}')]?.get ?? {};
  return parameters.filter(({ in: place }) => place === 'query').map(({ name }) => name);
}

test('the README lists every endpoint with its summary and its parameters', () => {
  const rows = README.split('\n').filter((line) => line.startsWith('| `GET /'));
  expect(rows.map((row) => row.split('|').map((cell) => cell.trim()))).toEqual(
    ENDPOINT_LIST.map(({ path, summary }) => [
      '',
      `\`GET ${path}\``,
      summary,
      listParameters(path)
        .map((name) => `\`${name}\``)
        .join(', '),
      '',
    ]),
  );
});

test('endpoints are listed in the order of the contract', () => {
  expect(ENDPOINT_LIST.map(({ name }) => name)).toEqual(Object.keys(ROUTES));
});
