import { createServer as createHttpsServer, type Server } from 'node:https';
import { createServer as createTcpServer, type AddressInfo } from 'node:net';
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import { Webhook } from 'standardwebhooks';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { systemNetwork, type WebhookNetwork } from '../../src/alerts/delivery/post-webhook.js';
import { resolveChannels } from '../../src/alerts/delivery/resolve-channels.js';
import { createSenders, type SendResult } from '../../src/alerts/delivery/senders.js';
import type { StoredEvent } from '../../src/alerts/outbox/alert-event.js';
import type { AlertWebhook } from '../../src/index.js';
import { createEvent } from '../helpers/alert-outbox.js';
import { createTestAuthority, type TestCertificate } from '../helpers/certificates.js';

const SECRET = `whsec_${Buffer.alloc(24, 7).toString('base64')}`;
const NEXT_SECRET = `whsec_${Buffer.alloc(32, 9).toString('base64')}`;
const authority = createTestAuthority();
const { channels, ...EVENT } = createEvent('event-1', { name: 'Budget é "x"' });
const STORED: StoredEvent = { ...EVENT, userDid: 'alice' };

interface Received {
  headers: IncomingHttpHeaders;
  body: string;
}

let received: Received[] = [];
let closing: (() => void)[] = [];
let resolved: string[] = [];

/** Resolves every name to this machine, and takes it for public. */
const toThisMachine: WebhookNetwork = {
  resolve: (host) => {
    resolved.push(host);
    return Promise.resolve([{ address: '127.0.0.1', family: 4 }]);
  },
  isBlocked: () => false,
  ca: authority.ca,
};

type Answer = (response: ServerResponse, request: IncomingMessage) => void;

async function serve(
  answer: Answer,
  certificate: TestCertificate = authority.issue('hooks.example'),
): Promise<number> {
  const server: Server = createHttpsServer(certificate, (request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      received.push({ headers: request.headers, body: Buffer.concat(chunks).toString() });
      answer(response, request);
    });
  });
  server.on('tlsClientError', () => undefined);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closing.push(() => {
    server.closeAllConnections();
    server.close();
  });
  return (server.address() as AddressInfo).port;
}

function send(
  port: number | string,
  webhook: Partial<AlertWebhook> = {},
  { network = toThisMachine, attemptMs = 2000, event = STORED } = {},
): Promise<SendResult> {
  const url = `https://hooks.example:${port}/hook?secret=path`;
  const alerts = resolveChannels(
    { webhooks: [{ id: 'ops', url, secret: SECRET, ...webhook }] },
    7800,
  );
  const senders = createSenders(alerts, {
    network,
    attemptMs,
    clock: { now: () => Date.now() },
  });
  const sender = senders.get('webhook:ops');
  if (!sender) throw new Error('No sender');
  return sender(event, new AbortController().signal);
}

const accept: Answer = (response) => response.writeHead(204).end();

beforeEach(() => {
  received = [];
  resolved = [];
});
afterEach(() => {
  for (const close of closing) close();
  closing = [];
});

describe('a webhook', () => {
  test('is signed as Standard Webhooks has it, exactly the bytes that are sent', async () => {
    expect(channels).toHaveLength(1);
    const port = await serve(accept);
    expect(await send(port)).toEqual({ isDelivered: true, httpStatus: 204 });
    const [{ headers, body } = { headers: {}, body: '' }] = received;
    const verified: unknown = new Webhook(SECRET).verify(body, headers as Record<string, string>);
    expect(verified).toEqual({
      type: 'usage.alert.fired',
      timestamp: '2026-11-22T00:00:00.000Z',
      data: expect.objectContaining({
        id: 'event-1',
        userDid: 'alice',
        name: 'Budget é "x"',
      }) as unknown,
    });
    expect(headers['webhook-id']).toBe('event-1');
    expect(headers['content-length']).toBe(String(Buffer.byteLength(body)));
    const other = new Webhook(NEXT_SECRET);
    expect(() => other.verify(body, headers as Record<string, string>)).toThrow('No matching');
    expect(() =>
      new Webhook(SECRET).verify(body.replace('80', '81'), headers as Record<string, string>),
    ).toThrow('No matching');
  });

  test('with two secrets is verified with either', async () => {
    const port = await serve(accept);
    await send(port, { secret: [NEXT_SECRET, SECRET] });
    const [{ headers, body } = { headers: {}, body: '' }] = received;
    for (const secret of [SECRET, NEXT_SECRET]) {
      expect(new Webhook(secret).verify(body, headers as Record<string, string>)).toBeTruthy();
    }
  });

  test('for Slack has text without markup', async () => {
    const port = await serve(accept);
    const name = '<!channel> *bold* <https://evil.example|x> & `code`\n@here #general http://a.b';
    const event = { ...STORED, name, scope: { kind: 'model', model: '_m_ <@U1>' } as const };
    await send(port, { format: 'slack' }, { event });
    const { text, ...rest } = JSON.parse(received[0]?.body ?? '') as { text: string };
    expect(rest).toEqual({ mrkdwn: false, unfurl_links: false, unfurl_media: false });
    expect(text).not.toMatch(/[<>]/);
    expect(text.replaceAll('\u200b', '')).toBe(
      [
        'Alert: &lt;!channel&gt; *bold* &lt;https://evil.example|x&gt; &amp; `code` @here #general http://a.b',
        'credits 80.0000000001, level 80% (80)',
        'model _m_ &lt;@U1&gt;, user alice',
        '2026-11-22T00:00:00.000Z',
      ].join('\n'),
    );
    for (const markup of ['*bold*', '`code`', '@here', '#general', 'http:/', '_m_', '@U1']) {
      expect(text).not.toContain(markup);
    }
  });
});

describe('a receiver that', () => {
  test.each([301, 302, 303, 307, 308])('redirects with %i is not followed', async (status) => {
    const other = await serve(accept);
    const port = await serve((response) =>
      response.writeHead(status, { location: `https://hooks.example:${other}/` }).end(),
    );
    expect(await send(port)).toMatchObject({ isDelivered: false, error: `responded ${status}` });
    expect(received).toHaveLength(1);
  });

  test.each([[400], [404], [429], [500], [503]])('responds %i has not received', async (status) => {
    const port = await serve((response) => response.writeHead(status).end('no'));
    expect(await send(port)).toEqual({
      ...{ isDelivered: false, httpStatus: status, isGone: false },
      error: `responded ${status}`,
    });
  });

  test('responds 410 wants no more', async () => {
    const port = await serve((response) => response.writeHead(410).end());
    expect(await send(port)).toMatchObject({ isDelivered: false, isGone: true });
  });

  test('never responds is given up at the deadline', async () => {
    const port = await serve(() => undefined);
    expect(await send(port, {}, { network: toThisMachine, attemptMs: 300 })).toMatchObject({
      error: 'no response within 0.3 seconds',
    });
  });

  test('does not even speak TLS is given up at the deadline', async () => {
    const silent = createTcpServer();
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    closing.push(() => silent.close());
    const { port } = silent.address() as AddressInfo;
    const options = { network: toThisMachine, attemptMs: 300, event: STORED };
    expect(await send(port, {}, options)).toMatchObject({
      error: 'no response within 0.3 seconds',
    });
  });

  test('sends a body without an end has received, and its connection is ended', async () => {
    let sentBytes = 0;
    let isEnded = false;
    const port = await serve((response, request) => {
      response.writeHead(200);
      const chunk = Buffer.alloc(65_536);
      const write = (): void => {
        while (!response.destroyed && sentBytes < 1e9 && response.write(chunk))
          sentBytes += chunk.length;
      };
      response.on('drain', write);
      request.socket.on('error', () => undefined);
      request.socket.on('close', () => (isEnded = true));
      write();
    });
    expect(await send(port)).toEqual({ isDelivered: true, httpStatus: 200 });
    await expect.poll(() => isEnded).toBe(true);
    expect(sentBytes).toBeLessThan(20e6);
  });

  test('sends its body drop by drop has received', async () => {
    const port = await serve((response) => {
      response.writeHead(200);
      const drops = setInterval(() => response.write('x'), 100);
      response.on('close', () => {
        clearInterval(drops);
      });
    });
    // Who waits for the end waits longer than the test.
    const options = { network: toThisMachine, attemptMs: 120_000, event: STORED };
    expect(await send(port, {}, options)).toEqual({ isDelivered: true, httpStatus: 200 });
  });

  test('sends huge headers has not received', async () => {
    const port = await serve((response) =>
      response.writeHead(200, { 'x-large': 'a'.repeat(12_000) }).end(),
    );
    expect(await send(port)).toMatchObject({ isDelivered: false, error: 'HPE_HEADER_OVERFLOW' });
  });

  test.each([
    ['ends the connection', (response: ServerResponse) => response.socket?.destroy()],
    [
      'changes the protocol',
      (response: ServerResponse) =>
        response.writeHead(101, { upgrade: 'x', connection: 'upgrade' }).end(),
    ],
  ])('%s has not received', async (_, answer) => {
    const port = await serve(answer);
    expect(await send(port)).toMatchObject({ isDelivered: false, httpStatus: null });
  });
});

describe('a certificate', () => {
  test.each([
    ['of another name', authority.issue('other.example'), 'ERR_TLS_CERT_ALTNAME_INVALID'],
    ['that is over', authority.issue('hooks.example', Date.UTC(2024, 0)), 'CERT_HAS_EXPIRED'],
    [
      'of an authority that is not known',
      createTestAuthority('another').issue('hooks.example'),
      'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
    ],
  ])('%s is refused, and nothing is sent', async (_, certificate, error) => {
    const port = await serve(accept, certificate);
    expect(await send(port)).toEqual({
      ...{ isDelivered: false, httpStatus: null, isGone: false },
      error,
    });
    expect(received).toEqual([]);
  });

  test('is checked by the authorities of Node where none are given', async () => {
    const port = await serve(accept);
    const { resolve, isBlocked } = toThisMachine;
    const result = await send(port, {}, { network: { resolve, isBlocked } });
    expect(result.isDelivered).toBe(false);
    expect(received).toEqual([]);
  });
});

describe('addresses', () => {
  const REFUSED = 'the host has an address that webhooks may not have';
  const network = (...answers: string[][]): WebhookNetwork => ({
    ...systemNetwork,
    ca: authority.ca,
    resolve: (host) => {
      resolved.push(host);
      const addresses = answers[resolved.length - 1] ?? [];
      return Promise.resolve(
        addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
      );
    },
  });

  test.each([
    ...[['127.0.0.1'], ['10.0.0.1'], ['169.254.169.254'], ['::1'], ['::ffff:127.0.0.1']],
    ...[['fe80::1%lo'], ['64:ff9b::7f00:1'], ['2002:7f00:1::'], ['0.0.0.0'], ['::']],
    ...[['8.8.8.8', '127.0.0.1'], ['2606:4700::1111', 'fd00::1'], ['0x7f000001']],
  ])('%s %s are refused', async (...addresses) => {
    const port = await serve(accept);
    const result = await send(port, {}, { network: network(addresses) });
    expect(result).toMatchObject({ isDelivered: false, error: REFUSED });
    expect(received).toEqual([]);
  });

  test('a name without any is refused', async () => {
    const result = await send(8443, {}, { network: network([]) });
    expect(result).toMatchObject({ error: 'the host has no address' });
  });

  test('a name that resolves to a public address and then to this machine stays with the first', async () => {
    const port = await serve(accept);
    // 127.0.0.1 would accept; nothing answers at the address of documentation, which is allowed here.
    const rebinding: WebhookNetwork = {
      ...network(['192.0.2.1'], ['127.0.0.1'], ['127.0.0.1']),
      isBlocked: (address) => address !== '192.0.2.1',
    };
    const options = { network: rebinding, attemptMs: 500, event: STORED };
    expect(await send(port, {}, options)).toMatchObject({ isDelivered: false });
    expect(resolved).toEqual(['hooks.example']);
    expect(received).toEqual([]);
    // The next attempt resolves again, and refuses.
    expect(await send(port, {}, options)).toMatchObject({ error: REFUSED });
    expect(received).toEqual([]);
  });

  test('the system resolver refuses this machine', async () => {
    const local = await systemNetwork.resolve('localhost');
    expect(local.length).toBeGreaterThan(0);
    expect(local.every(({ address }) => systemNetwork.isBlocked(address))).toBe(true);
  });
});
