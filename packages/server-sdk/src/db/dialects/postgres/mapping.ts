import {
  compareBytes,
  formatWallClock,
  quoteDouble,
  roundHalfEven,
  selectSoundAmount,
  toTextLiteral,
} from '../shared-mapping.js';
import type { MappingDialect } from '../mapping-dialect.js';

/** How this database reads a host's table. */
export const postgresMapping: MappingDialect = {
  quote: quoteDouble,
  floor: (expression) => `floor(${expression})::bigint`,
  round: (expression) => `round(${expression})::bigint`,
  number: (column) => column,
  amount: (column, decimals) => {
    const units = roundHalfEven(`(${column})::numeric * ${10 ** decimals}`);
    return selectSoundAmount(column, decimals, `(${units})::bigint`);
  },
  creditParts: (column) => {
    const units = roundHalfEven(`(${column})::numeric * ${10 ** 10}`);
    return {
      unitsE8: selectSoundAmount(column, 8, `div(${units}, 100)::bigint`),
      restE10: selectSoundAmount(column, 8, `mod(${units}, 100)::bigint`),
    };
  },
  text: (column) => `(${column})::text`,
  jsonNumber: (column, key) =>
    `case when jsonb_typeof((${column})::jsonb -> ${toTextLiteral(key)}) = 'number'
      then ((${column})::jsonb ->> ${toTextLiteral(key)})::numeric end`,
  timestampMs: (expression) => `extract(epoch from ${expression}) * 1000`,
  timestampOf: (instantMs) => `${formatWallClock(instantMs)}+00`,
  timestampsAreExact: true,
  rowOrder: null,
  numberParameter: 'cast(? as bigint)',
  bytes: (column) => column,
  equals: compareBytes,
  secondary: (condition) => condition,
  is: (column, word) => `${column} = ${toTextLiteral(word)}`,
};
