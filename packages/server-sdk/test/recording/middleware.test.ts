import { createServer, get, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { PassThrough } from 'node:stream';
import express from 'express';
import Koa from 'koa';
import knex, { type Knex } from 'knex';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import {
  recordExpressCalls,
  recordKoaCalls,
  type ExchangeEnd,
  type TrackingRecorder,
} from '../../src/index.js';
import { createTestUsage, type TestUsage } from '../helpers/create-test-usage.js';

let host: TestUsage;
let rows: Knex;
let server: Server;
let errors: unknown[];

const START = { userDid: 'alice', appDid: 'app', model: 'm' };
const END: ExchangeEnd = { usage: { inputTokens: 3 }, credits: '0.5' };

beforeEach(async () => {
  host = await createTestUsage();
  rows = knex({ ...host.config, useNullAsDefault: true });
  errors = [];
});
afterEach(async () => {
  await new Promise((resolve) => {
    server.close(resolve);
    server.closeAllConnections();
  });
  await rows.destroy();
  await host.close();
});

/** Paths: `/ok`, `/refused`, `/throws`, `/stream` (never ends), `/other` (not a call), `/odd` (the host's mapping throws). */
type Serve = (recorder: TrackingRecorder) => Server;

const start = (path: string): typeof START | null => (path === '/other' ? null : START);
const end = (path: string): ExchangeEnd => {
  if (path === '/odd') throw new TypeError('mapping');
  return path === '/refused' ? { failure: 'quota used up' } : END;
};
const onError = (error: unknown): void => {
  errors.push(error);
};

const serveKoa: Serve = (recorder) => {
  const app = new Koa();
  app.silent = true;
  app.use(
    recordKoaCalls<Koa.Context>(recorder, {
      start: ({ path }) => start(path),
      end: ({ path }) => end(path),
      onError,
    }),
  );
  app.use(async (context) => {
    await Promise.resolve();
    if (context.path === '/throws') throw new Error('model down');
    if (context.path === '/stream') {
      const body = new PassThrough();
      body.write('first');
      context.body = body;
    } else context.body = { ok: true };
  });
  return createServer(app.callback());
};

const serveExpress: Serve = (recorder) => {
  const app = express();
  app.set('env', 'test');
  app.use(
    recordExpressCalls<express.Request, express.Response>(recorder, {
      start: ({ path }) => start(path),
      end: ({ path }) => end(path),
      onError,
    }),
  );
  app.use((request, response) => {
    if (request.path === '/throws') throw new Error('model down');
    if (request.path === '/stream') response.write('first');
    else response.json({ ok: true });
  });
  return createServer(app);
};

const recorded = (): Promise<Record<string, unknown>> =>
  vi.waitFor(
    async () => {
      const calls = await rows('model_calls').whereNot('status', 'processing');
      expect(calls).toHaveLength(1);
      return calls[0] as Record<string, unknown>;
    },
    { timeout: 30_000 },
  );

async function listen(created: Server): Promise<string> {
  server = created;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

describe.each([
  { name: 'Koa', serve: serveKoa, thrown: 'model down' },
  { name: 'Express', serve: serveExpress, thrown: 'HTTP 500' },
])('in $name', ({ serve, thrown }) => {
  test('a request is a call, with what its response says', async () => {
    const url = await listen(serve(host.usage.calls));
    expect(await (await fetch(`${url}/ok`)).json()).toEqual({ ok: true });
    expect(await recorded()).toMatchObject({
      user_did: 'alice',
      status: 'success',
      input_tokens: 3,
      credits_e8: 50_000_000,
    });
  });

  test('it is processing until the response is complete', async () => {
    const url = await listen(serve(host.usage.calls));
    const request = get(`${url}/stream`);
    request.on('error', () => undefined);
    await new Promise((resolve) => request.once('response', resolve));
    await vi.waitFor(
      async () => {
        expect(await rows('model_calls').select('status')).toEqual([{ status: 'processing' }]);
      },
      { timeout: 30_000 },
    );
    request.destroy();
    expect(await recorded()).toMatchObject({
      status: 'failed',
      error_reason: 'The client disconnected before the response was complete',
    });
  });

  test('an exception ends it as failed, and the host answers as ever', async () => {
    const url = await listen(serve(host.usage.calls));
    expect((await fetch(`${url}/throws`)).status).toBe(500);
    expect(await recorded()).toMatchObject({ status: 'failed', error_reason: thrown });
  });

  test('the host may call it a failure', async () => {
    const url = await listen(serve(host.usage.calls));
    expect((await fetch(`${url}/refused`)).status).toBe(200);
    expect(await recorded()).toMatchObject({ status: 'failed', error_reason: 'quota used up' });
  });

  test('a request that is no call leaves no trace', async () => {
    const url = await listen(serve(host.usage.calls));
    await (await fetch(`${url}/other`)).text();
    await (await fetch(`${url}/ok`)).text();
    await recorded();
    expect(await rows('model_calls').select('model')).toHaveLength(1);
    expect(errors).toEqual([]);
  });

  test('a mapping that throws is reported, and the call ends all the same', async () => {
    const url = await listen(serve(host.usage.calls));
    expect((await fetch(`${url}/odd`)).status).toBe(200);
    expect(await recorded()).toMatchObject({ status: 'success', credits_e8: null });
    expect(errors).toMatchObject([{ message: 'mapping' }]);
  });

  test('recording that fails never reaches the request', async () => {
    const url = await listen(
      serve({
        track: () => {
          throw new Error('no recorder');
        },
      }),
    );
    expect((await fetch(`${url}/ok`)).status).toBe(200);
    expect(errors).toMatchObject([{ message: 'no recorder' }]);
    server.close();
    await listen(serve(host.usage.calls));
    await host.usage.stop();
    const address = server.address() as AddressInfo;
    expect((await fetch(`http://127.0.0.1:${address.port}/ok`)).status).toBe(200);
    await vi.waitFor(
      () => {
        expect(errors.at(-1)).toMatchObject({ code: 'RECORDER_STOPPED' });
      },
      { timeout: 30_000 },
    );
  });
});
