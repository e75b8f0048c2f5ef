import type { ServerResponse } from 'node:http';
import {
  openEvents,
  sendJson,
  startFakeServer,
  type FakeRequest,
  type FakeServer,
} from './fake-server.js';

/** A prompt of 1,000 tokens of which 800 were cached; an answer of 100 tokens after 200 of thoughts. */
const USAGE = {
  promptTokenCount: 1000,
  cachedContentTokenCount: 800,
  candidatesTokenCount: 100,
  thoughtsTokenCount: 200,
  totalTokenCount: 1300,
  trafficType: 'ON_DEMAND',
};
const PARTIAL = { promptTokenCount: 1000, cachedContentTokenCount: 800, thoughtsTokenCount: 200 };
/** As long as Google's are. */
export const RESPONSE_ID = 'p3VtaYXHE8Sx1e8P2sSx-Q0';

const generation = (parts: object[], fields: object): object => ({
  candidates: [{ content: { role: 'model', parts }, index: 0, ...fields }],
  responseId: RESPONSE_ID,
  modelVersion: 'gemini',
});

/**
 * Starts a server that answers like the Gemini API. A model named `slow` never finishes its stream; `broken` is answered
 * with 429, `flaky` with 500 at the first attempt; `fails` breaks the connection on its way; `tool` asks for a function once.
 */
export async function startFakeGoogle(): Promise<FakeServer> {
  const server = await startFakeServer((request, response) => {
    const [model = '', method = ''] = (request.url.split('/models/')[1] ?? '').split(/[:?]/);
    const isFirst = server.requests.length === 1;
    if (model === 'broken') sendJson(response, toError(429, 'Rate limited'), 429);
    else if (model === 'flaky' && isFirst) sendJson(response, toError(500, 'Try again'), 500);
    else answer({ model, method, body: request.body }, response);
  });
  return server;
}

const toError = (code: number, message: string): object => ({ error: { code, message } });

function answer(
  { model, method, body }: { model: string; method: string; body: FakeRequest['body'] },
  response: ServerResponse,
): void {
  if (method === 'streamGenerateContent') stream(model, response);
  else if (method === 'batchEmbedContents') sendJson(response, { embeddings: [{ values: [0.5] }] });
  else if (method === 'predict' && model === 'vectors') {
    const embeddings = { values: [0.5], statistics: { token_count: 3, truncated: false } };
    sendJson(response, { predictions: [{ embeddings }, { embeddings }] });
  } else if (method === 'predict') {
    const predictions = [{ mimeType: 'image/png', bytesBase64Encoded: 'eA==' }];
    sendJson(response, { predictions: [...predictions, { raiFilteredReason: 'No' }] });
  } else {
    const asks = model === 'tool' && !JSON.stringify(body).includes('functionResponse');
    const part = asks ? { functionCall: { name: 'weather', args: {} } } : { text: 'Hello' };
    const whole = generation([part], { finishReason: 'STOP' });
    sendJson(response, { ...whole, usageMetadata: USAGE });
  }
}

function stream(model: string, response: ServerResponse): void {
  const send = openEvents(response);
  send({ ...generation([{ text: 'Hel' }], {}), usageMetadata: PARTIAL });
  if (model === 'slow') return;
  if (model === 'fails') {
    send({ error: { code: 503, message: 'Overloaded', status: 'UNAVAILABLE' } });
    response.end();
    return;
  }
  send({ ...generation([{ text: 'lo' }], { finishReason: 'STOP' }), usageMetadata: USAGE });
  response.end();
}
