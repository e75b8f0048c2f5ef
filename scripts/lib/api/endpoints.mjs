/** Of a schema, what changes no request and no response. */
const UNSEEN = new Set([
  'description',
  'title',
  'example',
  'examples',
  'additionalProperties',
  'required',
]);

/**
 * The HTTP API from its OpenAPI document: what each endpoint takes and responds with, a name a line, then the schemas.
 *
 * @param {{ paths: object, components: object }} document
 * @returns {string}
 */
export function describeEndpoints({ paths, components }) {
  const endpoints = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, endpoint]) =>
      toSection(`${method.toUpperCase()} ${path}`, describeEndpoint(endpoint)),
    ),
  );
  const schemas = Object.entries(components.schemas).map(([name, schema]) => {
    const [title, ...lines] = describe(`schema ${name}`, schema);
    return `${[title, ...lines].join('\n')}\n`;
  });
  return [...endpoints.sort(), ...schemas.sort()].join('\n');
}

function toSection(title, lines) {
  return `${[title, ...lines.map((line) => `  ${line}`)].join('\n')}\n`;
}

function describeEndpoint({ operationId, parameters = [], requestBody, responses }) {
  const taken = parameters.map(
    ({ name, in: where, required, schema }) =>
      `${where} ${name}${required ? '' : '?'}: ${toType(schema)}`,
  );
  const body = Object.entries(requestBody?.content ?? {}).flatMap(([type, { schema }]) =>
    describe(`body ${type}`, schema),
  );
  const given = Object.entries(responses).map(([status, { content = {}, headers = {} }]) => {
    const types = Object.entries(content).map(([type, { schema }]) => `${type} ${toType(schema)}`);
    const named = Object.keys(headers).map((header) => `header ${header}`);
    return [status, ...[...types, ...named].sort()].join(', ');
  });
  return [`operation ${operationId}`, ...taken.sort(), ...body, ...given.sort()];
}

/** A schema with its name: members and alternatives a line each, indented. */
function describe(label, schema) {
  if (!isDeep(schema)) return [`${label}: ${toType(schema)}`];
  if (schema.items !== undefined) return describe(`${label}: list`, schema.items);
  const alternatives = schema.anyOf ?? schema.oneOf ?? schema.allOf;
  const inner =
    alternatives === undefined
      ? describeMembers(schema)
      : alternatives.flatMap((one) => describe('or', one));
  return [label, ...inner.map((line) => `  ${line}`)];
}

function describeMembers({ properties = {}, additionalProperties: others, required = [] }) {
  const members = Object.entries(properties)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([name, schema]) => describe(`${name}${required.includes(name) ? '' : '?'}`, schema));
  return typeof others === 'object' ? [...members, ...describe('any other name', others)] : members;
}

/** Whether a schema is more than a line. */
function isDeep({ properties, items, anyOf, oneOf, allOf, additionalProperties }) {
  if (properties !== undefined || typeof additionalProperties === 'object') return true;
  if (items !== undefined) return isDeep(items);
  return (anyOf ?? oneOf ?? allOf ?? []).some(isDeep);
}

/** A schema in one line: no descriptions, no pattern next to a format, and no limit that every integer has. */
function toType(schema) {
  if (schema.$ref !== undefined) return schema.$ref.split('/').pop();
  const alternatives = schema.anyOf ?? schema.oneOf ?? schema.allOf;
  if (alternatives !== undefined) return alternatives.map(toType).join(' | ');
  const { type, items, format, pattern, maximum, ...rest } = schema;
  const limits = {
    ...rest,
    ...(format === undefined ? { pattern } : { format }),
    ...(maximum === Number.MAX_SAFE_INTEGER ? {} : { maximum }),
  };
  const texts = Object.entries(limits)
    .filter(([key, value]) => value !== undefined && !UNSEEN.has(key))
    .map(([key, value]) => `${key} ${JSON.stringify(value)}`);
  const name = [type ?? []].flat().join(' | ') || 'anything';
  return [items === undefined ? name : `list of ${toType(items)}`, ...texts].join(' ');
}
