-- What the migrations of 0.1.0 write on PostgreSQL; scripts/freeze-release.mjs made it.
--;
create table "usage_kit_migrations" ("id" serial primary key, "name" varchar(255), "batch" integer, "migration_time" timestamptz)
--;
create table "usage_kit_migrations_lock" ("index" serial primary key, "is_locked" integer)
--;
insert into "usage_kit_migrations_lock" ("is_locked") values (0)
--;
create table model_calls (
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
  )
--;
create index model_calls_user_time on model_calls (user_did, started_at_ms, id)
--;
create index model_calls_project_time on model_calls (user_did, app_did, started_at_ms, id)
--;
create index model_calls_project_duration on model_calls (user_did, app_did, duration_us, id)
--;
create index model_calls_time on model_calls (started_at_ms)
--;
create index model_calls_trace on model_calls (user_did, trace_id) where trace_id is not null
--;
create index model_calls_processing on model_calls (started_at_ms) where status = 'processing'
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
    rollup_revision bigint not null default 0
  )
--;
create index model_call_users_due on model_call_users (slot, due_at_ms)
--;
create table model_call_dirty_hours (
    user_did varchar(255) not null,
    hour_ms bigint not null,
    -- How often the hour changed since it was built.
    revision integer not null default 1,
    primary key (user_did, hour_ms)
  )
--;
create table model_call_projects (
    user_did varchar(255) not null,
    app_id integer not null,
    app_did varchar(512) not null,
    -- Start of the first call of the project that was archived, or may be, epoch ms.
    archived_first_ms bigint,
    primary key (user_did, app_id),
    constraint model_call_projects_did unique (user_did, app_did)
  )
--;
create table model_call_models (
    user_did varchar(255) not null,
    model_id integer not null,
    model varchar(255) not null,
    -- Empty when not known.
    provider varchar(128) not null,
    type varchar(32) not null,
    primary key (user_did, model_id),
    constraint model_call_models_name unique (user_did, model, provider, type)
  )
--;
create table model_call_stats (
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
  )
--;
create table model_call_slots (
    slot smallint primary key,
    owner varchar(64),
    lease_until_ms bigint not null default 0,
    -- Users of the slot without calls that are due were rolled up to here.
    swept_through_ms bigint
  )
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
  )
--;
create table model_quota_snapshots (
    user_did varchar(255) not null primary key,
    answered_at_ms bigint not null,
    -- JSON: amounts, currency and links; nothing about a person or a payment.
    answer text not null
  )
--;
create table model_embed_generations (
    user_did varchar(255) not null primary key,
    generation integer not null
  )
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
create function model_call_touch(changed_user varchar, changed_ms bigint) returns void
   language plpgsql set search_path from current as $$
   declare
     touched text := coalesce(current_setting('usage_kit.touched', true), '');
     hour_start bigint := changed_ms - ((changed_ms % 3600000) + 3600000) % 3600000;
     hour_end bigint := hour_start + 3600000;
     user_line text := chr(10) || to_json(changed_user)::text || chr(10);
     hour_line text := chr(10) || hour_end || to_json(changed_user)::text || chr(10);
     is_touched boolean := strpos(touched, user_line) > 0;
     current_us bigint := floor(extract(epoch from clock_timestamp()) * 1000000)::bigint;
   begin
     if strpos(touched, hour_line) > 0 then return; end if;
     insert into model_call_users as users (user_did, version, rollup_revision, slot, due_at_ms)
       values (changed_user, current_us, current_us, floor(random() * 64), hour_end)
       on conflict (user_did) do update
       set version = users.version + 1, due_at_ms = case when hour_end <= users.claimed_through_ms or users.due_at_ms <= hour_end
    then users.due_at_ms else hour_end end
       where not is_touched or users.due_at_ms is distinct from case when hour_end <= users.claimed_through_ms or users.due_at_ms <= hour_end
    then users.due_at_ms else hour_end end;
     insert into model_call_dirty_hours as marks (user_did, hour_ms, revision)
       select user_did, hour_start, 1 from model_call_users
       where user_did = changed_user and hour_end <= claimed_through_ms
       on conflict (user_did, hour_ms) do update set revision = marks.revision + 1;
     if length(touched) > 16000 then
       touched := '';
       is_touched := false;
     end if;
     if not is_touched then touched := touched || user_line; end if;
     perform set_config('usage_kit.touched', touched || hour_line, true);
   end $$
--;
create function model_calls_watch() returns trigger language plpgsql set search_path from current as $$
   begin
     if tg_op <> 'INSERT' then perform model_call_touch(old.user_did, old.started_at_ms); end if;
     if tg_op <> 'DELETE' then perform model_call_touch(new.user_did, new.started_at_ms); end if;
     return null;
   end $$
--;
create function model_calls_watch_truncate() returns trigger language plpgsql set search_path from current as $$
   begin
     update model_call_users set version = version + 1
       where user_did in (select user_did from model_calls);
     insert into model_call_dirty_hours as marks (user_did, hour_ms, revision)
       select distinct calls.user_did, calls.started_at_ms - ((calls.started_at_ms % 3600000) + 3600000) % 3600000, 1
       from model_calls as calls join model_call_users as users using (user_did)
       where (calls.started_at_ms - ((calls.started_at_ms % 3600000) + 3600000) % 3600000 + 3600000) <= users.claimed_through_ms
       on conflict (user_did, hour_ms) do update set revision = marks.revision + 1;
     return null;
   end $$
--;
create trigger model_calls_inserted after insert on model_calls for each row
   when (new.recorded_at_ms is distinct from floor(extract(epoch from now()) * 1000)::bigint)
   execute function model_calls_watch()
--;
create trigger model_calls_updated after update on model_calls for each row
   when (new.recorded_at_ms is distinct from floor(extract(epoch from now()) * 1000)::bigint
     or new.recorded_at_ms is not distinct from old.recorded_at_ms)
   execute function model_calls_watch()
--;
create trigger model_calls_deleted after delete on model_calls for each row
   execute function model_calls_watch()
--;
create trigger model_calls_truncated before truncate on model_calls for each statement
   execute function model_calls_watch_truncate()
--;
create view usage_calls as select calls.user_did, calls.id, calls.trace_id, calls.app_did, calls.model,
      nullif(calls.provider, '') as provider, calls.type, calls.status,
      to_timestamp(calls.started_at_ms / 1000.0) as started_at, calls.duration_us / 1000.0 as duration_ms,
      calls.ttfb_us / 1000.0 as ttfb_ms, calls.input_tokens, calls.output_tokens,
      calls.total_tokens, calls.units, round((calls.credits_e8::numeric * 100 + coalesce(calls.credits_rest_e10, 0)) / 10000000000, 10) as credits,
      calls.credits_e8, calls.credits_rest_e10,
      calls.cached_input_tokens, calls.cache_write_tokens, calls.reasoning_tokens,
      round(calls.cost_e10::numeric / 10000000000, 10) as cost, calls.cost_e10, calls.currency,
      coalesce(calls.cost_source, 'unknown') as cost_source, calls.price_table,
      calls.error_reason, calls.metadata
    from model_calls as calls
--;
create view usage_hourly as select user_did, to_timestamp((bucket)::bigint * 3600) as hour_start, app_did, calls, successful_calls, failed_calls,
    calls - successful_calls - failed_calls as processing_calls,
    input_tokens, output_tokens, total_tokens, unknown_token_calls,
    round((credits_e8::numeric * 100 + coalesce(credits_rest_e10, 0)) / 10000000000, 10) as credits, credits_e8, credits_rest_e10,
    unknown_credit_calls,
    duration_us / 1000.0 as duration_ms, duration_samples, ttfb_us / 1000.0 as ttfb_ms, ttfb_samples,
    cached_input_tokens, cached_input_token_calls, cached_input_base_tokens, cache_write_tokens,
    cache_write_token_calls, reasoning_tokens, reasoning_token_calls,
    generated_tokens, generation_us / 1000.0 as generation_ms,
    round(cost_e10::numeric / 10000000000, 10) as cost, cost_e10, (select currency from model_call_rollups where name = 'hourly') as currency,
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
      and stats.bucket < users.built_through_ms / 3600000
      and not exists (
      select 1 from model_call_dirty_hours as dirty where dirty.user_did = users.user_did
        and dirty.hour_ms >= stats.bucket * 3600000::bigint and dirty.hour_ms < stats.bucket * 3600000::bigint + 3600000
        and dirty.hour_ms >= coalesce(users.archived_before_ms, -9000000000000000))
    union all
    select calls.user_did, calls.started_at_ms / 3600000 as bucket, calls.app_did, count(*) as calls, sum(case when calls.status = 'success' then 1 else 0 end)::bigint as successful_calls,
    sum(case when calls.status = 'failed' then 1 else 0 end)::bigint as failed_calls,
    sum(coalesce(calls.input_tokens, 0))::bigint as input_tokens,
    sum(coalesce(calls.output_tokens, 0))::bigint as output_tokens,
    sum(coalesce(calls.total_tokens, 0))::bigint as total_tokens,
    sum(case when calls.status <> 'processing' and calls.total_tokens is null and calls.type in ('chatCompletion', 'embedding', 'custom') then 1 else 0 end)::bigint
      as unknown_token_calls,
    sum(coalesce(calls.credits_e8, 0))::bigint as credits_e8,
    sum(case when calls.status <> 'processing' and calls.credits_e8 is null then 1 else 0 end)::bigint as unknown_credit_calls,
    sum(case when calls.status = 'success' and calls.duration_us >= 0 then calls.duration_us else 0 end)::bigint as duration_us,
    sum(case when calls.status = 'success' and calls.duration_us >= 0 then 1 else 0 end)::bigint as duration_samples,
    sum(case when calls.status = 'success' and calls.ttfb_us >= 0 then calls.ttfb_us else 0 end)::bigint as ttfb_us,
    sum(case when calls.status = 'success' and calls.ttfb_us >= 0 then 1 else 0 end)::bigint as ttfb_samples, sum(coalesce(calls.cached_input_tokens, 0))::bigint as cached_input_tokens, sum(case when calls.cached_input_tokens is not null then 1 else 0 end)::bigint as cached_input_token_calls, sum(case when calls.cached_input_tokens is not null then coalesce(calls.input_tokens, 0) else 0 end)::bigint
      as cached_input_base_tokens, sum(coalesce(calls.cache_write_tokens, 0))::bigint as cache_write_tokens, sum(case when calls.cache_write_tokens is not null then 1 else 0 end)::bigint as cache_write_token_calls, sum(coalesce(calls.reasoning_tokens, 0))::bigint as reasoning_tokens, sum(case when calls.reasoning_tokens is not null then 1 else 0 end)::bigint as reasoning_token_calls,
    sum(case when calls.status = 'success' and calls.output_tokens is not null
      and calls.ttfb_us >= 0 and calls.duration_us > calls.ttfb_us then calls.output_tokens else 0 end)::bigint as generated_tokens,
    sum(case when calls.status = 'success' and calls.output_tokens is not null
      and calls.ttfb_us >= 0 and calls.duration_us > calls.ttfb_us then calls.duration_us - calls.ttfb_us else 0 end)::bigint as generation_us,
    sum(coalesce(calls.credits_rest_e10, 0))::bigint as credits_rest_e10,
    sum(case when calls.status <> 'processing' and calls.cost_e10 is not null
      and calls.currency = (select currency from model_call_rollups where name = 'hourly') then calls.cost_e10 else 0 end)::bigint as cost_e10, sum(case when calls.status <> 'processing' and calls.cost_e10 is not null
      and calls.currency = (select currency from model_call_rollups where name = 'hourly') then 1 else 0 end)::bigint as cost_calls
    from (
    select users.user_did, coalesce(users.built_through_ms, -9000000000000000) as from_ms, 9000000000000000 as to_ms
    from model_call_users as users
    union all
    select dirty.user_did, dirty.hour_ms, dirty.hour_ms + 3600000 from model_call_dirty_hours as dirty
      join model_call_users as users on users.user_did = dirty.user_did
    where dirty.hour_ms < users.built_through_ms) as ranges
    join model_calls as calls on calls.user_did = ranges.user_did
      and calls.started_at_ms >= ranges.from_ms and calls.started_at_ms < ranges.to_ms
    group by calls.user_did, calls.started_at_ms / 3600000, calls.app_did
  ) as hours
--;
create view usage_daily as select user_did, to_timestamp((day_number * 24)::bigint * 3600) as day_start, app_did, model, provider, type,
      calls, successful_calls, failed_calls,
    calls - successful_calls - failed_calls as processing_calls,
    input_tokens, output_tokens, total_tokens, unknown_token_calls,
    round((credits_e8::numeric * 100 + coalesce(credits_rest_e10, 0)) / 10000000000, 10) as credits, credits_e8, credits_rest_e10,
    unknown_credit_calls,
    duration_us / 1000.0 as duration_ms, duration_samples, ttfb_us / 1000.0 as ttfb_ms, ttfb_samples,
    cached_input_tokens, cached_input_token_calls, cached_input_base_tokens, cache_write_tokens,
    cache_write_token_calls, reasoning_tokens, reasoning_token_calls,
    generated_tokens, generation_us / 1000.0 as generation_ms,
    round(cost_e10::numeric / 10000000000, 10) as cost, cost_e10, (select currency from model_call_rollups where name = 'hourly') as currency,
    successful_calls + failed_calls - cost_calls as unpriced_calls
    from (
    select stats.user_did, stats.bucket / 24 as day_number, projects.app_did, models.model,
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
      and stats.bucket < users.days_through_ms / 3600000
      and not exists (
      select 1 from model_call_dirty_hours as dirty where dirty.user_did = users.user_did
        and dirty.hour_ms >= stats.bucket * 3600000::bigint and dirty.hour_ms < stats.bucket * 3600000::bigint + 86400000
        and dirty.hour_ms >= coalesce(users.archived_before_ms, -9000000000000000))
    union all
    select calls.user_did, calls.started_at_ms / 86400000 as day_number, calls.app_did, calls.model,
      nullif(calls.provider, '') as provider, calls.type, count(*) as calls, sum(case when calls.status = 'success' then 1 else 0 end)::bigint as successful_calls,
    sum(case when calls.status = 'failed' then 1 else 0 end)::bigint as failed_calls,
    sum(coalesce(calls.input_tokens, 0))::bigint as input_tokens,
    sum(coalesce(calls.output_tokens, 0))::bigint as output_tokens,
    sum(coalesce(calls.total_tokens, 0))::bigint as total_tokens,
    sum(case when calls.status <> 'processing' and calls.total_tokens is null and calls.type in ('chatCompletion', 'embedding', 'custom') then 1 else 0 end)::bigint
      as unknown_token_calls,
    sum(coalesce(calls.credits_e8, 0))::bigint as credits_e8,
    sum(case when calls.status <> 'processing' and calls.credits_e8 is null then 1 else 0 end)::bigint as unknown_credit_calls,
    sum(case when calls.status = 'success' and calls.duration_us >= 0 then calls.duration_us else 0 end)::bigint as duration_us,
    sum(case when calls.status = 'success' and calls.duration_us >= 0 then 1 else 0 end)::bigint as duration_samples,
    sum(case when calls.status = 'success' and calls.ttfb_us >= 0 then calls.ttfb_us else 0 end)::bigint as ttfb_us,
    sum(case when calls.status = 'success' and calls.ttfb_us >= 0 then 1 else 0 end)::bigint as ttfb_samples, sum(coalesce(calls.cached_input_tokens, 0))::bigint as cached_input_tokens, sum(case when calls.cached_input_tokens is not null then 1 else 0 end)::bigint as cached_input_token_calls, sum(case when calls.cached_input_tokens is not null then coalesce(calls.input_tokens, 0) else 0 end)::bigint
      as cached_input_base_tokens, sum(coalesce(calls.cache_write_tokens, 0))::bigint as cache_write_tokens, sum(case when calls.cache_write_tokens is not null then 1 else 0 end)::bigint as cache_write_token_calls, sum(coalesce(calls.reasoning_tokens, 0))::bigint as reasoning_tokens, sum(case when calls.reasoning_tokens is not null then 1 else 0 end)::bigint as reasoning_token_calls,
    sum(case when calls.status = 'success' and calls.output_tokens is not null
      and calls.ttfb_us >= 0 and calls.duration_us > calls.ttfb_us then calls.output_tokens else 0 end)::bigint as generated_tokens,
    sum(case when calls.status = 'success' and calls.output_tokens is not null
      and calls.ttfb_us >= 0 and calls.duration_us > calls.ttfb_us then calls.duration_us - calls.ttfb_us else 0 end)::bigint as generation_us,
    sum(coalesce(calls.credits_rest_e10, 0))::bigint as credits_rest_e10,
    sum(case when calls.status <> 'processing' and calls.cost_e10 is not null
      and calls.currency = (select currency from model_call_rollups where name = 'hourly') then calls.cost_e10 else 0 end)::bigint as cost_e10, sum(case when calls.status <> 'processing' and calls.cost_e10 is not null
      and calls.currency = (select currency from model_call_rollups where name = 'hourly') then 1 else 0 end)::bigint as cost_calls
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
    group by calls.user_did, calls.started_at_ms / 86400000, calls.app_did, calls.model, nullif(calls.provider, ''), calls.type
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
    )
--;
create table model_alert_states (
      user_did varchar(255) not null,
      rule_id varchar(64) not null,
      -- JSON, see alerts/model/rule-state.ts; null before the first evaluation.
      state text,
      acknowledged_at_ms bigint,
      snoozed_until_ms bigint,
      primary key (user_did, rule_id)
    )
--;
create table model_alert_users (
      user_did varchar(255) not null primary key,
      -- How often rules or states of the user changed; fences an evaluation that another has overtaken.
      revision bigint not null default 0,
      -- When the rules are to be evaluated though no call is recorded, epoch ms; null: never.
      due_at_ms bigint
      
    )
--;
create index model_alert_users_due on model_alert_users (due_at_ms)
--;
create table model_alert_backdated (
      user_did varchar(255) not null,
      quarter_ms bigint not null,
      -- JSON, see aggregates/store/backdated-store.ts.
      parts text not null,
      primary key (user_did, quarter_ms)
    )
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
    )
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
    )
--;
create index model_alert_deliveries_due
      on model_alert_deliveries (status, next_attempt_at_ms)
--;
create table model_alert_webhooks (
      id varchar(64) not null primary key,
      -- SHA-256 of its URL: another one is not disabled.
      url_digest varchar(64) not null,
      disabled_at_ms bigint not null
    )
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
  )
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
  )
--;
create index model_alert_events_age on model_alert_events (occurred_at_ms)