/**
 * Schemas of the OpenAPI document as rows of a table, and as a value to begin with.
 */

/** A short name of a schema's type: `string`, `"a" | "b"`, `number | null`, `object[]`. */
export function nameType(schema) {
  if (schema.$ref !== undefined) return schema.$ref.split('/').at(-1);
  const parts = schema.anyOf ?? schema.oneOf;
  if (parts !== undefined) return [...new Set(parts.map(nameType))].join(' | ');
  if (schema.enum !== undefined)
    return schema.enum.map((value) => JSON.stringify(value)).join(' | ');
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (Array.isArray(schema.type)) return schema.type.join(' | ');
  if (schema.type === 'array') {
    const item = nameType(schema.items ?? {});
    return item.includes(' | ') ? `(${item})[]` : `${item}[]`;
  }
  return schema.type ?? 'any';
}

/**
 * The members of a schema, those of objects within it below them.
 * @param resolve the schema that a reference names
 * @returns {{ path: string, type: string, isRequired: boolean, description: string }[]} e.g. `totals.calls`, `items[].appDid`
 */
export function listMembers(schema, resolve, path = '', depth = 0) {
  const whole = schema.$ref === undefined ? schema : resolve(schema.$ref);
  const alternatives = whole.anyOf ?? whole.oneOf;
  if (alternatives !== undefined) {
    return uniqueByPath(alternatives.flatMap((part) => listMembers(part, resolve, path, depth)));
  }
  if (whole.type === 'array') return listMembers(whole.items ?? {}, resolve, `${path}[]`, depth);
  // Deeper members would fill another page.
  if (whole.properties === undefined || depth > 3) return [];
  return Object.entries(whole.properties).flatMap(([name, member]) => {
    const full = path === '' ? name : `${path}.${name}`;
    const row = {
      path: full,
      type: nameType(member),
      isRequired: whole.required?.includes(name) ?? false,
      description: member.description ?? '',
    };
    return [row, ...listMembers(member, resolve, full, depth + 1)];
  });
}

function uniqueByPath(rows) {
  return [...new Map(rows.map((row) => [row.path, row])).values()];
}

/** A body to begin with: what is required, each with a value of its type. */
export function createSample(schema, resolve) {
  const whole = schema.$ref === undefined ? schema : resolve(schema.$ref);
  const alternatives = whole.anyOf ?? whole.oneOf;
  if (alternatives !== undefined) return createSample(alternatives[0], resolve);
  const [fixed] = [whole.default, whole.const, whole.enum?.[0]].filter(
    (value) => value !== undefined,
  );
  if (fixed !== undefined) return fixed;
  if (whole.type === 'array') return [createSample(whole.items ?? {}, resolve)];
  if (whole.properties !== undefined) {
    const names = whole.required ?? Object.keys(whole.properties).slice(0, 1);
    return Object.fromEntries(
      names.map((name) => [name, createSample(whole.properties[name], resolve)]),
    );
  }
  return createScalar(whole);
}

function createScalar({ type, minimum, pattern }) {
  if (type === 'boolean') return true;
  if (type === 'integer' || type === 'number') return minimum ?? 1;
  return pattern?.includes('\\d') ? '10' : 'text';
}
