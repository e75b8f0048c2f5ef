// Writes the OpenAPI document into the package, from the schemas of the build just made.
import { writeFileSync } from 'node:fs';
import { buildOpenApiDocument, DEFAULT_BASE_PATH } from '../dist/index.js';

const document = buildOpenApiDocument(DEFAULT_BASE_PATH);
writeFileSync(
  new URL('../dist/openapi.json', import.meta.url),
  `${JSON.stringify(document, null, 2)}\n`,
);
