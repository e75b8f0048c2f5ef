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

describe('an Idempotency-Key', () => {
  let count = 0;
  const keyed = (key: string): Record<string, string> => ({ ...ALICE, 'idempotency-key': key });
  const newKey = (): string => `key-${String((count += 1)).padStart(8, '0')}`;

  test('writes once, and later attempts get the first response', async () => {
    const headers = keyed(newKey());
    const first = await send({ headers });
    const again = await send({ headers });
    expect([again.status, again.json]).toEqual([201, first.json]);
    expect(again.headers.get('idempotency-replayed')).toBe('true');
    expect(written.notes).toHaveLength(1);
    notes.host.clock.nowMs += 25 * 3_600_000;
    expect((await send({ headers })).headers.get('idempotency-replayed')).toBeNull();
  });

  test('of another request is refused', async () => {
    const headers = keyed(newKey());
    await send({ headers });
    for (const other of [{ body: '{"text":"other"}' }, { path: '/notes/n2' }]) {
      const { status, json } = await send({ headers, ...other });
      expect([status, json.code]).toEqual([422, 'IDEMPOTENCY_KEY_REUSED']);
    }
    expect(written.notes).toHaveLength(1);
  });

  test('of another user is another key', async () => {
    const headers = keyed(newKey());
    const [a, b] = [
      await send({ headers }),
      await send({ headers: { ...headers, 'x-user': 'bob' } }),
    ];
    expect([a.status, b.status]).toEqual([201, 201]);
    expect(a.json.id).not.toBe(b.json.id);
  });

  test('is in use while the first attempt is in progress', async () => {
    const headers = keyed(newKey());
    let open: () => void = () => undefined;
    written.gate = new Promise((resolve) => {
      open = resolve;
    });
    const attempts = Array.from({ length: 3 }, () => send({ headers }));
    const refused = await Promise.race(attempts);
    expect([refused.status, refused.json.code]).toEqual([409, 'IDEMPOTENCY_KEY_IN_USE']);
    expect(refused.headers.get('retry-after')).toBe('2');
    open();
    written.gate = null;
    const statuses = (await Promise.all(attempts)).map(({ status }) => status);
    expect(statuses.filter((status) => status === 201)).toHaveLength(1);
    expect(written.notes).toHaveLength(1);
  });

  test('of an attempt that failed may be tried again, with the same id', async () => {
    const headers = keyed(newKey());
    written.failures = 1;
    expect((await send({ headers })).status).toBe(503);
    expect((await send({ headers })).status).toBe(201);
    expect(written.notes).toHaveLength(1);
  });

  test.each(['short', 'x'.repeat(129), 'with a space in it'])('%s is no key', async (key) => {
    await expectRefused(send({ headers: keyed(key) }), 400, 'PARAMETER_INVALID');
  });
});
