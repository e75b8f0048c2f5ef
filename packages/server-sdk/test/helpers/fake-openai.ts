import type { ServerResponse } from 'node:http';
import { openEvents, sendJson, startFakeServer, type FakeRequest } from './fake-server.js';

/** A server that answers like OpenAI's, as far as the client can tell. */
export interface FakeOpenAI {
  baseURL: string;
  /** Bodies of the requests so far. */
  requests: Record<string, unknown>[];
  close(): Promise<void>;
}

const USAGE = { prompt_tokens: 7, completion_tokens: 5, total_tokens: 12 };
const RESPONSE_USAGE = { input_tokens: 9, output_tokens: 4, total_tokens: 13 };

/** Of a prompt of 1,000 tokens of which 800 were cached, and an answer of 300 of which 200 were reasoning. */
const DETAILED_USAGE = {
  prompt_tokens: 1000,
  completion_tokens: 300,
  total_tokens: 1300,
  prompt_tokens_details: { cached_tokens: 800, audio_tokens: 0 },
  completion_tokens_details: { reasoning_tokens: 200, audio_tokens: 0 },
};
const DETAILED_RESPONSE_USAGE = {
  input_tokens: 1000,
  output_tokens: 300,
  total_tokens: 1300,
  input_tokens_details: { cached_tokens: 800, cache_write_tokens: 100 },
  output_tokens_details: { reasoning_tokens: 200 },
};
const COSTS: Readonly<Record<string, object>> = {
  charged: { cost: 0.00421755, cost_details: { upstream_inference_cost: null } },
  'own-key': { cost: 0.0002, is_byok: true },
};
const chatUsage = (model: unknown): object => {
  if (model === 'detailed') return DETAILED_USAGE;
  return { ...USAGE, ...COSTS[String(model)] };
};
const responseUsage = (model: unknown): object =>
  model === 'detailed' ? DETAILED_RESPONSE_USAGE : RESPONSE_USAGE;
/** As long as OpenAI's are. */
export const CHAT_ID = 'chatcmpl-CgXh2nYkq0aZb1c2d3e4f5g6h7i8j';

const chunk = (fields: object): object => ({
  id: CHAT_ID,
  service_tier: 'default',
  object: 'chat.completion.chunk',
  created: 1,
  model: 'gpt-4o',
  choices: [],
  ...fields,
});
const delta = (content: string): object =>
  chunk({ choices: [{ index: 0, delta: { role: 'assistant', content }, finish_reason: null }] });

/**
 * Starts it. A model named `slow` never finishes its stream; `broken` is answered with 429; `fails` fails on its way;
 * `flaky` fails at the first attempt; `detailed` names parts of its tokens; `charged` and `own-key` a cost; `tool` asks
 * for a tool once.
 */
export async function startFakeOpenAI(): Promise<FakeOpenAI> {
  const server = await startFakeServer(({ url, body }, response) => {
    const isFirst = server.requests.length === 1;
    if (body['model'] === 'flaky' && isFirst) sendJson(response, { error: {} }, 500);
    else answer({ url, body }, response);
  });
  return {
    baseURL: `${server.url}/v1`,
    get requests() {
      return server.requests.map(({ body }) => body);
    },
    close: server.close,
  };
}

const TOOL_CALL = {
  index: 0,
  id: 'call_1',
  type: 'function',
  function: { name: 'lookUp', arguments: '{}' },
};
/** Whether the model named `tool` has yet to receive what its tool returned. */
const asksForTool = ({ model, messages }: Record<string, unknown>): boolean =>
  model === 'tool' && !JSON.stringify(messages).includes('tool_call_id');

function answer({ url, body }: FakeRequest, response: ServerResponse): void {
  const json = (value: object, status = 200): void => {
    sendJson(response, value, status);
  };
  if (body['model'] === 'broken') {
    json({ error: { message: 'Rate limited' } }, 429);
  } else if (body['stream'] === true) stream(url, body, response);
  else if (asksForTool(body)) {
    const message = { role: 'assistant', content: null, tool_calls: [TOOL_CALL] };
    const choices = [{ index: 0, message, finish_reason: 'tool_calls' }];
    json({ ...chunk({}), choices, usage: USAGE });
  } else if (url.endsWith('/chat/completions')) {
    const message = { role: 'assistant', content: 'Hello' };
    json({
      ...chunk({}),
      choices: [{ index: 0, message, finish_reason: 'stop' }],
      usage: chatUsage(body['model']),
    });
  } else if (url.endsWith('/responses')) {
    const failed = body['model'] === 'fails';
    const error = failed ? { code: 'server_error', message: 'Out of luck' } : null;
    const status = failed ? 'failed' : 'completed';
    const usage = responseUsage(body['model']);
    json({ id: 'r', object: 'response', status, error, output: [], usage });
  } else if (url.endsWith('/embeddings')) {
    const data = [{ object: 'embedding', index: 0, embedding: [0.5] }];
    json({ object: 'list', data, usage: { prompt_tokens: 3, total_tokens: 3 } });
  } else if (url.endsWith('/images/generations')) json({ created: 1, data: [{}, {}] });
  else if (url.endsWith('/audio/transcriptions')) {
    json({ text: 'hi', usage: { type: 'duration', seconds: 2.5 } });
  } else if (url.endsWith('/audio/speech')) {
    response.writeHead(200, { 'content-type': 'audio/mpeg' });
    response.end('sound');
  } else json({ error: { message: `Nothing at ${url}` } }, 404);
}

function stream(url: string, body: Record<string, unknown>, response: ServerResponse): void {
  const send = openEvents(response);
  if (url.endsWith('/responses')) {
    send({ type: 'response.created', response: { id: 'r', usage: null } });
    send({ type: 'response.output_text.delta', delta: 'Hello' });
    send({
      type: 'response.completed',
      response: { id: 'r', status: 'completed', output: [], usage: responseUsage(body['model']) },
    });
  } else if (asksForTool(body)) {
    const delta = { role: 'assistant', content: null, tool_calls: [TOOL_CALL] };
    send(chunk({ choices: [{ index: 0, delta, finish_reason: 'tool_calls' }] }));
    send(chunk({ usage: USAGE }));
    response.write('data: [DONE]\n\n');
  } else {
    send(delta('Hel'));
    if (body['model'] === 'slow') return;
    if (body['model'] === 'fails') send({ error: { message: 'The model broke' } });
    send(delta('lo'));
    const { include_usage } = (body['stream_options'] ?? {}) as { include_usage?: boolean };
    send(chunk({ choices: [{ index: 0, delta: {}, finish_reason: 'stop' }] }));
    if (include_usage) send(chunk({ usage: chatUsage(body['model']) }));
    response.write('data: [DONE]\n\n');
  }
  response.end();
}
