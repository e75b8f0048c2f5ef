import { verbatim } from '../sql.js';
import type { Dialect } from './dialect.js';

/** A select of rows with any of some values, by one list. */
export const selectListed: Dialect['selectEach'] = (column, values, select) =>
  select(verbatim(`${column} in (${values.join(', ')})`));
