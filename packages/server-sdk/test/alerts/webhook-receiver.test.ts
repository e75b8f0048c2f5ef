import { readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import type { AlertNotification } from '../../src/index.js';
import { createReceiver } from '../../examples/webhook-receiver.js';
import { toNotification } from '../../src/alerts/delivery/alert-notification.js';
import { parseWebhookSecret, signWebhook } from '../../src/alerts/delivery/sign-webhook.js';
import { writeWebhookBody } from '../../src/alerts/delivery/webhook-body.js';
import { createEvent } from '../helpers/alert-outbox.js';

const read = (path: string): string => readFileSync(new URL(path, import.meta.url), 'utf8');
const SECRET = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;

test('the receiver of the README takes what is signed, and each event once', async () => {
  expect(read('../../README.md')).toContain(read('../../examples/webhook-receiver.ts').trim());
  const received: AlertNotification[] = [];
  const server = createReceiver(SECRET, (alert) => {
    received.push(alert);
    return Promise.resolve();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const alert = toNotification({ ...createEvent('e-1'), userDid: 'alice' });
  const text = writeWebhookBody('standard', alert);
  const send = async (body: string, signed: string, sentAtMs = Date.now()): Promise<number> => {
    const message = { id: alert.id, sentAtMs, body: Buffer.from(signed) };
    const headers = signWebhook(message, [parseWebhookSecret(SECRET)]);
    return (await fetch(url, { method: 'POST', headers, body })).status;
  };
  expect(await send(text, text)).toBe(204);
  expect(await send(text, text)).toBe(204);
  expect(received).toEqual([alert]);
  const forged = text.replace('alice', 'mallory');
  expect(await send(forged, text)).toBe(401);
  expect(await send(text, text, Date.now() - 600_000)).toBe(401);
  expect((await fetch(url, { method: 'POST', body: text })).status).toBe(401);
  expect(received).toHaveLength(1);
  await new Promise((resolve) => server.close(resolve));
});
