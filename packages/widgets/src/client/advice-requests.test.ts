import { ADVICE_ITEM, toSettled } from '@usage-kit/testing/fixtures/advice';
import { expect, it } from 'vitest';
import { createUsageClient } from './create-usage-client.js';

const RANGE = { from: '2026-11-01T00:00:00.000Z', to: '2026-11-22T00:00:00.000Z' };

/** A client whose requests are noted, and answered with a body; `null` is 204. */
function clientOf(body: object | null): {
  client: ReturnType<typeof createUsageClient>;
  sent: unknown[];
} {
  const sent: unknown[] = [];
  const client = createUsageClient({
    baseUrl: 'https://api.example/usage/',
    now: () => 0,
    fetch: (url, init) => {
      const { method, body: text, headers } = init ?? {};
      sent.push([url, method, text, (headers as Record<string, string>)['content-type']]);
      return Promise.resolve(
        body === null ? new Response(null, { status: 204 }) : Response.json(body),
      );
    },
  });
  return { client, sent };
}

it('sends what became of an advice as JSON, and checks the answer', async () => {
  const { client, sent } = clientOf(toSettled(ADVICE_ITEM, 'done'));
  await expect(client.setAdviceState('a/b', 'done', RANGE)).resolves.toMatchObject({
    state: 'done',
  });
  expect(sent).toEqual([
    [
      'https://api.example/usage/advice/a%2Fb/done',
      'POST',
      JSON.stringify(RANGE),
      'application/json',
    ],
  ]);
  await expect(clientOf({ id: 5 }).client.setAdviceState('a', 'done', RANGE)).rejects.toMatchObject(
    {
      code: 'BAD_RESPONSE',
    },
  );
});

it('opens an advice again, which has no answer', async () => {
  const { client, sent } = clientOf(null);
  await expect(client.reopenAdvice('a')).resolves.toBeUndefined();
  expect(sent).toEqual([
    ['https://api.example/usage/advice/a/reopen', 'POST', '{}', 'application/json'],
  ]);
});
