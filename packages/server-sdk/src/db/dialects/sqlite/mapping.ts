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

/** From here on neighbouring REALs are more than 1e-10 apart. */
const FINE_LIMIT = 2 ** 19;

/**
 * The whole part is multiplied as an integer; a REAL is the nearest to a decimal, and so is found again by rounding its
 * fraction; a half is one but for what the fraction adds.
 */
function readAmount(column: string, decimals: number): string {
  const number = `(${sqliteNumber(column)})`;
  const scale = 10 ** decimals;
  const whole = `cast(${number} as integer)`;
  const rest = `(${number} - ${whole}) * ${scale}.0`;
  const down = `cast(${rest} as integer)`;
  return `case when ${number} >= 0 and ${number} <= ${getMaxAmount(decimals)} then ${whole} * ${scale} +
      case when abs(${rest} - ${down} - 0.5) < 0.000001 then 2 * ((${down} + 1) / 2)
        else cast(round(${rest}) as integer) end
    end`;
}

/** How this database reads a host's table. */
export const sqliteMapping: MappingDialect = {
  quote: quoteDouble,
  floor: (expression) => `cast(${expression} as integer)`,
  round: (expression) => `cast(round(${expression}) as integer)`,
  // A column of any type takes any value: a text that is a number is one, another is not known.
  number: sqliteNumber,
  amount: readAmount,
  creditParts: (column) => {
    const number = sqliteNumber(column);
    const units = readAmount(column, 10);
    return {
      unitsE8: `case when ${number} < ${FINE_LIMIT} then (${units}) / 100 else ${readAmount(column, 8)} end`,
      restE10: `case when ${number} < ${FINE_LIMIT} then (${units}) % 100 end`,
    };
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
