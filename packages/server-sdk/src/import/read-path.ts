/** Reads a column with the name of the path, dots included, or the value at the path in nested objects, which may be JSON text. */
export function readPath(values: object, path: string): unknown {
  if (Object.hasOwn(values, path)) return (values as Record<string, unknown>)[path];
  for (let dot = path.indexOf('.'); dot > 0; dot = path.indexOf('.', dot + 1)) {
    const head = path.slice(0, dot);
    if (!Object.hasOwn(values, head)) continue;
    const inner = toObject((values as Record<string, unknown>)[head]);
    const found = inner === null ? undefined : readPath(inner, path.slice(dot + 1));
    if (found !== undefined) return found;
  }
  return undefined;
}

function toObject(value: unknown): object | null {
  const parsed = typeof value === 'string' && /^\s*[{[]/.test(value) ? parseJson(value) : value;
  return typeof parsed === 'object' ? parsed : null;
}

/** The text that was parsed last: several paths of a record lead into the same column. */
let last: { text: string; value: unknown } = { text: '', value: null };

/** Parses JSON, also where an export has doubled its quotes once more than CSV asks for; `null` for other text. */
export function parseJson(text: string): unknown {
  if (text !== last.text) last = { text, value: parse(text) ?? parse(text.replaceAll('""', '"')) };
  return last.value;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
}
