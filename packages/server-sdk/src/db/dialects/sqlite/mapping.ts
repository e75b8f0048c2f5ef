import {
  compareBytes,
  formatWallClock,
  getMaxAmount,
  quoteDouble,
  toJsonPath,
  toTextLiteral,
} from '../shared-mapping.js';
import { sql } from '../../sql.js';
import type { MappingDialect } from '../mapping-dialect.js';
import { toEpochMs } from './clock.js';

const sqliteNumber = (column: string): string =>
  `case when typeof(${column}) in ('integer', 'real') then ${column}
    when ${column} glob '[0-9]*' and ${column} not glob '*[^0-9.]*' then cast(${column} as numeric) end`;

/** How this database reads a host's table. */
export const sqliteMapping: MappingDialect = {
  quote: quoteDouble,
  floor: (expression) => `cast(${expression} as integer)`,
  round: (expression) => `cast(round(${expression}) as integer)`,
  // A column of any type takes any value: a text that is a number is one, another is not known.
  number: sqliteNumber,
  // What is a whole number is multiplied as one; a REAL is the nearest to a decimal, and so is found again by
  // rounding; a half is one but for what the multiplication adds.
  amount: (column, decimals) => {
    const number = sqliteNumber(column);
    const scale = 10 ** decimals;
    const real = `(${number}) * ${scale}.0`;
    return `case when not (${number} >= 0 and ${number} <= ${getMaxAmount(decimals)}) then null
      when typeof(${number}) = 'integer' then (${number}) * ${scale}
      when abs(${real} - cast(${real} as integer) - 0.5) < 0.000001 then 2 * ((cast(${real} as integer) + 1) / 2)
      else cast(round(${real}) as integer) end`;
  },
  text: (column) => `cast(${column} as text)`,
  jsonNumber: (column, key) =>
    `case when json_valid(${column}) and json_type(${column}, ${toJsonPath(key)}) in ('integer', 'real')
      then json_extract(${column}, ${toJsonPath(key)}) end`,
  timestampMs: toEpochMs,
  // Texts are compared: without zeros at its end, a fraction is not above an equal one that has none.
  timestampOf: (instantMs) => formatWallClock(instantMs).replace(/\.?0+$/, ''),
  timestampsAreExact: false,
  numberParameter: '?',
  rowOrder: {
    row: 'rowid',
    findIndex: ({ table, schema = 'main', column }) =>
      sql`select 1 as found from pragma_index_list(${table}, ${schema}) as indexes
        join pragma_index_info(indexes.name, ${schema}) as parts
        where parts.seqno = 0 and parts.name = ${column} and indexes.partial = 0 limit 1`,
  },
  bytes: (column) => column,
  equals: compareBytes,
  secondary: (condition) => `likely(${condition})`,
  is: (column, word) => `${column} = ${toTextLiteral(word)}`,
};
