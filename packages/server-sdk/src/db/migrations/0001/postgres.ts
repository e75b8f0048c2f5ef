import { FIRST_ROWS, SLOTS } from './first-rows.js';
import { dueWith, HOUR, hourEndOf, hourOf } from './row-changes.js';
import { writeViews } from './views.js';

/** Calls, one row each. */
const CALLS = [
  `create table model_calls (
    user_did varchar(255) not null,
    -- In the order of their characters, which searches by the beginning of an id need.
    id varchar(128) collate "C" not null,
    trace_id varchar(128) collate "C",
    app_did varchar(255) not null default 'unassigned',
    model varchar(255) not null,
    -- Empty when not known.
    provider varchar(128) not null default '',
    type varchar(32) not null default 'chatCompletion',
    status varchar(16) not null,
    started_at_ms bigint not null,
    duration_us bigint,
    ttfb_us bigint,
    input_tokens bigint,
    output_tokens bigint,
    total_tokens bigint,
    units double precision,
    credits_e8 bigint,
    -- What credits_e8 leaves, units of 1e-10; null: nothing.
    credits_rest_e10 bigint,
    -- Parts of input_tokens; null where the provider did not report them.
    cached_input_tokens bigint,
    cache_write_tokens bigint,
    -- Part of output_tokens.
    reasoning_tokens bigint,
    -- Money, 1e-10 of the currency, ISO 4217; null: not known.
    cost_e10 bigint,
    currency varchar(3),
    -- reported, host or priced; null: not known.
    cost_source varchar(16),
    -- Name and version of the table that the cost is from.
    price_table varchar(128),
    error_reason text,
    metadata text,
    -- When the SDK wrote the row, by the database's clock; rows of other programs have none, or an old one.
    recorded_at_ms bigint,
    primary key (user_did, id)
  )`,
  'create index model_calls_user_time on model_calls (user_did, started_at_ms, id)',
  'create index model_calls_project_time on model_calls (user_did, app_did, started_at_ms, id)',
  'create index model_calls_project_duration on model_calls (user_did, app_did, duration_us, id)',
  'create index model_calls_time on model_calls (started_at_ms)',
  // For searches by the beginning of a trace id.
  `create index model_calls_trace on model_calls (user_did, trace_id) where trace_id is not null`,
  // Finds calls that have not ended.
  `create index model_calls_processing on model_calls (started_at_ms) where status = 'processing'`,
];

/** Figures of hours, days and months, and who has them; docs/adr/0038-plain-rows.md says what each column means. */
const AGGREGATES = [
  `create table model_call_users (
    user_did varchar(255) not null primary key,
    version bigint not null,
    slot smallint not null default 0,
    due_at_ms bigint,
    claimed_through_ms bigint,
    built_through_ms bigint,
    days_through_ms bigint,
    months_through_ms bigint,
    archived_before_ms bigint,
    rollup_revision bigint not null default 0
  )`,
  'create index model_call_users_due on model_call_users (slot, due_at_ms)',
  `create table model_call_dirty_hours (
    user_did varchar(255) not null,
    hour_ms bigint not null,
    -- How often the hour changed since it was built.
    revision integer not null default 1,
    primary key (user_did, hour_ms)
  )`,
  `create table model_call_projects (
    user_did varchar(255) not null,
    app_id integer not null,
    app_did varchar(512) not null,
    -- Start of the first call of the project that was archived, or may be, epoch ms.
    archived_first_ms bigint,
    primary key (user_did, app_id),
    constraint model_call_projects_did unique (user_did, app_did)
  )`,
  `create table model_call_models (
    user_did varchar(255) not null,
    model_id integer not null,
    model varchar(255) not null,
    -- Empty when not known.
    provider varchar(128) not null,
    type varchar(32) not null,
    primary key (user_did, model_id),
    constraint model_call_models_name unique (user_did, model, provider, type)
  )`,
  `create table model_call_stats (
    user_did varchar(255) not null,
    -- 1 month, 2 day, 3 hour, 4 quarter of an hour.
    granularity smallint not null,
    -- Hours (of granularity 4: quarters) since 1970-01-01T00:00Z at which the bucket starts.
    bucket integer not null,
    -- 0 user, 1 model, 2 project, 3 project and model.
    scope smallint not null,
    -- 0: all projects.
    app_id integer not null,
    -- 0: all models.
    model_id integer not null,
    calls bigint not null,
    successful_calls bigint not null,
    failed_calls bigint not null,
    input_tokens bigint not null,
    output_tokens bigint not null,
    total_tokens bigint not null,
    credits_e8 bigint not null,
    credits_rest_e10 bigint,
    duration_us bigint not null,
    duration_samples bigint not null,
    -- Null with fewer than two samples: with one, both are duration_us.
    min_duration_us bigint,
    max_duration_us bigint,
    -- Of scope 2 only.
    last_started_at_ms bigint,
    -- See docs/adr/0003-duration-sketch.md.
    durations text not null,
    -- Calls of which the figure is known; null: all.
    input_token_calls bigint,
    output_token_calls bigint,
    total_token_calls bigint,
    credit_calls bigint,
    -- Null: none.
    unknown_token_calls bigint,
    unknown_credit_calls bigint,
    -- Time to the first byte of successful calls; null without a sample.
    ttfb_us bigint,
    ttfb_samples bigint,
    ttfbs text,
    -- Parts of the tokens, and the calls that reported them with their input tokens; null: none.
    cached_input_tokens bigint,
    cached_input_token_calls bigint,
    cached_input_base_tokens bigint,
    cache_write_tokens bigint,
    cache_write_token_calls bigint,
    reasoning_tokens bigint,
    reasoning_token_calls bigint,
    -- Output tokens of successful calls with a time after the first byte, and that time; null without one.
    generated_tokens bigint,
    generation_us bigint,
    -- Known costs in the currency of model_call_rollups, and their calls; null: none.
    cost_e10 bigint,
    cost_calls bigint,
    primary key (user_did, granularity, bucket, scope, app_id, model_id)
  )`,
];

/** Leases and progress of the rollup. */
const ROLLUP = [
  `create table model_call_slots (
    slot smallint primary key,
    owner varchar(64),
    lease_until_ms bigint not null default 0,
    -- Users of the slot without calls that are due were rolled up to here.
    swept_through_ms bigint
  )`,
  `create table model_call_rollups (
    name varchar(32) primary key,
    last_success_at_ms bigint,
    last_failure_at_ms bigint,
    last_failure text,
    -- As the option "calls" names it; null before the first rollup.
    calls_table varchar(280),
    -- Currency of all costs in model_call_stats, ISO 4217; null before the first rollup.
    currency varchar(3),
    -- Changes of a host's table were looked for up to here, by the database's clock; null before the first look.
    changes_through_ms bigint,
    -- Users of a host's table with calls that start before it were found.
    scanned_through_ms bigint,
    -- JSON: which rows of a host's table the scan looks at again; see source/scan-state.ts.
    scan_state text
  )`,
];

/** Balances, revocations and keys. */
const OTHERS = [
  // The last balance that the quota provider gave for each user.
  `create table model_quota_snapshots (
    user_did varchar(255) not null primary key,
    answered_at_ms bigint not null,
    -- JSON: amounts, currency and links; nothing about a person or a payment.
    answer text not null
  )`,
  // How often each user's embed tokens were revoked.
  `create table model_embed_generations (
    user_did varchar(255) not null primary key,
    generation integer not null
  )`,
  // Keys with which instances of one database authenticate what clients send back.
  `create table model_call_secrets (
    purpose varchar(32) not null,
    id varchar(32) not null,
    -- Base64url of random bytes.
    secret varchar(64) not null,
    created_at_ms bigint not null,
    primary key (purpose, id)
  )`,
];

/** The same throughout a transaction; the SDK's writes must say the same. */
const STATEMENT_MS = `floor(extract(epoch from now()) * 1000)::bigint`;
const NOW_US = `floor(extract(epoch from clock_timestamp()) * 1000000)::bigint`;

/** More than so much text would take longer to search than to touch again. */
const TOUCHED_LENGTH = 16_000;

/**
 * To touch a user, or an hour of theirs, once in a transaction is enough, and a thousand versions of one row in one
 * transaction could not be cleaned up before its end. A setting of the transaction lists what it touched, a line each:
 * the user as JSON, and the same with the end of the hour. It goes with what a savepoint rolls back. From then on the
 * user's row is locked, so that no rollup can claim the hour or clear the mark before the transaction ends.
 */
const TOUCH = `create function model_call_touch(changed_user varchar, changed_ms bigint) returns void
   language plpgsql set search_path from current as $$
   declare
     touched text := coalesce(current_setting('usage_kit.touched', true), '');
     hour_start bigint := ${hourOf('changed_ms')};
     hour_end bigint := hour_start + ${HOUR};
     user_line text := chr(10) || to_json(changed_user)::text || chr(10);
     hour_line text := chr(10) || hour_end || to_json(changed_user)::text || chr(10);
     is_touched boolean := strpos(touched, user_line) > 0;
     current_us bigint := ${NOW_US};
   begin
     if strpos(touched, hour_line) > 0 then return; end if;
     insert into model_call_users as users (user_did, version, rollup_revision, slot, due_at_ms)
       values (changed_user, current_us, current_us, floor(random() * ${SLOTS}), hour_end)
       on conflict (user_did) do update
       set version = users.version + 1, due_at_ms = ${dueWith('hour_end', 'users.')}
       where not is_touched or users.due_at_ms is distinct from ${dueWith('hour_end', 'users.')};
     insert into model_call_dirty_hours as marks (user_did, hour_ms, revision)
       select user_did, hour_start, 1 from model_call_users
       where user_did = changed_user and hour_end <= claimed_through_ms
       on conflict (user_did, hour_ms) do update set revision = marks.revision + 1;
     if length(touched) > ${TOUCHED_LENGTH} then
       touched := '';
       is_touched := false;
     end if;
     if not is_touched then touched := touched || user_line; end if;
     perform set_config('usage_kit.touched', touched || hour_line, true);
   end $$`;

const TRIGGERS = [
  TOUCH,
  `create function model_calls_watch() returns trigger language plpgsql set search_path from current as $$
   begin
     if tg_op <> 'INSERT' then perform model_call_touch(old.user_did, old.started_at_ms); end if;
     if tg_op <> 'DELETE' then perform model_call_touch(new.user_did, new.started_at_ms); end if;
     return null;
   end $$`,
  // The table is locked against all other writers of calls.
  `create function model_calls_watch_truncate() returns trigger language plpgsql set search_path from current as $$
   begin
     update model_call_users set version = version + 1
       where user_did in (select user_did from model_calls);
     insert into model_call_dirty_hours as marks (user_did, hour_ms, revision)
       select distinct calls.user_did, ${hourOf('calls.started_at_ms')}, 1
       from model_calls as calls join model_call_users as users using (user_did)
       where ${hourEndOf('calls.started_at_ms')} <= users.claimed_through_ms
       on conflict (user_did, hour_ms) do update set revision = marks.revision + 1;
     return null;
   end $$`,
  `create trigger model_calls_inserted after insert on model_calls for each row
   when (new.recorded_at_ms is distinct from ${STATEMENT_MS})
   execute function model_calls_watch()`,
  `create trigger model_calls_updated after update on model_calls for each row
   when (new.recorded_at_ms is distinct from ${STATEMENT_MS}
     or new.recorded_at_ms is not distinct from old.recorded_at_ms)
   execute function model_calls_watch()`,
  `create trigger model_calls_deleted after delete on model_calls for each row
   execute function model_calls_watch()`,
  `create trigger model_calls_truncated before truncate on model_calls for each statement
   execute function model_calls_watch_truncate()`,
];

const VIEWS = writeViews({
  instant: (ms) => `to_timestamp(${ms} / 1000.0)`,
  hour: (hours) => `to_timestamp((${hours})::bigint * 3600)`,
  credits: (units, rest) =>
    `round((${units}::numeric * 100 + coalesce(${rest}, 0)) / 10000000000, 10)`,
  money: (units) => `round(${units}::numeric / 10000000000, 10)`,
  divide: (expression, divisor) => `${expression} / ${divisor}`,
  sum: (expression) => `sum(${expression})::bigint`,
  long: (value) => `${value}::bigint`,
});

/** The first version on PostgreSQL, statement by statement. */
export const POSTGRES: readonly string[] = [
  ...[...CALLS, ...AGGREGATES, ...ROLLUP, ...OTHERS],
  ...[...FIRST_ROWS, ...TRIGGERS, ...VIEWS],
];

/** What stays when the tables are dropped. */
export const POSTGRES_FUNCTIONS = [
  'model_calls_watch_truncate()',
  'model_calls_watch()',
  'model_call_touch(varchar, bigint)',
];
