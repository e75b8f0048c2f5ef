import type { Dialect } from './dialect.js';

/** What follows an insert of rows that replace those with the same key, in SQLite and PostgreSQL. */
export const replaceExcluded: Dialect['replaceOnConflict'] = (key, columns) =>
  `on conflict (${key.join(', ')}) do update set ${columns.map((name) => `${name} = excluded.${name}`).join(', ')}`;

/** A select of rows with any of some values, by one list. */
export const selectListed: Dialect['selectEach'] = (column, values, select) =>
  select(`${column} in (${values.join(', ')})`);
