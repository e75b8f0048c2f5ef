import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { importFile, type Imported } from '../helpers/import-file.js';

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'usage-kit-presets-'));
});
afterEach(() => {
  rmSync(directory, { recursive: true, force: true });
});

/** Imports a file with a preset; JSON of a list of records, or CSV as text. */
const load = (from: string, file: unknown, ...options: string[]): Promise<Imported> =>
  importFile(directory, typeof file === 'string' ? file : JSON.stringify(file), undefined, {
    options: ['--from', from, ...options],
  });

const USD = { currency: 'USD', cost_source: 'reported' };

describe('litellm', () => {
  const spent = {
    request_id: 'req-1',
    call_type: 'acompletion',
    spend: 0.017707200000000003,
    total_tokens: 4010,
    prompt_tokens: 4000,
    completion_tokens: 10,
    startTime: '2026-11-20T10:00:00.123000Z',
    endTime: '2026-11-20T10:00:02.123000Z',
    request_duration_ms: null,
    completionStartTime: '2026-11-20T10:00:00.373000Z',
    model: 'claude-sonnet',
    custom_llm_provider: 'anthropic',
    user: 'bob',
    team_id: 'shop',
    status: null,
    metadata: {
      user_api_key: 'hash',
      additional_usage_values: { cache_read_input_tokens: 3000, cache_creation_input_tokens: 500 },
      spend_logs_metadata: { order: 'o-1' },
    },
  };

  test('an array, with parts of tokens and without binary noise', async () => {
    const { rows, code } = await load('litellm', [spent]);
    expect(code).toBe(0);
    expect(rows).toEqual([
      expect.objectContaining({
        ...USD,
        ...{ id: 'req-1', user_did: 'bob', app_did: 'shop', model: 'claude-sonnet' },
        ...{ provider: 'anthropic', type: 'chatCompletion', status: 'success' },
        ...{ started_at_ms: Date.UTC(2026, 10, 20, 10, 0, 0, 123) },
        ...{ duration_us: 2_000_000, ttfb_us: 250_000 },
        ...{ input_tokens: 4000, output_tokens: 10, total_tokens: 4010 },
        ...{ cached_input_tokens: 3000, cache_write_tokens: 500, cost_e10: 177_072_000 },
        metadata: '{"order":"o-1"}',
      }),
    ]);
  });

  test('a failed request, an embedding, and one that did not stream, as CSV with zones', async () => {
    const csv = `request_id,call_type,spend,prompt_tokens,startTime,endTime,request_duration_ms,completionStartTime,model,user,metadata,status
a,acompletion,0,0,2026-11-20 10:00:00+00,2026-11-20 10:00:01+00,200,,m,bob,"{""error_information"":{""error_message"":""slow down""}}",failure
b,aembedding,4.0000000000000003e-7,20,2026-11-20 12:01:00+02,2026-11-20 10:01:01+00,,2026-11-20 10:01:01+00,m,bob,{},
`;
    const { rows, code } = await load('litellm', csv);
    expect(code).toBe(0);
    expect(rows).toMatchObject([
      { id: 'a', status: 'failed', error_reason: 'slow down', cost_e10: 0, duration_us: 200_000 },
      { id: 'b', status: 'success', type: 'embedding', cost_e10: 4000, ttfb_us: null },
    ]);
    expect(rows[1]).toMatchObject({ duration_us: 1_000_000, input_tokens: 20 });
  });
});

test('openrouter: costs of the activity export, and how a generation ended', async () => {
  const csv = `generation_id,created_at,cost_total,cost_cache,tokens_prompt,tokens_completion,tokens_reasoning,tokens_cached,model_permaslug,provider_name,cancelled,user,finish_reason_normalized,generation_time_ms,time_to_first_token_ms,app_name
g1,2026-11-20 10:00:00.713,0.0000431595,-0.00000123,512,20,5,128,deepseek/v4,DeepInfra,true,,stop,900,120,shop
g2,2026-11-20 10:01:00,0,0,300,0,0,0,meta/llama,Together,true,,,150,,shop
g3,2026-11-20 10:02:00,0,0,300,4,0,0,meta/llama,Together,false,,,150,,shop
g4,2026-11-20 10:03:00,0,0,300,0,0,0,meta/llama,Together,false,,error,150,,shop
`;
  const { rows, code } = await load('openrouter', csv, '--set', 'userDid=bob');
  expect([code, rows.map(({ status }) => status)]).toEqual([
    0,
    ['success', 'failed', 'success', 'failed'],
  ]);
  expect(rows[0]).toMatchObject({
    ...USD,
    ...{ cost_e10: 431_595, input_tokens: 512, cached_input_tokens: 128, reasoning_tokens: 5 },
    ...{ ttfb_us: 120_000, app_did: 'shop', user_did: 'bob' },
  });
  expect(rows[1]).toMatchObject({ cost_e10: 0, ttfb_us: null });
});

test('langfuse: generations alone, with input tokens however their sender counts the cache', async () => {
  const common = {
    type: 'GENERATION',
    start_time: '2026-11-20 10:00:00.000000',
    end_time: '2026-11-20 10:00:12.250000',
    provided_model_name: 'm',
    user_id: 'bob',
    project_id: 'p1',
  };
  const { rows, text, code } = await load('langfuse', [
    {
      ...common,
      id: '1',
      usage_details: { input: 500, output: 120, total: 620, input_cached_tokens: 400 },
    },
    {
      ...{
        ...common,
        id: '2',
        level: 'ERROR',
        status_message: 'timeout',
        time_to_first_token: 0.35,
      },
      total_cost: 0.000123456789,
      usage_details: {
        input: 100,
        input_cached_tokens: 400,
        output: 100,
        output_reasoning_tokens: 20,
        total: 620,
      },
    },
    { ...common, id: '3', usage_details: { input: 5, cache_read_input_tokens: 7, output: 1 } },
    { ...common, id: '4', type: 'SPAN' },
  ]);
  expect([code, text]).toEqual([
    0,
    expect.stringContaining('left out, as they are no calls: 1 of type SPAN'),
  ]);
  const tokens = rows.map((row) => [
    row['input_tokens'],
    row['cached_input_tokens'],
    row['output_tokens'],
  ]);
  expect(tokens).toEqual([
    [500, 400, 120],
    [500, 400, 120],
    [12, 7, 1],
  ]);
  expect(rows[1]).toMatchObject({
    ...{ type: 'chatCompletion', status: 'failed', error_reason: 'timeout', app_did: 'p1' },
    ...{ duration_us: 12_250_000, ttfb_us: 350_000, cost_e10: 1_234_568, reasoning_tokens: 20 },
  });
});

test('portkey: costs in cents, a status of either kind', async () => {
  const common = {
    created_at: '2026-11-20T10:00:00Z',
    ai_org: 'openai',
    ai_model: 'm',
    metadata: { _user: 'bob' },
  };
  const { rows, code } = await load('portkey', [
    { ...common, trace_id: 't1', is_success: 1, cost: 0.245, cost_currency: 'USD', req_units: 5 },
    {
      ...common,
      trace_id: 't2',
      created_at: '2026-11-20T10:00:01Z',
      response_status_code: 502,
      cost: 0,
    },
  ]);
  expect([code, rows]).toEqual([
    0,
    [
      expect.objectContaining({ ...USD, status: 'success', cost_e10: 24_500_000, input_tokens: 5 }),
      expect.objectContaining({ ...USD, status: 'failed', cost_e10: 0, user_did: 'bob' }),
    ],
  ]);
});

test('helicone: properties whose quotes are doubled twice, and a request without an answer', async () => {
  const csv = `response_id,response_created_at,response_status,request_created_at,request_properties,request_user_id,model,prompt_tokens,completion_tokens,latency,cost
"r1","2026-11-20T10:00:01Z","200","2026-11-20T10:00:00Z","{""""app"""":""""shop""""}","bob","m","5","1","","0.5"
"r2","","-3","2026-11-20T10:01:00Z","{}","bob","m","","","",""
`;
  const { rows, code } = await load('helicone', csv, '--map', 'appDid=request_properties.app');
  expect(code).toBe(0);
  expect(rows).toMatchObject([
    { id: 'r1', metadata: '{"app":"shop"}', app_did: 'shop', duration_us: 1_000_000 },
    { id: 'r2', status: 'failed', cost_e10: null, duration_us: null, input_tokens: null },
  ]);
});

test('new-api: requests alone, quota units, and tokens as Anthropic counts them', async () => {
  const csv = `id,user_id,created_at,type,username,token_name,model_name,quota,prompt_tokens,completion_tokens,use_time,other
7,42,1795168800,2,bob,shop,gpt,1225,500,120,2,"{""frt"":350,""cache_tokens"":400}"
8,42,1795168801,2,bob,shop,claude,1,10,1,2,"{""frt"":-1000,""claude"":true,""cache_tokens"":400}"
9,42,1795168860,1,bob,,,0,0,0,0,
`;
  const { rows, text, code } = await load('new-api', csv);
  expect([code, text]).toEqual([0, expect.stringContaining('1 of type 1')]);
  expect(rows).toMatchObject([
    { ...USD, id: '7', cost_e10: 24_500_000, duration_us: 2_000_000, ttfb_us: 350_000 },
    { id: '8', input_tokens: 410, cached_input_tokens: 400, ttfb_us: null, cost_e10: 20_000 },
  ]);
});

test('vercel: the answer of its API', async () => {
  const data = {
    id: 'gen_1',
    total_cost: 0.00123,
    created_at: '2026-11-20T10:00:00Z',
    model: 'o/g',
    finish_reason: 'stop',
    latency: 350,
    generation_time: 1840,
    native_tokens_prompt: 21,
    native_tokens_completion: 10,
  };
  const { rows, code } = await load('vercel', { data }, '--set', 'userDid=bob');
  expect([code, rows]).toEqual([
    0,
    [
      expect.objectContaining({
        id: 'gen_1',
        cost_e10: 12_300_000,
        ttfb_us: 350_000,
        total_tokens: 31,
      }),
    ],
  ]);
});

test('otlp: requests to models of all spans, with their user and resource', async () => {
  const toList = (attributes: object): object[] =>
    Object.entries(attributes).map(([key, value]) => ({
      key,
      value: typeof value === 'number' ? { intValue: String(value) } : { stringValue: value },
    }));
  const span = (spanId: string, attributes: object, status = {}): object => ({
    traceId: '5b8efff798038103d269b633813fc60c',
    spanId,
    startTimeUnixNano: '1795168800123000000',
    endTimeUnixNano: '1795168801963500000',
    attributes: toList({ 'user.id': 'bob', ...attributes }),
    status,
  });
  const request = (...spans: object[]): string =>
    JSON.stringify({
      resourceSpans: [
        {
          resource: { attributes: toList({ 'service.name': 'shop' }) },
          scopeSpans: [{ spans }],
        },
      ],
    });
  const chat = { 'gen_ai.operation.name': 'chat', 'gen_ai.request.model': 'm' };
  const lines = [
    request(
      span('aa', { ...chat, 'gen_ai.usage.input_tokens': 500, 'gen_ai.usage.output_tokens': 9 }),
      span('bb', { ...chat, 'gen_ai.operation.name': 'invoke_agent' }),
    ),
    request(span('cc', { ...chat, 'gen_ai.system': 'openai' }, { code: 2, message: 'slow down' })),
    '{"resourceLogs":[]}',
    request(span('dd', { 'http.route': '/' })),
  ];
  const { rows, text, code } = await load('otlp', lines.join('\n'));
  expect(code).toBe(3);
  expect(text).toContain('line 3: it has no resourceSpans, so it is no trace of OTLP');
  expect(text).toContain('1 of span invoke_agent, 1 of span without a known operation');
  expect(rows).toMatchObject([
    {
      ...{ user_did: 'bob', app_did: 'shop', model: 'm', status: 'success' },
      ...{ started_at_ms: 1795168800123, duration_us: 1_840_500 },
      ...{ input_tokens: 500, output_tokens: 9, id: expect.stringContaining('aa') },
    },
    { provider: 'openai', status: 'failed', error_reason: 'slow down' },
  ]);
});

describe('a report whose rows stand for many calls', () => {
  const bucket = { start_time: 1795132800, end_time: 1795219200 };
  const page = (result: object): object => ({
    object: 'page',
    data: [{ ...bucket, results: [result] }],
  });
  test.each([
    ['openai-usage', page({ input_tokens: 9, num_model_requests: 5, model: 'm' })],
    ['openai-usage', 'start_time,num_model_requests,model,input_tokens\n1795132800,3.0,m,9\n'],
    ['openai-costs', page({ amount: { value: 0.06, currency: 'usd' }, line_item: 'm, input' })],
    ['openai-costs', 'start_time,amount_value,amount_currency\n1795132800,0.06,usd\n'],
    [
      'anthropic-usage',
      { data: [{ starting_at: 'x', results: [{ uncached_input_tokens: 1, output_tokens: 1 }] }] },
    ],
    [
      'anthropic-usage',
      'usage_date_utc,usage_input_tokens_no_cache,usage_output_tokens\n2026-11-20,1,1\n',
    ],
    [
      'anthropic-costs',
      {
        data: [
          { starting_at: 'x', results: [{ currency: 'USD', amount: '1', cost_type: 'tokens' }] },
        ],
      },
    ],
    ['vercel', { results: [{ day: '2026-11-20', model: 'm', request_count: 42 }] }],
  ])('%s: %j', async (name, file) => {
    const constants = [
      'userDid=bob',
      'model=m',
      'status=success',
      'startedAt=2026-11-20T00:00:00Z',
    ];
    const options = constants.flatMap((constant) => ['--set', constant]);
    for (const preset of [['--from', name], []]) {
      const text = typeof file === 'string' ? file : JSON.stringify(file);
      const imported = await importFile(directory, text, {}, { options: [...preset, ...options] });
      expect([imported.code, imported.rows]).toEqual([3, []]);
      expect(imported.text).toMatch(
        new RegExp(`each row stands for many calls.* reconcile --from ${name} FILE`),
      );
    }
  });

  test('a bucket without results', async () => {
    const file = JSON.stringify({ data: [{ ...bucket, results: [] }] });
    const { code, text, rows } = await importFile(directory, file);
    expect([code, rows]).toEqual([3, []]);
    expect(text).toContain('export single requests and import those');
  });

  test('a row of any other file that stands for more calls than one', async () => {
    const csv = 'userDid,model,status,startedAt,request_count\n';
    const lines = ['1', '4', '', '0'].map((count) => `bob,m,success,2026-11-20T10:00:00Z,${count}`);
    const { code, text, rows } = await importFile(directory, csv + lines.join('\n'));
    expect([code, rows.length]).toEqual([3, 2]);
    expect(text).toContain('line 3: it stands for "4" calls (request_count), so it can\'t be one');
    expect(text).toContain('line 5: it stands for "0" calls');
  });
});

test('a file of another tool, whose records are all left out, needs attention', async () => {
  const { code, text, rows } = await load('langfuse', [{ request_id: 'r', model: 'm' }]);
  expect([code, rows]).toEqual([3, []]);
  expect(text).toContain('left out, as they are no calls: 1 of type empty');
});

describe('--dry-run', () => {
  const csv = (calls: number): string =>
    `id,userDid,model,status,startedAt,cost\n${Array.from({ length: calls }, (_, at) => `c${at},bob,m,${at < 7 ? 'success' : 'lost'},2026-11-20T10:00:00Z,0.5\n`).join('')}`;

  test('prints the first calls and all that are rejected, and makes no database', async () => {
    const { code, text } = await importFile(directory, csv(32), {}, { options: ['--dry-run'] });
    const lines = text.trim().split('\n');
    expect([code, lines.length]).toEqual([3, 5 + 25 + 1]);
    expect(JSON.parse(lines[0] ?? '')).toEqual({
      ...{ id: 'c0', userDid: 'bob', appDid: 'unassigned', model: 'm', type: 'chatCompletion' },
      ...{ status: 'success', startedAt: '2026-11-20T10:00:00.000Z' },
      ...{ cost: '0.5', currency: 'USD', costSource: 'host' },
    });
    expect(lines.at(-1)).toBe('32 records: 7 calls, 25 rejected. Nothing was written (--dry-run)');
  });

  test('changes no database that is there', async () => {
    await importFile(directory, csv(2));
    const { rows, text } = await importFile(directory, csv(6), {}, { options: ['--dry-run'] });
    expect([rows.length, text]).toEqual([2, expect.stringContaining('6 records: 6 calls')]);
  });

  test('makes no file', async () => {
    const { code } = await importFile(
      join(directory),
      csv(1),
      {},
      {
        options: ['--dry-run', '--database', `sqlite:${join(directory, 'none.db')}`],
      },
    );
    expect([code, existsSync(join(directory, 'none.db'))]).toEqual([0, false]);
  });
});
