import { describe, expect, test } from 'vitest';
import { openDatabase } from '../../src/db/database.js';
import { migrate } from '../../src/db/migrate.js';
import { createRollupControl } from '../../src/rollup/rollup-control.js';
import { availableServers } from '../helpers/test-databases.js';
const H = 3600000; const NOW = Date.UTC(2026, 10, 22, 10, 20);
function rng(seed: number) { let s = seed; return () => { s = (s + 0x6d2b79f5) >>> 0; let m = Math.imul(s ^ (s >>> 15), s | 1); m ^= m + Math.imul(m ^ (m >>> 7), m | 61); return ((m ^ (m >>> 14)) >>> 0) / 4294967296; }; }
describe.each(await availableServers())('scratch on $name', (server) => {
  test('builds, rebuilds, archives', async () => {
    const db = await server.create();
    const database = openDatabase(db.config);
    await migrate(database.writer);
    const k = database.writer; const r = rng(5);
    let n = 0;
    const insert = async (count: number, spanH: number) => { for (let i = 0; i < count; i += 1) { n += 1; await k('model_calls').insert({ user_did: `u${Math.floor(r() * 3)}`, id: `c${n}`, app_did: `a${Math.floor(r() * 4)}`, model: `m${Math.floor(r() * 3)}`, status: ['success', 'failed', 'processing'][Math.floor(r() * 3)], started_at_ms: NOW - Math.floor(r() * spanH * H), duration_us: r() < 0.8 ? Math.floor(r() * 1e6) : null, ttfb_us: r() < 0.5 ? Math.floor(r() * 1e5) : null, total_tokens: r() < .5 ? 5 : null, credits_e8: r() < .5 ? 7 : null }); } };
    await insert(400, 70 * 24);
    for (const u of ['u0', 'u1', 'u2']) await k('model_call_users').insert({ user_did: u, version: 1, due_at_ms: 0, slot: u.charCodeAt(1) % 64 });
    let now = NOW;
    const control = createRollupControl(database, { now: () => now }, 5);
    console.log(await control.run());
    const all = { from: NOW - 100 * 24 * H, to: NOW + 24 * H };
    expect((await control.verify(all)).differences).toEqual([]);
    console.log((await control.verify(all)).buckets, await control.status());
    // late
    const before = n;
    await insert(40, 60 * 24);
    const late = await k('model_calls').whereIn('id', Array.from({ length: 40 }, (_, i) => `c${before + i + 1}`));
    const seen = new Set<string>();
    for (const c of late) { const h = Math.floor(Number(c.started_at_ms) / H) * H; const key = c.user_did + h; if (seen.has(key) || h >= Date.UTC(2026, 10, 22, 10)) continue; seen.add(key); await k('model_call_dirty_hours').insert({ user_did: c.user_did, hour_ms: h, revision: 1 }); }
    expect((await control.verify(all)).pendingHours).toBe(seen.size);
    console.log(await control.run());
    expect(await control.verify(all)).toMatchObject({ differences: [], pendingHours: 0 });
    now += 5 * H;
    console.log(await control.run());
    expect(await control.verify(all)).toMatchObject({ differences: [], pendingHours: 0 });
    const sums = async () => (await k('model_call_stats').select('granularity', 'scope').sum({ c: 'calls' }).groupBy('granularity', 'scope').orderBy('granularity').orderBy('scope')).map((x) => Object.values(x).map(Number));
    console.log(await sums());
    const archive = createRollupControl(database, { now: () => now }, 5, 32);
    console.log(await archive.run(), await archive.status());
    expect(await archive.verify(all)).toMatchObject({ differences: [], pendingHours: 0 });
    console.log(await sums(), await k('model_calls').count(), await k('model_call_users').select());
    const [old] = [NOW - 50 * 24 * H];
    await k('model_calls').insert({ user_did: 'u0', id: 'late-archived', app_did: 'new-app', model: 'new-model', status: 'success', started_at_ms: old, duration_us: 5 });
    await k('model_call_dirty_hours').insert({ user_did: 'u0', hour_ms: Math.floor(old / H) * H, revision: 1 });
    console.log(await archive.run()); console.log(await sums());
    await database.close(); await db.drop();
  }, 60000);
});
