// Writes the types of the example's client again, after the OpenAPI document has changed: npm run client-types.
import { writeFileSync } from 'node:fs';
import openapiTS, { astToString } from 'openapi-typescript';
import { format, resolveConfig } from 'prettier';
import { buildOpenApiDocument, DEFAULT_BASE_PATH } from '../src/index.js';

const file = new URL('../examples/typed-client/usage-api.ts', import.meta.url);
const source = astToString(
  await openapiTS(JSON.stringify(buildOpenApiDocument(DEFAULT_BASE_PATH))),
);
const options = await resolveConfig(file);
writeFileSync(file, await format(source, { ...options, parser: 'typescript' }));
