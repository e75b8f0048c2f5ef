import { FIRST_ROWS, SLOTS } from './first-rows.js';
import { dueWith, hourEndOf, hourOf, insertMark, MARK, NEW_USER } from './row-changes.js';
import { writeViews } from './views.js';

/** Calls, one row each. */
const CALLS = [
  `create table model_calls (
    user_did varchar(255) not null,
    id varchar(128) not null,
    trace_id varchar(128),
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
    units float,
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
    slot integer not null default 0,
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
    primary key (user_did, app_id)
  )`,
  'create unique index model_call_projects_did on model_call_projects (user_did, app_did)',
  `create table model_call_models (
    user_did varchar(255) not null,
    model_id integer not null,
    model varchar(255) not null,
    -- Empty when not known.
    provider varchar(128) not null,
    type varchar(32) not null,
    primary key (user_did, model_id)
  )`,
  `create unique index model_call_models_name
    on model_call_models (user_did, model, provider, type)`,
  // The primary key is the table, not an index alongside it.
  `create table model_call_stats (
    user_did varchar(255) not null,
    -- 1 month, 2 day, 3 hour, 4 quarter of an hour.
    granularity integer not null,
    -- Hours (of granularity 4: quarters) since 1970-01-01T00:00Z at which the bucket starts.
    bucket integer not null,
    -- 0 user, 1 model, 2 project, 3 project and model.
    scope integer not null,
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
  ) without rowid`,
];

/** Leases and progress of the rollup. */
const ROLLUP = [
  `create table model_call_slots (
    slot integer primary key,
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

/** The same throughout a statement and its triggers; the SDK's writes must say the same. */
const STATEMENT_MS = `cast(round((julianday('now') - 2440587.5) * 86400000) as integer)`;

const RAISE = 'on conflict (user_did, hour_ms) do update set revision = revision + 1;';

function touch(row: 'old' | 'new'): string {
  const [user, instant] = [`${row}.user_did`, `${row}.started_at_ms`];
  const end = hourEndOf(instant);
  return `insert into ${NEW_USER} values
      (${user}, ${STATEMENT_MS} * 1000, ${STATEMENT_MS} * 1000, abs(random() % ${SLOTS}), ${end})
      on conflict (user_did) do update set version = version + 1, due_at_ms = ${dueWith(end)};
    ${insertMark(user, instant)} ${RAISE}`;
}

/** A statement with "or replace" deletes the row in its way without firing the trigger of deletions. */
const MARK_REPLACED = `begin
    insert into ${MARK} select calls.user_did, ${hourOf('calls.started_at_ms')}, 1
      from model_calls as calls join model_call_users as users on users.user_did = calls.user_did
      where calls.user_did = new.user_did and calls.id = new.id
        and ${hourEndOf('calls.started_at_ms')} <= users.claimed_through_ms ${RAISE}
  end`;

const IS_FOREIGN = `new.recorded_at_ms is not ${STATEMENT_MS}`;

const TRIGGERS = [
  `create trigger model_calls_replaced before insert on model_calls when ${IS_FOREIGN}
   ${MARK_REPLACED}`,
  `create trigger model_calls_renamed before update of user_did, id on model_calls
   when new.user_did <> old.user_did or new.id <> old.id ${MARK_REPLACED}`,
  `create trigger model_calls_inserted after insert on model_calls when ${IS_FOREIGN}
   begin ${touch('new')} end`,
  `create trigger model_calls_updated after update on model_calls
   when ${IS_FOREIGN} or new.recorded_at_ms is old.recorded_at_ms
   begin ${touch('old')} ${touch('new')} end`,
  `create trigger model_calls_deleted after delete on model_calls begin ${touch('old')} end`,
];

const VIEWS = writeViews({
  instant: (ms) => `strftime('%Y-%m-%d %H:%M:%f', ${ms} / 1000.0, 'unixepoch')`,
  hour: (hours) => `datetime((${hours}) * 3600, 'unixepoch')`,
  // SQLite has no decimals: credits_e8, credits_rest_e10 and cost_e10 are what to add up.
  credits: (units, rest) => `${units} / 100000000.0 + coalesce(${rest}, 0) / 10000000000.0`,
  money: (units) => `${units} / 10000000000.0`,
  divide: (expression, divisor) => `${expression} / ${divisor}`,
  sum: (expression) => `sum(${expression})`,
  long: String,
});

/** The first version on SQLite, statement by statement. */
export const SQLITE: readonly string[] = [
  ...[...CALLS, ...AGGREGATES, ...ROLLUP, ...OTHERS],
  ...[...FIRST_ROWS, ...TRIGGERS, ...VIEWS],
];
