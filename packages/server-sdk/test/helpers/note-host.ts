import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect } from 'vitest';
import type { Problem } from '../../src/index.js';
import { createTestUsage, type TestUsage } from './create-test-usage.js';
import { EMBED } from './embed-fixture.js';
import { written } from './note-endpoints.js';

/** An answer to a request that writes. */
export interface Answer {
  status: number;
  headers: Headers;
  json: Partial<Problem> & { id?: string };
}

/** What differs from a request of alice that writes a note. */
export interface NoteRequest {
  method?: string;
  path?: string;
  headers?: Record<string, string>;
  body?: string | null;
  /** Another server's. */
  base?: string;
}

export const JSON_TYPE = { 'content-type': 'application/json' };
export const ALICE = { 'x-user': 'alice', ...JSON_TYPE };

/** A host whose writing endpoints are those of `note-endpoints.ts`; its test file mocks them. */
export class NoteHost {
  readonly #servers: { close(): void }[] = [];
  url = '';

  private constructor(readonly host: TestUsage) {}

  static async open(): Promise<NoteHost> {
    const opened = new NoteHost(await createTestUsage({ embed: EMBED }));
    opened.url = await opened.serve(opened.host.usage.callback());
    return opened;
  }

  /** Serves a listener too. @returns its base URL */
  async serve(listener: Parameters<typeof createServer>[1]): Promise<string> {
    const server = createServer(listener).listen(0, '127.0.0.1');
    this.#servers.push(server);
    await new Promise((resolve) => server.once('listening', resolve));
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/usage`;
  }

  async send(request: NoteRequest = {}): Promise<Answer> {
    const { method = 'POST', path = '/notes/n1', headers = ALICE, base = this.url } = request;
    const { body = '{"text":"hello"}' } = request;
    const response = await fetch(base + path, { method, headers, body });
    const text = await response.text();
    return {
      status: response.status,
      headers: response.headers,
      json: (text === '' ? {} : JSON.parse(text)) as Answer['json'],
    };
  }

  async close(): Promise<void> {
    for (const server of this.#servers) server.close();
    await this.host.close();
  }
}

/** Expects that a request was refused, and nothing was written. */
export async function expectRefused(
  answer: Promise<Answer>,
  status: number,
  code: string,
): Promise<void> {
  const { status: got, json } = await answer;
  expect([got, json.code]).toEqual([status, code]);
  expect(written.notes).toEqual([]);
}
