import type { CallSource } from '../db/call-source.js';
import { fillPlaceholders, joinSql, sql, verbatim, type Sql } from '../db/sql.js';

/** Names of a host's table in SQL, and how its values are written. */
interface TableNames {
  table: Sql;
  user: Sql;
  time: Sql;
  /** The placeholder of a start. */
  parameter: string;
  bound: CallSource['time']['bound'];
  exactUser: string;
  ofUser: (userDid: string) => Sql;
}

/** How calls are read of which only a range of time is known. */
export type RangeReads = Pick<CallSource, 'ofAnyProject' | 'firstOfUser' | 'everyone'>;

/** Reads calls by indexes that reach a start directly, or by its user. */
export function readByTime(names: TableNames): RangeReads {
  const { table, user, exactUser, ofUser } = names;
  return {
    ofAnyProject: () => [],
    firstOfUser: (userDid, fromMs) => selectFirst(names, fromMs, ofUser(userDid)),
    everyone: {
      exactUser,
      from: table.sql,
      wheres: [`${user.sql} is not null`],
      first: (fromMs) => selectFirst(names, fromMs),
    },
  };
}

/**
 * Reads calls of all users without an index that begins with the time, which would read the entire table: a recursive query
 * walks from user to user, with one look-up each in the index by user and start (a loose index scan).
 *
 * @see https://wiki.postgresql.org/wiki/Loose_indexscan
 */
export function readByUser(names: TableNames): RangeReads {
  const { table, user, exactUser } = names;
  const users = sql`(${walk(table, user)}) as usage_kit_users`;
  const isUser = sql`${user} = usage_kit_value`;
  return {
    ...readByTime(names),
    everyone: {
      exactUser,
      from: `${users.sql} cross join ${table.sql}`,
      wheres: [isUser.sql],
      first: (fromMs) =>
        selectMin([sql`select ${selectFirst(names, fromMs, isUser)} as first_value from ${users}`]),
    },
  };
}

/**
 * Reads calls where indexes reach a start only by its project, as those that AIGNE Hub's migrations leave: by (project, start),
 * and of a user by (user, project, start). A query walks from project to project; an index finds calls without a project only
 * by another condition.
 */
export function readByProject(names: TableNames & { app: Sql }): RangeReads {
  const { table, app, exactUser, ofUser } = names;
  const first = (fromMs: number, ofAll: Sql[]): Sql => {
    const of = (project: Sql): Sql => selectFirst(names, fromMs, ...ofAll, project);
    const projects = sql`(${walk(table, app, ...ofAll)}) as usage_kit_projects`;
    return selectMin([
      sql`select ${of(sql`${app} = usage_kit_value`)} as first_value from ${projects}`,
      sql`select ${of(sql`${app} is null`)} as first_value`,
    ]);
  };
  return {
    ofAnyProject: (userDid) => [
      sql`${app} in (${walk(table, app, ofUser(userDid))})`,
      sql`${app} is null`,
    ],
    firstOfUser: (userDid, fromMs) => first(fromMs, [ofUser(userDid)]),
    everyone: {
      exactUser,
      from: table.sql,
      wheres: [
        `${app.sql} in (${walk(table, app).sql}) and ${names.user.sql} is not null`,
        `${app.sql} is null and ${names.user.sql} is not null`,
      ],
      first: (fromMs) => first(fromMs, []),
    },
  };
}

/** The smallest start from an instant on of the calls that fulfil all of some conditions. */
function selectFirst(
  { table, time, parameter, bound }: TableNames,
  fromMs: number,
  ...conditions: readonly Sql[]
): Sql {
  const isLater = sql`${time} >= ${fillPlaceholders(parameter, [bound(fromMs)])}`;
  return sql`(select min(${time}) from ${table} where ${joinSql([...conditions, isLater], ' and ')})`;
}

/** The smallest of the values that selects give as `first_value`. */
function selectMin(selects: readonly Sql[]): Sql {
  return sql`(select min(first_value) from (${joinSql(selects, ' union all ')}) as usage_kit_firsts)`;
}

/** Selects each value of a column as `usage_kit_value`, with one look-up each in an index. */
function walk(table: Sql, column: Sql, ...conditions: readonly Sql[]): Sql {
  const isNext = sql`${column} > usage_kit_value`;
  const where = conditions.length === 0 ? verbatim('') : sql`where ${joinSql(conditions, ' and ')}`;
  return sql`with recursive usage_kit_walk (usage_kit_value) as (
      select min(${column}) from ${table} ${where}
      union all
      select (select min(${column}) from ${table} where ${joinSql([...conditions, isNext], ' and ')})
      from usage_kit_walk where usage_kit_value is not null
    ) select usage_kit_value from usage_kit_walk where usage_kit_value is not null`;
}
