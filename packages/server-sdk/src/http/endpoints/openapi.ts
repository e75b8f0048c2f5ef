import { z } from 'zod';
import type { RouteName } from '../../contract/routes.js';
import { CONTENT_TYPES } from '../../exports/file-name.js';
import { EXPORT_LIST } from '../exports/export-names.js';
import { EXPORTS } from '../exports/export-parameters.js';
import { PROBLEM } from '../schemas/problem.js';
import type { Endpoint } from './define-endpoint.js';
import { ENDPOINT_LIST } from './endpoints.js';

type JsonObject = Record<string, unknown>;

/**
 * The OpenAPI 3.1 document of the nine endpoints, made from the schemas that check requests and, in the tests, responses.
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
    paths: Object.fromEntries([
      ...ENDPOINT_LIST.map((endpoint) => [toPath(endpoint.path), { get: toOperation(endpoint) }]),
      ...EXPORT_LIST.map((resource) => [resource.path, { get: toExportOperation(resource) }]),
    ]),
    components: {
      schemas: {
        ...Object.fromEntries(
          ENDPOINT_LIST.map(({ name, response }) => [toTypeName(name), toSchema(response)]),
        ),
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
function toExportOperation({ name, kind }: (typeof EXPORT_LIST)[number]): JsonObject {
  const { summary, parameters } = EXPORTS[kind];
  const file = { schema: { type: 'string', contentMediaType: 'application/octet-stream' } };
  return {
    operationId: name,
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

function toTypeName(name: RouteName): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}
