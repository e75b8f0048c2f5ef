/**
 * What the row triggers of `model_calls` do on all databases, so that plain SQL of other programs is counted.
 *
 * Each row that is inserted or deleted, and both versions of one that is updated, touch their user: the version is raised,
 * and the hour of the row is marked dirty if the rollup has claimed it, else the user is due no later than its end.
 *
 * The recorder does the same for all calls of a batch together, and says so by setting `recorded_at_ms` to the time of its
 * statement (on MySQL: to the value of a variable of its connection), which the triggers of that statement see too. A row
 * with any other value (null, the time of an earlier write, a copy) is not the recorder's.
 */

/** Milliseconds of an hour. */
export const HOUR = 3_600_000;

/** Start of the hour of an instant; the remainder of one before 1970 is negative. */
export const hourOf = (instant: string): string =>
  `${instant} - ((${instant} % ${HOUR}) + ${HOUR}) % ${HOUR}`;
/** End of the hour of an instant. */
export const hourEndOf = (instant: string): string => `(${hourOf(instant)} + ${HOUR})`;

/** When a user is due who has a call in an hour that ends at `end`: as before, where the hour is claimed or not the first. */
export const dueWith = (end: string, stored = ''): string =>
  `case when ${end} <= ${stored}claimed_through_ms or ${stored}due_at_ms <= ${end}
    then ${stored}due_at_ms else ${end} end`;

/** Columns of a user that a trigger makes. The version starts at the time in microseconds, faster than which none is raised, so that it never repeats after an erasure. */
export const NEW_USER = 'model_call_users (user_did, version, rollup_revision, slot, due_at_ms)';
/** Columns of a dirty hour. */
export const MARK = 'model_call_dirty_hours (user_did, hour_ms, revision)';

/** Marks an hour dirty if it is claimed; what to do where it is dirty already follows. */
export const insertMark = (user: string, instant: string): string =>
  `insert into ${MARK} select user_did, ${hourOf(instant)}, 1 from model_call_users
    where user_did = ${user} and ${hourEndOf(instant)} <= claimed_through_ms`;
