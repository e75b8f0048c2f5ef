import { FIRST_ROWS, SLOTS } from './first-rows.js';
import { dueWith, hourEndOf, insertMark, NEW_USER } from './row-changes.js';
import { writeViews } from './views.js';

/**
 * Stands for the collation that takes no two texts for equal, see {@link writeMysqlStatements}. MySQL compares text without
 * case and accents unless a table says otherwise, and even its plain binary collation takes `alice` and `alice ` for equal:
 * one user would read another's calls.
 */
const EXACT = 'EXACT_COLLATION';

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
    units double,
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
    metadata mediumtext,
    -- When the SDK wrote the row, by the database's clock; rows of other programs have none, or an old one.
    recorded_at_ms bigint,
    primary key (user_did, id),
    key model_calls_user_time (user_did, started_at_ms, id),
    key model_calls_project_time (user_did, app_did, started_at_ms, id),
    key model_calls_project_duration (user_did, app_did, duration_us, id),
    key model_calls_time (started_at_ms),
    -- For searches by the beginning of a trace id.
    key model_calls_trace (user_did, trace_id),
    -- Finds calls that have not ended. MySQL has no partial index: those that have are in it, too.
    key model_calls_processing (status, started_at_ms)
  ) collate ${EXACT}`,
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
    rollup_revision bigint not null default 0,
    key model_call_users_due (slot, due_at_ms)
  ) collate ${EXACT}`,
  `create table model_call_dirty_hours (
    user_did varchar(255) not null,
    hour_ms bigint not null,
    -- How often the hour changed since it was built.
    revision int not null default 1,
    primary key (user_did, hour_ms)
  ) collate ${EXACT}`,
  `create table model_call_projects (
    user_did varchar(255) not null,
    app_id int not null,
    app_did varchar(512) not null,
    -- Start of the first call of the project that was archived, or may be, epoch ms.
    archived_first_ms bigint,
    primary key (user_did, app_id),
    unique key model_call_projects_did (user_did, app_did)
  ) collate ${EXACT}`,
  `create table model_call_models (
    user_did varchar(255) not null,
    model_id int not null,
    model varchar(255) not null,
    -- Empty when not known.
    provider varchar(128) not null,
    type varchar(32) not null,
    primary key (user_did, model_id),
    unique key model_call_models_name (user_did, model, provider, type)
  ) collate ${EXACT}`,
  `create table model_call_stats (
    user_did varchar(255) not null,
    -- 1 month, 2 day, 3 hour, 4 quarter of an hour.
    granularity smallint not null,
    -- Hours (of granularity 4: quarters) since 1970-01-01T00:00Z at which the bucket starts.
    bucket int not null,
    -- 0 user, 1 model, 2 project, 3 project and model.
    scope smallint not null,
    -- 0: all projects.
    app_id int not null,
    -- 0: all models.
    model_id int not null,
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
    durations mediumtext not null,
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
    ttfbs mediumtext,
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
  ) collate ${EXACT}`,
];

/** Leases and progress of the rollup. */
const ROLLUP = [
  `create table model_call_slots (
    slot smallint primary key,
    owner varchar(64),
    lease_until_ms bigint not null default 0,
    -- Users of the slot without calls that are due were rolled up to here.
    swept_through_ms bigint
  ) collate ${EXACT}`,
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
  ) collate ${EXACT}`,
];

/** Balances, revocations and keys. */
const OTHERS = [
  // The last balance that the quota provider gave for each user.
  `create table model_quota_snapshots (
    user_did varchar(255) not null primary key,
    answered_at_ms bigint not null,
    -- JSON: amounts, currency and links; nothing about a person or a payment.
    answer text not null
  ) collate ${EXACT}`,
  // How often each user's embed tokens were revoked.
  `create table model_embed_generations (
    user_did varchar(255) not null primary key,
    generation int not null
  ) collate ${EXACT}`,
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

const NOW_US = 'floor(unix_timestamp(now(6)) * 1000000)';

function touch(row: 'old' | 'new'): string {
  const [user, instant] = [`${row}.user_did`, `${row}.started_at_ms`];
  const end = hourEndOf(instant);
  return `insert into ${NEW_USER} values
      (${user}, ${NOW_US}, ${NOW_US}, floor(rand() * ${SLOTS}), ${end})
      on duplicate key update version = version + 1, due_at_ms = ${dueWith(end)};
    ${insertMark(user, instant)}
      on duplicate key update revision = model_call_dirty_hours.revision + 1;`;
}

const IS_FOREIGN = `(@usage_kit_stamp is null or not (new.recorded_at_ms <=> @usage_kit_stamp))`;

const TRIGGERS = [
  `create trigger model_calls_inserted after insert on model_calls for each row
   begin if ${IS_FOREIGN} then ${touch('new')} end if; end`,
  `create trigger model_calls_updated after update on model_calls for each row
   begin if ${IS_FOREIGN} or new.recorded_at_ms <=> old.recorded_at_ms
     then ${touch('old')} ${touch('new')} end if; end`,
  `create trigger model_calls_deleted after delete on model_calls for each row
   begin ${touch('old')} end`,
];

const VIEWS = writeViews({
  instant: (ms) => `timestampadd(microsecond, ${ms} * 1000, timestamp'1970-01-01 00:00:00.000')`,
  hour: (hours) => `timestampadd(hour, ${hours}, timestamp'1970-01-01 00:00:00')`,
  // MySQL divides to four more decimals than the dividend has.
  credits: (units, rest) =>
    `cast((cast(${units} as decimal(38, 10)) * 100 + coalesce(${rest}, 0)) / 10000000000 as decimal(38, 10))`,
  money: (units) => `cast(cast(${units} as decimal(38, 10)) / 10000000000 as decimal(38, 10))`,
  divide: (expression, divisor) => `${expression} div ${divisor}`,
  sum: (expression) => `cast(sum(${expression}) as signed)`,
  long: String,
});

const STATEMENTS = [
  ...[...CALLS, ...AGGREGATES, ...ROLLUP, ...OTHERS],
  ...[...FIRST_ROWS, ...TRIGGERS, ...VIEWS],
];

/**
 * The first version on MySQL and MariaDB, statement by statement.
 *
 * @param version as `version()` says; the two name their exact collation differently
 */
export function writeMysqlStatements(version: string): string[] {
  const collation = /mariadb/i.test(version) ? 'utf8mb4_nopad_bin' : 'utf8mb4_0900_bin';
  return STATEMENTS.map((statement) => statement.replaceAll(EXACT, collation));
}
