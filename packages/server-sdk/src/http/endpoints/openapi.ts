import { z } from 'zod';
import { ROUTES, type RouteName } from '../../contract/routes.js';
import { PARAMETERS } from '../schemas/parameters.js';
import { PROBLEM, RESPONSES } from '../schemas/responses.js';

type JsonObject = Record<string, unknown>;

const SUMMARIES: Record<RouteName, string> = {
  quota: 'What the user has left, and how long it lasts',
  overview: 'Totals of a range, with the range before',
  projects: 'The projects called through in a range',
  trends: 'Calls over time',
  projectStats: "One project's totals",
  projectTrends: "One project's calls over time",
  projectModels: "One project's calls by model",
  projectCalls: "One project's calls, one by one",
  quotaDetails: 'The ledger behind the quota',
};

/**
 * The OpenAPI 3.1 document of the nine endpoints, made from the schemas that check requests and, in the tests, answers.
 *
 * @param basePath where the endpoints are mounted
 */
export function buildOpenApiDocument(basePath: string): JsonObject {
  const names = Object.keys(ROUTES) as RouteName[];
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
      names.map((name) => [toPath(ROUTES[name]), { get: toOperation(name) }]),
    ),
    components: {
      schemas: {
        ...Object.fromEntries(names.map((name) => [toTypeName(name), toSchema(RESPONSES[name])])),
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

function toOperation(name: RouteName): JsonObject {
  const inPath = ROUTES[name].includes(':appDid');
  return {
    operationId: name,
    summary: SUMMARIES[name],
    parameters: [
      ...(inPath
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
      ...toParameters(name),
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
      '401': problem('Nobody is signed in, or the token is not valid any more'),
      '403': problem("Outside the token's scopes, projects or origins"),
      ...(inPath ? { '404': problem('The user has no such project') } : {}),
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

function toParameters(name: RouteName): JsonObject[] {
  const { properties = {} } = toSchema(PARAMETERS[name], 'input') as {
    properties?: Record<string, JsonObject>;
  };
  return Object.entries(properties).map(([parameter, property]) => {
    const { description, examples, jsonSchema, ...schema } = property;
    return {
      name: parameter,
      in: 'query',
      ...(description === undefined ? {} : { description }),
      schema: {
        ...((jsonSchema as JsonObject | undefined) ?? schema),
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
