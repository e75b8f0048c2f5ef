/** A value whose literal the driver of MySQL uses instead of quoting it. */
interface SqlText {
  toSqlString(): string;
}

/**
 * A value as a statement of MySQL or MariaDB can carry it under every `sql_mode`.
 *
 * The driver writes values into the text of a statement and escapes quotes with backslashes. With `NO_BACKSLASH_ESCAPES` a
 * backslash is an ordinary character, so that a quote in a value ends the literal and the rest is SQL. Doubled quotes and
 * hexadecimal literals mean the same in every mode; texts with a backslash or a control character go as the latter.
 *
 * @param value a parameter; lists are treated item by item, other kinds than text are left to the driver
 */
export function toMysqlValue(value: unknown): unknown {
  if (typeof value === 'string') return toSqlText(value);
  if (Array.isArray(value)) return value.map(toMysqlValue);
  return value;
}

/** A value as a literal, the same under every `sql_mode`. @param value a number must be finite */
export function toMysqlLiteral(value: string | number | null): string {
  if (value === null) return 'null';
  if (typeof value === 'number') return String(value);
  return needsHex(value) ? toHex(value) : `'${value.replaceAll("'", "''")}'`;
}

function toSqlText(text: string): string | SqlText {
  // The driver quotes these the same way in every mode.
  if (!/['"\\\p{Cc}]/u.test(text)) return text;
  return { toSqlString: () => toMysqlLiteral(text) };
}

const needsHex = (text: string): boolean => /[\\\p{Cc}]/u.test(text);

const toHex = (text: string): string => `_utf8mb4 x'${Buffer.from(text, 'utf8').toString('hex')}'`;
