/** A value that a driver sends apart from the statement's text. */
export type SqlValue = string | number | null;

/** A statement or a part of one: its text with a `?` where each value goes, and the values. */
export interface Sql {
  readonly sql: string;
  readonly bindings: readonly SqlValue[];
}

/**
 * SQL with values: ``sql`select version from model_call_users where user_did = ${userDid}` ``. A value is never part of the
 * text, and cannot be out of step with its place; a part that is SQL itself is put in as it is.
 *
 * @throws TypeError when the text has a question mark: write it as a value
 */
export function sql(strings: TemplateStringsArray, ...parts: readonly (Sql | SqlValue)[]): Sql {
  let text = requireNoMark(strings[0] ?? '');
  const bindings: SqlValue[] = [];
  for (const [index, part] of parts.entries()) {
    if (isSql(part)) {
      text += part.sql;
      for (const value of part.bindings) bindings.push(value);
    } else {
      text += '?';
      bindings.push(part);
    }
    text += requireNoMark(strings[index + 1] ?? '');
  }
  return { sql: text, bindings };
}

/** SQL that this code made, e.g. names of columns or literals; nothing that came from outside. @throws TypeError as {@link sql} */
export function verbatim(text: string): Sql {
  return { sql: requireNoMark(text), bindings: [] };
}

/** Parts of a statement in a row. @param separator what stands between two */
export function joinSql(parts: readonly Sql[], separator = ', '): Sql {
  return {
    sql: parts.map((part) => part.sql).join(separator),
    bindings: parts.flatMap((part) => part.bindings),
  };
}

/** A list of values, e.g. for `in (…)`. */
export function listValues(values: readonly SqlValue[]): Sql {
  return { sql: values.map(() => '?').join(', '), bindings: values };
}

/**
 * Text with a `?` for each of some values, as a dialect or a call table gives it: `cast(? as bigint)`.
 *
 * @throws TypeError when there are more or fewer values
 */
export function fillPlaceholders(text: string, values: readonly SqlValue[]): Sql {
  const { length } = text.split('?');
  if (length - 1 !== values.length) throw new TypeError(`SQL must have ${values.length} values`);
  return { sql: text, bindings: values };
}

/** An entire statement whose values are literals, in which a question mark may stand. */
export function literalStatement(text: string): Sql {
  return { sql: text, bindings: [] };
}

function isSql(part: Sql | SqlValue): part is Sql {
  return typeof part === 'object' && part !== null;
}

/** Knex takes a question mark for the place of a value, and not every driver knows an escaped one. @throws TypeError */
function requireNoMark(text: string): string {
  if (text.includes('?')) throw new TypeError(`SQL must have no question mark: ${text}`);
  return text;
}
