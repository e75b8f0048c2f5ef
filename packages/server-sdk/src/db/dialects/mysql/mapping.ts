import {
  formatWallClock,
  roundHalfEven,
  selectSoundAmount,
  toJsonPath,
  toTextLiteral,
} from '../shared-mapping.js';
import type { MappingDialect } from '../mapping-dialect.js';

const mysqlBytes = (text: string): string => `cast(convert(${text} using utf8mb4) as binary)`;

/** How this database reads a host's table. */
export const mysqlMapping: MappingDialect = {
  quote: (name) => `\`${name.replaceAll('`', '``')}\``,
  floor: (expression) => `cast(floor(${expression}) as signed)`,
  round: (expression) => `cast(round(${expression}) as signed)`,
  number: (column) => column,
  amount: (column, decimals) => {
    const units = roundHalfEven(`${column} * ${10 ** decimals}`);
    return selectSoundAmount(column, decimals, `cast(${units} as decimal(30, 0))`);
  },
  creditParts: (column) => {
    // What a double would be multiplied to is no exact integer; as a decimal it is what its digits say.
    const units = roundHalfEven(`cast(${column} as decimal(40, 20)) * ${10 ** 10}`);
    return {
      unitsE8: selectSoundAmount(column, 8, `cast((${units}) div 100 as decimal(30, 0))`),
      restE10: selectSoundAmount(column, 8, `cast(mod(${units}, 100) as decimal(30, 0))`),
    };
  },
  text: (column) => `cast(${column} as char)`,
  jsonNumber: (column, key) =>
    `case when json_valid(${column}) then cast(json_value(${column}, ${toJsonPath(key)}) as decimal(30, 6)) end`,
  timestampMs: (expression) => `timestampdiff(microsecond, '1970-01-01', ${expression}) / 1000`,
  timestampOf: formatWallClock,
  timestampsAreExact: true,
  rowOrder: null,
  numberParameter: '?',
  bytes: mysqlBytes,
  // The host's collation may hold `alice`, `ALICE` and `alice ` equal: one user would read another's calls.
  equals: (column, value) => ({
    sql: `${column} = ? and ${mysqlBytes(column)} = ${mysqlBytes('?')}`,
    bindings: [value, value],
  }),
  secondary: (condition) => condition,
  is: (column, word) => `${mysqlBytes(column)} = ${toTextLiteral(word)}`,
};
