-- What the migrations of 0.1.0 write on MariaDB; scripts/freeze-release.mjs made it.
--;
create table `usage_kit_migrations` (`id` int unsigned not null auto_increment primary key, `name` varchar(255), `batch` int, `migration_time` timestamp)
--;
create table `usage_kit_migrations_lock` (`index` int unsigned not null auto_increment primary key, `is_locked` int)
--;
insert into `usage_kit_migrations_lock` (`is_locked`) values (0)
--;
create table model_calls (
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
  ) collate utf8mb4_nopad_bin
--;
create table model_call_users (
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
  ) collate utf8mb4_nopad_bin
--;
create table model_call_dirty_hours (
    user_did varchar(255) not null,
    hour_ms bigint not null,
    -- How often the hour changed since it was built.
    revision int not null default 1,
    primary key (user_did, hour_ms)
  ) collate utf8mb4_nopad_bin
--;
create table model_call_projects (
    user_did varchar(255) not null,
    app_id int not null,
    app_did varchar(512) not null,
    -- Start of the first call of the project that was archived, or may be, epoch ms.
    archived_first_ms bigint,
    primary key (user_did, app_id),
    unique key model_call_projects_did (user_did, app_did)
  ) collate utf8mb4_nopad_bin
--;
create table model_call_models (
    user_did varchar(255) not null,
    model_id int not null,
    model varchar(255) not null,
    -- Empty when not known.
    provider varchar(128) not null,
    type varchar(32) not null,
    primary key (user_did, model_id),
    unique key model_call_models_name (user_did, model, provider, type)
  ) collate utf8mb4_nopad_bin
--;
create table model_call_stats (
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
  ) collate utf8mb4_nopad_bin
--;
create table model_call_slots (
    slot smallint primary key,
    owner varchar(64),
    lease_until_ms bigint not null default 0,
    -- Users of the slot without calls that are due were rolled up to here.
    swept_through_ms bigint
  ) collate utf8mb4_nopad_bin
--;
create table model_call_rollups (
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
  ) collate utf8mb4_nopad_bin
--;
create table model_quota_snapshots (
    user_did varchar(255) not null primary key,
    answered_at_ms bigint not null,
    -- JSON: amounts, currency and links; nothing about a person or a payment.
    answer text not null
  ) collate utf8mb4_nopad_bin
--;
create table model_embed_generations (
    user_did varchar(255) not null primary key,
    generation int not null
  ) collate utf8mb4_nopad_bin
--;
create table model_call_secrets (
    purpose varchar(32) not null,
    id varchar(32) not null,
    -- Base64url of random bytes.
    secret varchar(64) not null,
    created_at_ms bigint not null,
    primary key (purpose, id)
  )
--;
insert into model_call_slots (slot) values (0), (1), (2), (3), (4), (5), (6), (7), (8), (9), (10), (11), (12), (13), (14), (15), (16), (17), (18), (19), (20), (21), (22), (23), (24), (25), (26), (27), (28), (29), (30), (31), (32), (33), (34), (35), (36), (37), (38), (39), (40), (41), (42), (43), (44), (45), (46), (47), (48), (49), (50), (51), (52), (53), (54), (55), (56), (57), (58), (59), (60), (61), (62), (63)
--;
insert into model_call_rollups (name) values ('hourly')
--;
create trigger model_calls_inserted after insert on model_calls for each row
   begin if (@usage_kit_stamp is null or not (new.recorded_at_ms <=> @usage_kit_stamp)) then insert into model_call_users (user_did, version, rollup_revision, slot, due_at_ms) values
      (new.user_did, floor(unix_timestamp(now(6)) * 1000000), floor(unix_timestamp(now(6)) * 1000000), floor(rand() * 64), (new.started_at_ms - ((new.started_at_ms % 3600000) + 3600000) % 3600000 + 3600000))
      on duplicate key update version = version + 1, due_at_ms = case when (new.started_at_ms - ((new.started_at_ms % 3600000) + 3600000) % 3600000 + 3600000) <= claimed_through_ms or due_at_ms <= (new.started_at_ms - ((new.started_at_ms % 3600000) + 3600000) % 3600000 + 3600000)
    then due_at_ms else (new.started_at_ms - ((new.started_at_ms % 3600000) + 3600000) % 3600000 + 3600000) end;
    insert into model_call_dirty_hours (user_did, hour_ms, revision) select user_did, new.started_at_ms - ((new.started_at_ms % 3600000) + 3600000) % 3600000, 1 from model_call_users
    where user_did = new.user_did and (new.started_at_ms - ((new.started_at_ms % 3600000) + 3600000) % 3600000 + 3600000) <= claimed_through_ms
      on duplicate key update revision = model_call_dirty_hours.revision + 1; end if; end
--;
create trigger model_calls_updated after update on model_calls for each row
   begin if (@usage_kit_stamp is null or not (new.recorded_at_ms <=> @usage_kit_stamp)) or new.recorded_at_ms <=> old.recorded_at_ms
     then insert into model_call_users (user_did, version, rollup_revision, slot, due_at_ms) values
      (old.user_did, floor(unix_timestamp(now(6)) * 1000000), floor(unix_timestamp(now(6)) * 1000000), floor(rand() * 64), (old.started_at_ms - ((old.started_at_ms % 3600000) + 3600000) % 3600000 + 3600000))
      on duplicate key update version = version + 1, due_at_ms = case when (old.started_at_ms - ((old.started_at_ms % 3600000) + 3600000) % 3600000 + 3600000) <= claimed_through_ms or due_at_ms <= (old.started_at_ms - ((old.started_at_ms % 3600000) + 3600000) % 3600000 + 3600000)
    then due_at_ms else (old.started_at_ms - ((old.started_at_ms % 3600000) + 3600000) % 3600000 + 3600000) end;
    insert into model_call_dirty_hours (user_did, hour_ms, revision) select user_did, old.started_at_ms - ((old.started_at_ms % 3600000) + 3600000) % 3600000, 1 from model_call_users
    where user_did = old.user_did and (old.started_at_ms - ((old.started_at_ms % 3600000) + 3600000) % 3600000 + 3600000) <= claimed_through_ms
      on duplicate key update revision = model_call_dirty_hours.revision + 1; insert into model_call_users (user_did, version, rollup_revision, slot, due_at_ms) values
      (new.user_did, floor(unix_timestamp(now(6)) * 1000000), floor(unix_timestamp(now(6)) * 1000000), floor(rand() * 64), (new.started_at_ms - ((new.started_at_ms % 3600000) + 3600000) % 3600000 + 3600000))
      on duplicate key update version = version + 1, due_at_ms = case when (new.started_at_ms - ((new.started_at_ms % 3600000) + 3600000) % 3600000 + 3600000) <= claimed_through_ms or due_at_ms <= (new.started_at_ms - ((new.started_at_ms % 3600000) + 3600000) % 3600000 + 3600000)
    then due_at_ms else (new.started_at_ms - ((new.started_at_ms % 3600000) + 3600000) % 3600000 + 3600000) end;
    insert into model_call_dirty_hours (user_did, hour_ms, revision) select user_did, new.started_at_ms - ((new.started_at_ms % 3600000) + 3600000) % 3600000, 1 from model_call_users
    where user_did = new.user_did and (new.started_at_ms - ((new.started_at_ms % 3600000) + 3600000) % 3600000 + 3600000) <= claimed_through_ms
      on duplicate key update revision = model_call_dirty_hours.revision + 1; end if; end
--;
create trigger model_calls_deleted after delete on model_calls for each row
   begin insert into model_call_users (user_did, version, rollup_revision, slot, due_at_ms) values
      (old.user_did, floor(unix_timestamp(now(6)) * 1000000), floor(unix_timestamp(now(6)) * 1000000), floor(rand() * 64), (old.started_at_ms - ((old.started_at_ms % 3600000) + 3600000) % 3600000 + 3600000))
      on duplicate key update version = version + 1, due_at_ms = case when (old.started_at_ms - ((old.started_at_ms % 3600000) + 3600000) % 3600000 + 3600000) <= claimed_through_ms or due_at_ms <= (old.started_at_ms - ((old.started_at_ms % 3600000) + 3600000) % 3600000 + 3600000)
    then due_at_ms else (old.started_at_ms - ((old.started_at_ms % 3600000) + 3600000) % 3600000 + 3600000) end;
    insert into model_call_dirty_hours (user_did, hour_ms, revision) select user_did, old.started_at_ms - ((old.started_at_ms % 3600000) + 3600000) % 3600000, 1 from model_call_users
    where user_did = old.user_did and (old.started_at_ms - ((old.started_at_ms % 3600000) + 3600000) % 3600000 + 3600000) <= claimed_through_ms
      on duplicate key update revision = model_call_dirty_hours.revision + 1; end
--;
create view usage_calls as select calls.user_did, calls.id, calls.trace_id, calls.app_did, calls.model,
      nullif(calls.provider, '') as provider, calls.type, calls.status,
      timestampadd(microsecond, calls.started_at_ms * 1000, timestamp'1970-01-01 00:00:00.000') as started_at, calls.duration_us / 1000.0 as duration_ms,
      calls.ttfb_us / 1000.0 as ttfb_ms, calls.input_tokens, calls.output_tokens,
      calls.total_tokens, calls.units, cast((cast(calls.credits_e8 as decimal(38, 10)) * 100 + coalesce(calls.credits_rest_e10, 0)) / 10000000000 as decimal(38, 10)) as credits,
      calls.credits_e8, calls.credits_rest_e10,
      calls.cached_input_tokens, calls.cache_write_tokens, calls.reasoning_tokens,
      cast(cast(calls.cost_e10 as decimal(38, 10)) / 10000000000 as decimal(38, 10)) as cost, calls.cost_e10, calls.currency,
      coalesce(calls.cost_source, 'unknown') as cost_source, calls.price_table,
      calls.error_reason, calls.metadata
    from model_calls as calls
--;
create view usage_hourly as select user_did, timestampadd(hour, bucket, timestamp'1970-01-01 00:00:00') as hour_start, app_did, calls, successful_calls, failed_calls,
    calls - successful_calls - failed_calls as processing_calls,
    input_tokens, output_tokens, total_tokens, unknown_token_calls,
    cast((cast(credits_e8 as decimal(38, 10)) * 100 + coalesce(credits_rest_e10, 0)) / 10000000000 as decimal(38, 10)) as credits, credits_e8, credits_rest_e10,
    unknown_credit_calls,
    duration_us / 1000.0 as duration_ms, duration_samples, ttfb_us / 1000.0 as ttfb_ms, ttfb_samples,
    cached_input_tokens, cached_input_token_calls, cached_input_base_tokens, cache_write_tokens,
    cache_write_token_calls, reasoning_tokens, reasoning_token_calls,
    generated_tokens, generation_us / 1000.0 as generation_ms,
    cast(cast(cost_e10 as decimal(38, 10)) / 10000000000 as decimal(38, 10)) as cost, cost_e10, (select currency from model_call_rollups where name = 'hourly') as currency,
    successful_calls + failed_calls - cost_calls as unpriced_calls from (
    select stats.user_did, stats.bucket, projects.app_did, stats.calls, stats.successful_calls, stats.failed_calls, stats.input_tokens,
  stats.output_tokens, stats.total_tokens, coalesce(stats.unknown_token_calls, 0) as unknown_token_calls,
  stats.credits_e8, coalesce(stats.unknown_credit_calls, 0) as unknown_credit_calls, stats.duration_us,
  stats.duration_samples, coalesce(stats.ttfb_us, 0) as ttfb_us, coalesce(stats.ttfb_samples, 0) as ttfb_samples, coalesce(stats.cached_input_tokens, 0) as cached_input_tokens, coalesce(stats.cached_input_token_calls, 0) as cached_input_token_calls, coalesce(stats.cached_input_base_tokens, 0) as cached_input_base_tokens, coalesce(stats.cache_write_tokens, 0) as cache_write_tokens, coalesce(stats.cache_write_token_calls, 0) as cache_write_token_calls, coalesce(stats.reasoning_tokens, 0) as reasoning_tokens, coalesce(stats.reasoning_token_calls, 0) as reasoning_token_calls, coalesce(stats.generated_tokens, 0) as generated_tokens, coalesce(stats.generation_us, 0) as generation_us, coalesce(stats.credits_rest_e10, 0) as credits_rest_e10, coalesce(stats.cost_e10, 0) as cost_e10, coalesce(stats.cost_calls, 0) as cost_calls
    from model_call_stats as stats
    join model_call_users as users on users.user_did = stats.user_did
    join model_call_projects as projects
      on projects.user_did = stats.user_did and projects.app_id = stats.app_id
    where stats.granularity = 3 and stats.scope = 2
      and stats.bucket < users.built_through_ms div 3600000
      and not exists (
      select 1 from model_call_dirty_hours as dirty where dirty.user_did = users.user_did
        and dirty.hour_ms >= stats.bucket * 3600000 and dirty.hour_ms < stats.bucket * 3600000 + 3600000
        and dirty.hour_ms >= coalesce(users.archived_before_ms, -9000000000000000))
    union all
    select calls.user_did, calls.started_at_ms div 3600000 as bucket, calls.app_did, count(*) as calls, cast(sum(case when calls.status = 'success' then 1 else 0 end) as signed) as successful_calls,
    cast(sum(case when calls.status = 'failed' then 1 else 0 end) as signed) as failed_calls,
    cast(sum(coalesce(calls.input_tokens, 0)) as signed) as input_tokens,
    cast(sum(coalesce(calls.output_tokens, 0)) as signed) as output_tokens,
    cast(sum(coalesce(calls.total_tokens, 0)) as signed) as total_tokens,
    cast(sum(case when calls.status <> 'processing' and calls.total_tokens is null and calls.type in ('chatCompletion', 'embedding', 'custom') then 1 else 0 end) as signed)
      as unknown_token_calls,
    cast(sum(coalesce(calls.credits_e8, 0)) as signed) as credits_e8,
    cast(sum(case when calls.status <> 'processing' and calls.credits_e8 is null then 1 else 0 end) as signed) as unknown_credit_calls,
    cast(sum(case when calls.status = 'success' and calls.duration_us >= 0 then calls.duration_us else 0 end) as signed) as duration_us,
    cast(sum(case when calls.status = 'success' and calls.duration_us >= 0 then 1 else 0 end) as signed) as duration_samples,
    cast(sum(case when calls.status = 'success' and calls.ttfb_us >= 0 then calls.ttfb_us else 0 end) as signed) as ttfb_us,
    cast(sum(case when calls.status = 'success' and calls.ttfb_us >= 0 then 1 else 0 end) as signed) as ttfb_samples, cast(sum(coalesce(calls.cached_input_tokens, 0)) as signed) as cached_input_tokens, cast(sum(case when calls.cached_input_tokens is not null then 1 else 0 end) as signed) as cached_input_token_calls, cast(sum(case when calls.cached_input_tokens is not null then coalesce(calls.input_tokens, 0) else 0 end) as signed)
      as cached_input_base_tokens, cast(sum(coalesce(calls.cache_write_tokens, 0)) as signed) as cache_write_tokens, cast(sum(case when calls.cache_write_tokens is not null then 1 else 0 end) as signed) as cache_write_token_calls, cast(sum(coalesce(calls.reasoning_tokens, 0)) as signed) as reasoning_tokens, cast(sum(case when calls.reasoning_tokens is not null then 1 else 0 end) as signed) as reasoning_token_calls,
    cast(sum(case when calls.status = 'success' and calls.output_tokens is not null
      and calls.ttfb_us >= 0 and calls.duration_us > calls.ttfb_us then calls.output_tokens else 0 end) as signed) as generated_tokens,
    cast(sum(case when calls.status = 'success' and calls.output_tokens is not null
      and calls.ttfb_us >= 0 and calls.duration_us > calls.ttfb_us then calls.duration_us - calls.ttfb_us else 0 end) as signed) as generation_us,
    cast(sum(coalesce(calls.credits_rest_e10, 0)) as signed) as credits_rest_e10,
    cast(sum(case when calls.status <> 'processing' and calls.cost_e10 is not null
      and calls.currency = (select currency from model_call_rollups where name = 'hourly') then calls.cost_e10 else 0 end) as signed) as cost_e10, cast(sum(case when calls.status <> 'processing' and calls.cost_e10 is not null
      and calls.currency = (select currency from model_call_rollups where name = 'hourly') then 1 else 0 end) as signed) as cost_calls
    from (
    select users.user_did, coalesce(users.built_through_ms, -9000000000000000) as from_ms, 9000000000000000 as to_ms
    from model_call_users as users
    union all
    select dirty.user_did, dirty.hour_ms, dirty.hour_ms + 3600000 from model_call_dirty_hours as dirty
      join model_call_users as users on users.user_did = dirty.user_did
    where dirty.hour_ms < users.built_through_ms) as ranges
    join model_calls as calls on calls.user_did = ranges.user_did
      and calls.started_at_ms >= ranges.from_ms and calls.started_at_ms < ranges.to_ms
    group by calls.user_did, calls.started_at_ms div 3600000, calls.app_did
  ) as hours
--;
create view usage_daily as select user_did, timestampadd(hour, day_number * 24, timestamp'1970-01-01 00:00:00') as day_start, app_did, model, provider, type,
      calls, successful_calls, failed_calls,
    calls - successful_calls - failed_calls as processing_calls,
    input_tokens, output_tokens, total_tokens, unknown_token_calls,
    cast((cast(credits_e8 as decimal(38, 10)) * 100 + coalesce(credits_rest_e10, 0)) / 10000000000 as decimal(38, 10)) as credits, credits_e8, credits_rest_e10,
    unknown_credit_calls,
    duration_us / 1000.0 as duration_ms, duration_samples, ttfb_us / 1000.0 as ttfb_ms, ttfb_samples,
    cached_input_tokens, cached_input_token_calls, cached_input_base_tokens, cache_write_tokens,
    cache_write_token_calls, reasoning_tokens, reasoning_token_calls,
    generated_tokens, generation_us / 1000.0 as generation_ms,
    cast(cast(cost_e10 as decimal(38, 10)) / 10000000000 as decimal(38, 10)) as cost, cost_e10, (select currency from model_call_rollups where name = 'hourly') as currency,
    successful_calls + failed_calls - cost_calls as unpriced_calls
    from (
    select stats.user_did, stats.bucket div 24 as day_number, projects.app_did, models.model,
      nullif(models.provider, '') as provider, models.type, stats.calls, stats.successful_calls, stats.failed_calls, stats.input_tokens,
  stats.output_tokens, stats.total_tokens, coalesce(stats.unknown_token_calls, 0) as unknown_token_calls,
  stats.credits_e8, coalesce(stats.unknown_credit_calls, 0) as unknown_credit_calls, stats.duration_us,
  stats.duration_samples, coalesce(stats.ttfb_us, 0) as ttfb_us, coalesce(stats.ttfb_samples, 0) as ttfb_samples, coalesce(stats.cached_input_tokens, 0) as cached_input_tokens, coalesce(stats.cached_input_token_calls, 0) as cached_input_token_calls, coalesce(stats.cached_input_base_tokens, 0) as cached_input_base_tokens, coalesce(stats.cache_write_tokens, 0) as cache_write_tokens, coalesce(stats.cache_write_token_calls, 0) as cache_write_token_calls, coalesce(stats.reasoning_tokens, 0) as reasoning_tokens, coalesce(stats.reasoning_token_calls, 0) as reasoning_token_calls, coalesce(stats.generated_tokens, 0) as generated_tokens, coalesce(stats.generation_us, 0) as generation_us, coalesce(stats.credits_rest_e10, 0) as credits_rest_e10, coalesce(stats.cost_e10, 0) as cost_e10, coalesce(stats.cost_calls, 0) as cost_calls
    from model_call_stats as stats
    join model_call_users as users on users.user_did = stats.user_did
    join model_call_projects as projects
      on projects.user_did = stats.user_did and projects.app_id = stats.app_id
    join model_call_models as models
      on models.user_did = stats.user_did and models.model_id = stats.model_id
    where stats.granularity = 2 and stats.scope = 3
      and stats.bucket < users.days_through_ms div 3600000
      and not exists (
      select 1 from model_call_dirty_hours as dirty where dirty.user_did = users.user_did
        and dirty.hour_ms >= stats.bucket * 3600000 and dirty.hour_ms < stats.bucket * 3600000 + 86400000
        and dirty.hour_ms >= coalesce(users.archived_before_ms, -9000000000000000))
    union all
    select calls.user_did, calls.started_at_ms div 86400000 as day_number, calls.app_did, calls.model,
      nullif(calls.provider, '') as provider, calls.type, count(*) as calls, cast(sum(case when calls.status = 'success' then 1 else 0 end) as signed) as successful_calls,
    cast(sum(case when calls.status = 'failed' then 1 else 0 end) as signed) as failed_calls,
    cast(sum(coalesce(calls.input_tokens, 0)) as signed) as input_tokens,
    cast(sum(coalesce(calls.output_tokens, 0)) as signed) as output_tokens,
    cast(sum(coalesce(calls.total_tokens, 0)) as signed) as total_tokens,
    cast(sum(case when calls.status <> 'processing' and calls.total_tokens is null and calls.type in ('chatCompletion', 'embedding', 'custom') then 1 else 0 end) as signed)
      as unknown_token_calls,
    cast(sum(coalesce(calls.credits_e8, 0)) as signed) as credits_e8,
    cast(sum(case when calls.status <> 'processing' and calls.credits_e8 is null then 1 else 0 end) as signed) as unknown_credit_calls,
    cast(sum(case when calls.status = 'success' and calls.duration_us >= 0 then calls.duration_us else 0 end) as signed) as duration_us,
    cast(sum(case when calls.status = 'success' and calls.duration_us >= 0 then 1 else 0 end) as signed) as duration_samples,
    cast(sum(case when calls.status = 'success' and calls.ttfb_us >= 0 then calls.ttfb_us else 0 end) as signed) as ttfb_us,
    cast(sum(case when calls.status = 'success' and calls.ttfb_us >= 0 then 1 else 0 end) as signed) as ttfb_samples, cast(sum(coalesce(calls.cached_input_tokens, 0)) as signed) as cached_input_tokens, cast(sum(case when calls.cached_input_tokens is not null then 1 else 0 end) as signed) as cached_input_token_calls, cast(sum(case when calls.cached_input_tokens is not null then coalesce(calls.input_tokens, 0) else 0 end) as signed)
      as cached_input_base_tokens, cast(sum(coalesce(calls.cache_write_tokens, 0)) as signed) as cache_write_tokens, cast(sum(case when calls.cache_write_tokens is not null then 1 else 0 end) as signed) as cache_write_token_calls, cast(sum(coalesce(calls.reasoning_tokens, 0)) as signed) as reasoning_tokens, cast(sum(case when calls.reasoning_tokens is not null then 1 else 0 end) as signed) as reasoning_token_calls,
    cast(sum(case when calls.status = 'success' and calls.output_tokens is not null
      and calls.ttfb_us >= 0 and calls.duration_us > calls.ttfb_us then calls.output_tokens else 0 end) as signed) as generated_tokens,
    cast(sum(case when calls.status = 'success' and calls.output_tokens is not null
      and calls.ttfb_us >= 0 and calls.duration_us > calls.ttfb_us then calls.duration_us - calls.ttfb_us else 0 end) as signed) as generation_us,
    cast(sum(coalesce(calls.credits_rest_e10, 0)) as signed) as credits_rest_e10,
    cast(sum(case when calls.status <> 'processing' and calls.cost_e10 is not null
      and calls.currency = (select currency from model_call_rollups where name = 'hourly') then calls.cost_e10 else 0 end) as signed) as cost_e10, cast(sum(case when calls.status <> 'processing' and calls.cost_e10 is not null
      and calls.currency = (select currency from model_call_rollups where name = 'hourly') then 1 else 0 end) as signed) as cost_calls
    from (
    select users.user_did, coalesce(users.days_through_ms, -9000000000000000) as from_ms, 9000000000000000 as to_ms
    from model_call_users as users
    union all
    select distinct dirty.user_did, dirty.hour_ms - dirty.hour_ms % 86400000, dirty.hour_ms - dirty.hour_ms % 86400000 + 86400000 from model_call_dirty_hours as dirty
      join model_call_users as users on users.user_did = dirty.user_did
    where dirty.hour_ms - dirty.hour_ms % 86400000 < users.days_through_ms and dirty.hour_ms >= coalesce(users.archived_before_ms, -9000000000000000)
    union all
    select dirty.user_did, dirty.hour_ms, dirty.hour_ms + 3600000 from model_call_dirty_hours as dirty
      join model_call_users as users on users.user_did = dirty.user_did
    where dirty.hour_ms - dirty.hour_ms % 86400000 < users.days_through_ms and dirty.hour_ms < coalesce(users.archived_before_ms, -9000000000000000)) as ranges
    join model_calls as calls on calls.user_did = ranges.user_did
      and calls.started_at_ms >= ranges.from_ms and calls.started_at_ms < ranges.to_ms
    group by calls.user_did, calls.started_at_ms div 86400000, calls.app_did, calls.model, nullif(calls.provider, ''), calls.type
  ) as days
--;
create table model_alert_rules (
      user_did varchar(255) not null,
      rule_id varchar(64) not null,
      -- alert or budget.
      kind varchar(16) not null,
      -- JSON, see alerts/model/rule-definition.ts.
      definition text not null,
      created_at_ms bigint not null,
      updated_at_ms bigint not null,
      primary key (user_did, rule_id)
    ) collate utf8mb4_nopad_bin
--;
create table model_alert_states (
      user_did varchar(255) not null,
      rule_id varchar(64) not null,
      -- JSON, see alerts/model/rule-state.ts; null before the first evaluation.
      state text,
      acknowledged_at_ms bigint,
      snoozed_until_ms bigint,
      primary key (user_did, rule_id)
    ) collate utf8mb4_nopad_bin
--;
create table model_alert_users (
      user_did varchar(255) not null primary key,
      -- How often rules or states of the user changed; fences an evaluation that another has overtaken.
      revision bigint not null default 0,
      -- When the rules are to be evaluated though no call is recorded, epoch ms; null: never.
      due_at_ms bigint
      , key model_alert_users_due (due_at_ms)
    ) collate utf8mb4_nopad_bin
--;
create table model_alert_backdated (
      user_did varchar(255) not null,
      quarter_ms bigint not null,
      -- JSON, see aggregates/store/backdated-store.ts.
      parts mediumtext not null,
      primary key (user_did, quarter_ms)
    ) collate utf8mb4_nopad_bin
--;
create table model_alert_events (
      -- Empty: an event of the operator's.
      user_did varchar(255) not null,
      id varchar(64) not null,
      rule_id varchar(64) not null,
      type varchar(16) not null,
      metric varchar(32) not null,
      -- JSON.
      scope text not null,
      level varchar(32) not null,
      -- Decimals as text; null: not known.
      value varchar(64),
      threshold varchar(64) not null,
      period_start_ms bigint,
      occurred_at_ms bigint not null,
      name text not null,
      primary key (user_did, id)
    ) collate utf8mb4_nopad_bin
--;
create index model_alert_events_time on model_alert_events (user_did, occurred_at_ms, id)
--;
create table model_alert_deliveries (
      user_did varchar(255) not null,
      event_id varchar(64) not null,
      -- callback, or webhook: and the id of the host's webhook.
      channel varchar(80) not null,
      -- pending, sending, delivered or dead.
      status varchar(16) not null,
      -- Attempts that began.
      attempts integer not null,
      -- Earliest next attempt, by the database's clock; while one is in progress, when its lease ends.
      next_attempt_at_ms bigint not null,
      -- The worker and its lease; null: none.
      leased_by varchar(64),
      delivered_at_ms bigint,
      -- HTTP status of the last response; null: none.
      last_status integer,
      last_error varchar(500),
      primary key (user_did, event_id, channel)
    ) collate utf8mb4_nopad_bin
--;
create index model_alert_deliveries_due
      on model_alert_deliveries (status, next_attempt_at_ms)
--;
create table model_alert_webhooks (
      id varchar(64) not null primary key,
      -- SHA-256 of its URL: another one is not disabled.
      url_digest varchar(64) not null,
      disabled_at_ms bigint not null
    ) collate utf8mb4_nopad_bin
--;
create table model_advice_states (
    user_did varchar(255) not null,
    -- A digest of the user, the kind and the subject.
    advice_id varchar(32) not null,
    -- dismissed or done.
    state varchar(16) not null,
    changed_at_ms bigint not null,
    -- JSON: the advice as it was then, see advice/stored-advice.ts.
    advice text not null,
    primary key (user_did, advice_id)
  ) collate utf8mb4_nopad_bin
--;
create table model_idempotency_keys (
    user_did varchar(255) not null,
    -- Hashes of the client's key and of what the request wants.
    key_hash varchar(64) not null,
    fingerprint varchar(64) not null,
    attempt varchar(36) not null,
    -- null while the first attempt is in progress.
    status integer,
    body text,
    created_at_ms bigint not null,
    primary key (user_did, key_hash)
  ) collate utf8mb4_nopad_bin
--;
create index model_alert_events_age on model_alert_events (occurred_at_ms)