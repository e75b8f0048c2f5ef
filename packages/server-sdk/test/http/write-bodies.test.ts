import { request as sendHttp } from 'node:http';
import Koa from 'koa';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { written } from '../helpers/note-endpoints.js';
import { ALICE, NoteHost, expectRefused } from '../helpers/note-host.js';

vi.mock('../../src/http/endpoints/write-endpoints.js', async () => {
  const { NOTE_ENDPOINTS } = await import('../helpers/note-endpoints.js');
  return NOTE_ENDPOINTS;
});

let notes: NoteHost;
beforeAll(async () => {
  notes = await NoteHost.open();
});
afterAll(() => notes.close());
beforeEach(() => {
  written.notes = [];
  written.gate = null;
});
const send: NoteHost['send'] = (request) => notes.send(request);

describe('bodies', () => {
  test.each([
    ['no JSON', '{"text":', 'BODY_INVALID'],
    ['nothing', '', 'BODY_INVALID'],
    ['a list', '[]', 'BODY_INVALID'],
    ['null', 'null', 'BODY_INVALID'],
    ['a missing member', '{}', 'BODY_INVALID'],
    ['an unknown member', '{"text":"a","userDid":"bob"}', 'BODY_INVALID'],
    ['a prototype', '{"text":"a","__proto__":{"userDid":"bob"}}', 'BODY_INVALID'],
    ['a member of another type', '{"text":7}', 'BODY_INVALID'],
  ])('%s is refused', async (_name, body, code) => {
    await expectRefused(send({ body }), 400, code);
  });

  test('the faults are named', async () => {
    const { json } = await send({ body: '{"text":7,"more":1}' });
    expect(json.errors?.map(({ parameter }) => parameter)).toEqual(['text', 'more']);
  });

  test('bytes that are no UTF-8 are refused', async () => {
    const body = new Uint8Array([0x7b, 0x22, 0xff, 0x22, 0x7d]);
    const { status } = await fetch(`${notes.url}/notes/n1`, {
      method: 'POST',
      headers: ALICE,
      body,
    });
    expect([status, written.notes]).toEqual([400, []]);
  });

  test('a large body is refused, by its length and while it is read', async () => {
    const body = JSON.stringify({ text: 'x'.repeat(66_000) });
    await expectRefused(send({ body }), 413, 'BODY_TOO_LARGE');
    expect(await sendChunked(body)).toBe(413);
    expect(written.notes).toEqual([]);
  });

  test('parameters in the URL are refused', async () => {
    await expectRefused(send({ path: '/notes/n1?userDid=bob' }), 400, 'PARAMETER_INVALID');
  });

  test('a path that is not UTF-8 or names nothing is refused', async () => {
    await expectRefused(send({ path: '/notes/%ff' }), 400, 'PATH_INVALID');
    await expectRefused(send({ path: '/notes/%00' }), 404, 'ROUTE_NOT_FOUND');
  });

  async function sendChunked(body: string): Promise<number> {
    return new Promise((resolve, reject) => {
      const headers = { ...ALICE, 'transfer-encoding': 'chunked' };
      const request = sendHttp(`${notes.url}/notes/n1`, { method: 'POST', headers }, (response) => {
        response.resume();
        resolve(response.statusCode ?? 0);
      });
      request.on('error', reject);
      request.end(body);
    });
  }
});

describe('mounts', () => {
  test('a host’s body parser may have read the body', async () => {
    const callback = notes.host.usage.callback();
    const base = await notes.serve((request, response) => {
      void (async () => {
        const chunks: Buffer[] = [];
        for await (const chunk of request) chunks.push(chunk as Buffer);
        const body: unknown = JSON.parse(Buffer.concat(chunks).toString());
        callback(Object.assign(request, { body }), response);
      })();
    });
    expect((await send({ base })).status).toBe(201);
    expect(written.notes).toMatchObject([{ text: 'hello' }]);
  });

  test('Koa and web handlers write too', async () => {
    const router = notes.host.usage.router();
    const app = new Koa().use(router.routes());
    expect((await send({ base: await notes.serve(app.callback()) })).status).toBe(201);
    const response = await notes.host.usage.handler()(
      new Request('http://x.example/api/usage/notes/n1', {
        method: 'POST',
        headers: ALICE,
        body: '{"text":"web"}',
      }),
    );
    expect([response.status, written.notes.length]).toEqual([201, 2]);
  });
});
