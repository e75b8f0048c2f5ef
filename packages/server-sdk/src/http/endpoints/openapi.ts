import { z } from 'zod';
import type { ExportKind } from '../../contract/exports.js';
import { CONTENT_TYPES } from '../../exports/file-name.js';
import { EXPORTS } from '../exports/export-parameters.js';
import { PROBLEM } from '../schemas/problem.js';
import type { Endpoint } from './define-endpoint.js';
import type { WriteEndpoint } from './define-write-endpoint.js';
import { ENDPOINT_LIST } from './endpoints.js';
import { RESOURCES } from './resources.js';
import { WRITE_ENDPOINT_LIST } from './write-endpoints.js';

type JsonObject = Record<string, unknown>;

/**
 * The OpenAPI 3.1 document of the endpoints, made from the schemas that check requests and, in the tests, responses.
 *
 * @param basePath where the endpoints are mounted
 */
export function buildOpenApiDocument(basePath: string): JsonObject {
  return {
    openapi: '3.1.0',
    info: {
      title: 'Usage Kit',
      version: '1.0.0',
      description:
        "One user's AI calls, projects and quota. Ranges are half-open; durations are milliseconds.",
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: basePath }],
    security: [{ session: [] }, { embedToken: [] }],
    paths: Object.fromEntries(
      RESOURCES.filter(({ isDocument }) => !isDocument).map(
        ({ path, read, exportKind, writes }): [string, JsonObject] => [
          toPath(path),
          {
            ...toOperations(read, writes),
            ...(exportKind === null ? {} : { get: toExportOperation(exportKind) }),
          },
        ],
      ),
    ),
    components: {
      schemas: {
        ...listSchemas(),
        Problem: toSchema(PROBLEM),
      },
      securitySchemes: {
        session: {
          type: 'apiKey',
          in: 'cookie',
          name: 'session',
          description: "The host's own sign-in; the name of its cookie differs",
        },
        embedToken: {
          type: 'http',
          scheme: 'bearer',
          bearerFormat: 'JWT',
          description: 'A token of `createEmbedToken`, where the host gives them out',
        },
      },
    },
  };
}

function listSchemas(): Record<string, JsonObject> {
  const schemas: Record<string, JsonObject> = {};
  for (const { name, response } of ENDPOINT_LIST) schemas[toTypeName(name)] = toSchema(response);
  for (const { name, body, response } of WRITE_ENDPOINT_LIST) {
    if (body) schemas[`${toTypeName(name)}Body`] = toSchema(body, 'input');
    if (response) schemas[toTypeName(name)] = toSchema(response);
  }
  return schemas;
}

function toOperations(read: Endpoint | null, writes: readonly WriteEndpoint[]): JsonObject {
  const operations: JsonObject = read === null ? {} : { get: toOperation(read) };
  for (const write of writes) operations[write.method.toLowerCase()] = toWriteOperation(write);
  return operations;
}

function toOperation({ name, summary, hasProject, parameters }: Endpoint): JsonObject {
  return {
    operationId: name,
    summary,
    parameters: [
      ...(hasProject
        ? [
            {
              name: 'appDid',
              in: 'path',
              required: true,
              schema: { type: 'string' },
              description: 'The project',
            },
          ]
        : []),
      ...toParameters(parameters),
    ],
    responses: {
      '200': {
        description: 'The answer',
        content: {
          'application/json': { schema: { $ref: `#/components/schemas/${toTypeName(name)}` } },
        },
      },
      '304': {
        description: 'The answer that the client has, named by `If-None-Match`, still holds',
      },
      '400': problem('A parameter is unknown, repeated, out of range or not in its form'),
      '401': problem('No user is signed in, or the token is not valid any more'),
      '403': problem("Outside the token's scopes, projects or origins"),
      ...(hasProject ? { '404': problem('The user has no such project') } : {}),
      '429': problem('Too many requests', RETRY_AFTER),
      '500': problem('Something went wrong; the request id names it in the log'),
      '503': problem('The server is busy, or the answer took too long', RETRY_AFTER),
    },
  };
}

/** A response of a file; an error before its first byte is a problem, and later the connection is broken. */
function toExportOperation(kind: ExportKind): JsonObject {
  const { summary, parameters } = EXPORTS[kind];
  const file = { schema: { type: 'string', contentMediaType: 'application/octet-stream' } };
  return {
    operationId: `${kind}Export`,
    summary,
    parameters: toParameters(parameters),
    responses: {
      '200': {
        description:
          'The file, of one state of the database; only a complete one ends with `complete`',
        headers: {
          'Content-Disposition': {
            description: 'The name of the file',
            schema: { type: 'string' },
          },
        },
        content: Object.fromEntries(
          Object.values(CONTENT_TYPES).map((type) => [type.replace(/;.*/, ''), file]),
        ) as JsonObject,
      },
      '400': problem('A parameter is unknown, repeated, out of range or not in its form'),
      '401': problem('No user is signed in, or the token is not valid any more'),
      '403': problem("Outside the token's scopes, projects or origins"),
      '404': problem('The user has no such project'),
      '429': problem('Too many requests, or another export in progress', RETRY_AFTER),
      '500': problem('Something went wrong; the request id names it in the log'),
      '503': problem('Too many exports in progress, or no ledger', RETRY_AFTER),
    },
  };
}

function toWriteOperation(endpoint: WriteEndpoint): JsonObject {
  const { name, summary, path, body, response, status } = endpoint;
  const answer = response && {
    content: {
      'application/json': { schema: { $ref: `#/components/schemas/${toTypeName(name)}` } },
    },
  };
  const input = body && {
    requestBody: {
      required: true,
      content: {
        'application/json': { schema: { $ref: `#/components/schemas/${toTypeName(name)}Body` } },
      },
    },
  };
  return {
    operationId: name,
    summary,
    parameters: [
      ...[...path.matchAll(/:(\w+)/g)].map(([, parameter = '']) => ({
        name: parameter,
        in: 'path',
        required: true,
        schema: { type: 'string' },
      })),
      {
        name: 'Idempotency-Key',
        in: 'header',
        description: 'Names the request for a day: another attempt gets the response of the first',
        schema: { type: 'string', minLength: 8, maxLength: 128 },
      },
    ],
    ...input,
    responses: {
      [status]: { description: response ? 'What is stored now' : 'Done', ...answer },
      '400': problem('A member of the body is unknown, missing or not in its form'),
      '401': problem('No user is signed in, or the token is not valid any more'),
      '403': problem("Sent by a page of another origin, or outside the token's scopes or projects"),
      '404': problem('The user has no such thing'),
      '409': problem('The first attempt with this key is in progress, or a limit is reached'),
      '413': problem('The body is too large'),
      '415': problem('The body is not JSON by its content type'),
      '422': problem('The Idempotency-Key was sent with another request'),
      '429': problem('Too many requests', RETRY_AFTER),
      '500': problem('Something went wrong; the request id names it in the log'),
      '503': problem('The server is busy, or the answer took too long', RETRY_AFTER),
    },
  };
}

const RETRY_AFTER = {
  'Retry-After': {
    description: 'Seconds after which to try again',
    schema: { type: 'integer', minimum: 1 },
  },
};

function problem(description: string, headers?: JsonObject): JsonObject {
  return {
    description,
    ...(headers ? { headers } : {}),
    content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
  };
}

function toParameters(schema: z.ZodType): JsonObject[] {
  const { properties = {}, required = [] } = toSchema(schema, 'input') as {
    properties?: Record<string, JsonObject>;
    required?: string[];
  };
  return Object.entries(properties).map(([parameter, property]) => {
    const { description, examples, jsonSchema, ...described } = property;
    return {
      name: parameter,
      in: 'query',
      ...(required.includes(parameter) ? { required: true } : {}),
      ...(description === undefined ? {} : { description }),
      schema: {
        ...((jsonSchema as JsonObject | undefined) ?? described),
        ...(examples ? { examples } : {}),
      },
    };
  });
}

function toSchema(schema: z.ZodType, io: 'input' | 'output' = 'output'): JsonObject {
  const json = z.toJSONSchema(schema, {
    io,
    reused: 'inline',
    unrepresentable: 'any',
  }) as JsonObject;
  delete json['$schema'];
  return json;
}

function toPath(route: string): string {
  return route.replace(/:(\w+)/g, '{$1}');
}

function toTypeName(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}
