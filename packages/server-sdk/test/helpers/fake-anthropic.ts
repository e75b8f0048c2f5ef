import type { ServerResponse } from 'node:http';
import {
  openEvents,
  sendJson,
  startFakeServer,
  type FakeRequest,
  type FakeServer,
} from './fake-server.js';

/** A prompt of 1,000 tokens: 150 sent as they are, 800 read from the cache, 50 written to it. */
const INPUT = {
  input_tokens: 150,
  cache_read_input_tokens: 800,
  cache_creation_input_tokens: 50,
  service_tier: 'standard',
};
const OUTPUT = { output_tokens: 300, output_tokens_details: { thinking_tokens: 200 } };
const COMPACTED = {
  iterations: [
    { type: 'compaction', input_tokens: 70, output_tokens: 30 },
    { type: 'message', input_tokens: 150, output_tokens: 300 },
  ],
};
/** As long as Anthropic's are. */
export const MESSAGE_ID = 'msg_013Zva2CMHLNnXjNJJKqJ2EF';

const message = (model: unknown, fields: object): object => ({
  id: MESSAGE_ID,
  type: 'message',
  role: 'assistant',
  model,
  content: [{ type: 'text', text: 'Hello' }],
  stop_reason: 'end_turn',
  stop_sequence: null,
  ...fields,
});

/**
 * Starts a server that answers like Anthropic's. A model named `slow` never finishes its stream; `broken` is answered with
 * 429; `fails` fails on its way; `flaky` at the first attempt; `compacts` summarizes first; `tool` asks for a tool once.
 */
export async function startFakeAnthropic(): Promise<FakeServer> {
  const server = await startFakeServer((request, response) => {
    const { model } = request.body;
    if (model === 'broken' || (model === 'flaky' && server.requests.length === 1)) {
      const error = { type: 'rate_limit_error', message: 'Rate limited' };
      sendJson(response, { type: 'error', error }, 429);
    } else if (request.body['stream'] === true) stream(request, response);
    else sendJson(response, message(model, answer(request)));
  });
  return server;
}

function answer({ body }: FakeRequest): object {
  const usage = { ...INPUT, ...OUTPUT, ...(body['model'] === 'compacts' && COMPACTED) };
  const hasResult = JSON.stringify(body['messages']).includes('tool_result');
  if (body['model'] !== 'tool' || hasResult) return { usage };
  const content = [{ type: 'tool_use', id: 'toolu_1', name: 'weather', input: {} }];
  return { usage, content, stop_reason: 'tool_use' };
}

function stream({ body: { model } }: FakeRequest, response: ServerResponse): void {
  const send = openEvents(response);
  const usage = { ...INPUT, output_tokens: 1 };
  send({
    type: 'message_start',
    message: message(model, { content: [], stop_reason: null, usage }),
  });
  send({ type: 'content_block_start', index: 0, content_block: { type: 'text', text: '' } });
  send({ type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: 'Hello' } });
  if (model === 'slow') return;
  if (model === 'fails') {
    send({ type: 'error', error: { type: 'overloaded_error', message: 'Overloaded' } });
  }
  send({ type: 'content_block_stop', index: 0 });
  for (const output_tokens of [120, 300]) {
    const delta = { stop_reason: 'end_turn', stop_sequence: null };
    send({ type: 'message_delta', delta, usage: { ...OUTPUT, output_tokens, input_tokens: null } });
  }
  send({ type: 'message_stop' });
  response.end();
}
