import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A server that answers like OpenAI's, as far as the client can tell. */
export interface FakeOpenAI {
  baseURL: string;
  /** Bodies of the requests so far. */
  requests: Record<string, unknown>[];
  close(): Promise<void>;
}

const USAGE = { prompt_tokens: 7, completion_tokens: 5, total_tokens: 12 };
const RESPONSE_USAGE = { input_tokens: 9, output_tokens: 4, total_tokens: 13 };

const chunk = (fields: object): object => ({
  id: 'c',
  object: 'chat.completion.chunk',
  created: 1,
  model: 'gpt-4o',
  choices: [],
  ...fields,
});
const delta = (content: string): object =>
  chunk({ choices: [{ index: 0, delta: { role: 'assistant', content }, finish_reason: null }] });

/** Starts it. A model named `slow` never finishes its stream; `broken` is answered with 429; `fails` fails on its way. */
export async function startFakeOpenAI(): Promise<FakeOpenAI> {
  const requests: Record<string, unknown>[] = [];
  const server = createServer((request, response) => {
    void readBody(request).then((body) => {
      requests.push(body);
      answer(String(request.url), body, response);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    baseURL: `http://127.0.0.1:${port}/v1`,
    requests,
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}

async function readBody(request: IncomingMessage): Promise<Record<string, unknown>> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  const text = Buffer.concat(parts).toString();
  return text.startsWith('{') ? (JSON.parse(text) as Record<string, unknown>) : {};
}

function answer(url: string, body: Record<string, unknown>, response: ServerResponse): void {
  const json = (value: object, status = 200): void => {
    response.writeHead(status, { 'content-type': 'application/json', 'x-request-id': 'req-1' });
    response.end(JSON.stringify(value));
  };
  if (body['model'] === 'broken') {
    json({ error: { message: 'Rate limited' } }, 429);
  } else if (body['stream'] === true) stream(url, body, response);
  else if (url.endsWith('/chat/completions')) {
    const message = { role: 'assistant', content: 'Hello' };
    json({ ...chunk({}), choices: [{ index: 0, message, finish_reason: 'stop' }], usage: USAGE });
  } else if (url.endsWith('/responses')) {
    const failed = body['model'] === 'fails';
    const error = failed ? { code: 'server_error', message: 'Out of luck' } : null;
    const status = failed ? 'failed' : 'completed';
    json({ id: 'r', object: 'response', status, error, output: [], usage: RESPONSE_USAGE });
  } else if (url.endsWith('/embeddings')) {
    json({ object: 'list', data: [], usage: { prompt_tokens: 3, total_tokens: 3 } });
  } else if (url.endsWith('/images/generations')) json({ created: 1, data: [{}, {}] });
  else if (url.endsWith('/audio/transcriptions')) {
    json({ text: 'hi', usage: { type: 'duration', seconds: 2.5 } });
  } else if (url.endsWith('/audio/speech')) {
    response.writeHead(200, { 'content-type': 'audio/mpeg' });
    response.end('sound');
  } else json({ error: { message: `Nothing at ${url}` } }, 404);
}

function stream(url: string, body: Record<string, unknown>, response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'text/event-stream', 'x-request-id': 'req-1' });
  const send = (event: object): void => {
    const { type } = event as { type?: string };
    response.write(`${type ? `event: ${type}\n` : ''}data: ${JSON.stringify(event)}\n\n`);
  };
  if (url.endsWith('/responses')) {
    send({ type: 'response.created', response: { id: 'r', usage: null } });
    send({ type: 'response.output_text.delta', delta: 'Hello' });
    send({
      type: 'response.completed',
      response: { id: 'r', status: 'completed', output: [], usage: RESPONSE_USAGE },
    });
  } else {
    send(delta('Hel'));
    if (body['model'] === 'slow') return;
    if (body['model'] === 'fails') send({ error: { message: 'The model broke' } });
    send(delta('lo'));
    const { include_usage } = (body['stream_options'] ?? {}) as { include_usage?: boolean };
    send(chunk({ choices: [{ index: 0, delta: {}, finish_reason: 'stop' }] }));
    if (include_usage) send(chunk({ usage: USAGE }));
    response.write('data: [DONE]\n\n');
  }
  response.end();
}
