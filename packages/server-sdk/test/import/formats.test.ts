import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { importFile, type Imported } from '../helpers/import-file.js';

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'usage-kit-import-'));
});
afterEach(() => {
  rmSync(directory, { recursive: true, force: true });
});

/** Imports a file, with a mapping, and gives what is stored then. */
const load = (
  content: string | Buffer,
  mapping: object = {},
  options: { name?: string; options?: string[] } = {},
): Promise<Imported> => importFile(directory, content, mapping, options);

const CONSTANTS = { userDid: 'alice', model: 'm', status: 'success' };
const HEADER = 'when,model,cost,why';
const MAPPING = {
  columns: { startedAt: 'when', credits: 'cost', errorReason: 'why' },
  constants: { userDid: 'alice', status: 'success' },
};
const row = (minute: number, why = ''): string =>
  `2026-11-20T10:${String(minute).padStart(2, '0')}:00Z,m${minute},0.5,${why}`;
const models = ({ rows }: Imported): unknown[] => rows.map(({ model }) => model);

describe('a quote that is not closed costs its own line', () => {
  const plain = [3, 4, 5].map((minute) => row(minute));
  const quoted = [3, 4, 5].map((minute) => row(minute, `"said ""${minute}"", twice"`));
  test.each([
    ['before plain lines', plain],
    ['before lines with quotes', quoted],
    ['before lines with empty quotes', [3, 4, 5].map((minute) => row(minute, '""'))],
  ])('%s', async (_name, after) => {
    const lines = [HEADER, row(1), row(2, '"never closed'), ...after];
    const imported = await load(`${lines.join('\n')}\n`, MAPPING);
    expect(models(imported)).toEqual(['m1', 'm3', 'm4', 'm5']);
    expect([imported.code, imported.text]).toEqual([
      3,
      expect.stringContaining('line 3: a quote opens on line 3 and is not closed'),
    ]);
  });

  test('in the middle of a record of several lines, and on the last line', async () => {
    const text = [HEADER, row(1, '"two\r\nlines"'), row(2, '"a\nb'), row(3), row(4, '"open')];
    const imported = await load(text.join('\r\n'), MAPPING);
    expect(models(imported)).toEqual(['m1', 'm3']);
    expect(imported.rows[0]).toMatchObject({ error_reason: 'two\r\nlines' });
    expect(imported.text.match(/quote opens on line \d+/g)).toEqual([
      'quote opens on line 4',
      'quote opens on line 7',
    ]);
  });
});

describe('ids from content', () => {
  const lines = (...minutes: number[]): string =>
    [HEADER, ...minutes.map((minute) => row(minute))].join('\n');

  test.each([
    ['newest first, and two more', lines(3, 2, 1), lines(5, 4, 3, 2, 1), 5],
    ['an overlapping window', lines(1, 2, 3), lines(2, 3, 4), 4],
    ['two files that begin alike', lines(1, 2), lines(1, 3), 3],
    [
      'the same with other columns between',
      lines(1, 2),
      `x,${lines(1, 2).replace(/\n/g, '\n9,')}`,
      2,
    ],
    ['a true repeat, twice', lines(1, 1, 2), lines(2, 1, 1), 3],
    ['a repeat more than before', lines(1, 1), lines(1, 1, 1), 3],
  ])('%s', async (_name, first, second, calls) => {
    await load(first, MAPPING, { name: 'first.csv' });
    expect((await load(second, MAPPING, { name: 'second.csv' })).rows).toHaveLength(calls);
  });

  test('words for "no id" are none, and numbers are', async () => {
    const text = ['id,when,model', 'NULL,1', 'NULL,2', '7,3', '7,4', '\\N,5'].map((start) =>
      /^id/.test(start) ? start : start.replace(/,(\d)$/, ',2026-11-20T10:0$1:00Z,m'),
    );
    const imported = await load(text.join('\n'), { ...MAPPING, columns: { startedAt: 'when' } });
    expect(imported.rows).toHaveLength(4);
    expect(imported.rows.map(({ id }) => id)).toContain('7');
  });

  test('numeric ids of JSON, also longer ones than numbers are exact', async () => {
    const call = (id: string): string =>
      `{"id":${id},"startedAt":"2026-11-20T10:00:00Z","traceId":12,"note":"9007199254740993"}`;
    const ids = ['1', '9007199254740992', '9007199254740993', '-9007199254740993'];
    const imported = await load(ids.map(call).join('\n'), { constants: CONSTANTS });
    expect(imported.rows.map(({ id }) => String(id)).sort()).toEqual([...ids].sort());
    expect(imported.rows[0]).toMatchObject({ trace_id: '12' });
  });
});

describe('what a file is written in', () => {
  const text = [HEADER, row(1, 'é'), row(2, '字')].join('\n');
  const utf16be = (): Buffer => Buffer.from(`\uFEFF${text}`, 'utf16le').swap16();
  test.each([
    ['a byte order mark', Buffer.from(`\uFEFF${text}`)],
    ['UTF-16', Buffer.from(`\uFEFF${text}`, 'utf16le')],
    ['UTF-16 the other way round', utf16be()],
    ['UTF-16 without a mark', Buffer.from(text, 'utf16le')],
    ['gzip', gzipSync(text)],
    ['gzip of UTF-16', gzipSync(Buffer.from(`\uFEFF${text}`, 'utf16le'))],
    ['carriage returns', Buffer.from(text.replaceAll('\n', '\r'))],
  ])('%s is read', async (_name, content) => {
    const { code, rows } = await load(content, MAPPING);
    expect(code).toBe(0);
    expect(rows.map(({ error_reason: why }) => why)).toEqual(['é', '字']);
  });

  test.each([
    ['Latin-1', Buffer.from(text.replace('字', 'é'), 'latin1'), 'is not UTF-8'],
    ['gzip that is cut off', gzipSync(text.repeat(99)).subarray(0, 60), 'corrupt or truncated'],
    ['a ZIP archive', Buffer.from('504b0304140000000800', 'hex'), 'ZIP'],
    ['Zstandard', Buffer.from('28b52ffd0458', 'hex'), 'Zstandard'],
    ['UTF-32', Buffer.from('fffe000068000000', 'hex'), 'is UTF-32'],
    ['bytes', Buffer.from([1, 0, 0, 2, 0, 0, 3]), 'is not text'],
    ['nothing', '', 'is empty'],
    ['HTML', '<!doctype html><p>Sign in', 'XML or HTML'],
    ['a header with a column twice', `when,model,cost,cost\n${row(1)}`, '"cost" twice'],
    [
      'no column for what is required',
      'a,b\n1,2',
      'has no column for userDid, model, status, startedAt',
    ],
  ])('%s is refused in one sentence, and nothing is stored', async (name, content, sentence) => {
    const { code, text: said, rows } = await load(content, name.startsWith('no') ? {} : MAPPING);
    expect([code, rows.length]).toEqual([3, 0]);
    expect(said.trim().split('\n')).toEqual([expect.stringContaining(sentence)]);
  });

  test('a NUL among texts costs its record, and is not taken for UTF-16', async () => {
    const imported = await load(
      [HEADER, row(1), row(2).replace('m2', 'm\0'), row(3)].join('\n'),
      MAPPING,
    );
    expect([imported.code, models(imported)]).toEqual([3, ['m1', 'm3']]);
    expect(imported.text).toContain('line 3: model');
  });

  test('wrong bytes after many good ones are found before anything is stored', async () => {
    const good = Array.from({ length: 5000 }, (_, index) => row(index % 60)).join('\n');
    const { code, rows } = await load(
      Buffer.concat([Buffer.from(`${HEADER}\n${good}\n`), Buffer.from(row(1, 'é'), 'latin1')]),
      MAPPING,
    );
    expect([code, rows.length]).toEqual([3, 0]);
  });
});

describe('JSON', () => {
  const call = (minute: number): object => ({
    model: `m${minute}`,
    startedAt: `2026-11-20T10:0${minute}:00Z`,
  });
  const calls = [call(1), call(2)];
  const constants = { userDid: 'alice', status: 'success' };
  test.each([
    ['an array', JSON.stringify(calls)],
    ['an array over lines', JSON.stringify(calls, null, 2)],
    ['an array, a call on each line', `[\n${calls.map((c) => JSON.stringify(c)).join(',\n')}\n]\n`],
    ['a page', JSON.stringify({ object: 'list', data: calls, has_more: false })],
    ['a page over lines', JSON.stringify({ total: 2, items: calls, next: { at: 1 } }, null, 1)],
    ['a page behind other objects', JSON.stringify({ meta: { a: [1] }, results: calls })],
    ['pages, one a line', calls.map((c) => JSON.stringify({ data: [c] })).join('\n')],
    ['arrays, one a line', calls.map((c) => JSON.stringify([c])).join('\n')],
    ['objects over lines', calls.map((c) => JSON.stringify(c, null, 2)).join('\n')],
    ['lines', calls.map((c) => JSON.stringify(c)).join('\r\n')],
  ])('%s is read, whatever its ending', async (_name, text) => {
    for (const name of ['calls.json', 'calls.csv', 'calls']) {
      const imported = await load(text, { constants }, { name });
      expect([imported.code, models(imported)]).toEqual([0, ['m1', 'm2']]);
    }
  });

  test('a call with a member "data" is no page', async () => {
    const text = JSON.stringify({ ...call(1), data: [call(2)] });
    expect(models(await load(text, { constants }))).toEqual(['m1']);
  });

  test.each([
    ['an array that is cut off', `${JSON.stringify(calls).slice(0, -1)}`, 'ends before its array'],
    ['text after an array', `${JSON.stringify(calls, null, 1)}\n[1]`, 'text after the end'],
    [
      'an element that is none',
      `[\n${JSON.stringify(calls[0])},\n5,\n${JSON.stringify(calls[1])}]`,
      'line 3: not a JSON object',
    ],
  ])('%s is reported', async (_name, text, reported) => {
    const imported = await load(text, { constants });
    expect([imported.code, models(imported)]).toEqual([3, ['m1', 'm2']]);
    expect(imported.text).toContain(reported);
  });

  test('a record that is nested too deep, or too long, is rejected and no other', async () => {
    const deep = `{"model":"d","startedAt":1795168800000,"metadata":${'{"a":'.repeat(200_000)}1${'}'.repeat(200_001)}`;
    const long = `{"model":"l","note":"${'x'.repeat(5_000_000)}"}`;
    const nested = `{"model":${'['.repeat(200_000)}${']'.repeat(200_000)}}`;
    const lines = [nested, JSON.stringify(calls[0]), deep, long, JSON.stringify(calls[1])];
    const imported = await load(lines.join('\n'), { constants, values: { model: { x: 'y' } } });
    expect(models(imported)).toEqual(expect.arrayContaining(['m1', 'm2']));
    expect(imported.code).toBe(3);
    expect(imported.text).toContain('line 4: longer than 4,194,304 characters');
    expect(imported.text).toMatch(/^line 1: /m);
  });
});

describe('values', () => {
  test('words for "not known" in optional columns', async () => {
    const words = ['NULL', 'null', '\\N', 'N/A', 'nan', 'NaN', 'None', '-', ''];
    const text = words.map((word, i) => `2026-11-20T10:0${i}:00Z,${word},${word},${word}`);
    const { code, rows } = await load(['when,tokens,cost,took', ...text].join('\n'), {
      columns: { startedAt: 'when', totalTokens: 'tokens', credits: 'cost', durationMs: 'took' },
      constants: CONSTANTS,
    });
    expect([code, rows.length]).toEqual([0, words.length]);
    for (const stored of rows) {
      expect(stored).toMatchObject({ total_tokens: null, credits_e8: null, duration_us: null });
    }
  });

  test('of a required column they are missing, and the mapping may say more of them', async () => {
    const text = 'when,who,tokens\n2026-11-20T10:00:00Z,alice,unknown\n2026-11-20T10:01:00Z,NULL,1';
    const {
      code,
      rows,
      text: said,
    } = await load(text, {
      columns: { startedAt: 'when', userDid: 'who', totalTokens: 'tokens' },
      constants: { model: 'm', status: 'success' },
      values: { totalTokens: { unknown: null } },
    });
    expect([code, rows.length]).toEqual([3, 1]);
    expect(said).toContain('line 3: userDid is required\n');
  });

  test('what cannot be stored is unknown, and the message shows it without what acts on a terminal', async () => {
    const text = `when,tokens,trace\n2026-11-20T10:00:00Z,-5,${'t'.repeat(200)}\n2026-11-20T10:01:00Z,12\u001b[31m,x`;
    const {
      code,
      rows,
      text: said,
    } = await load(text, {
      columns: { startedAt: 'when', totalTokens: 'tokens', traceId: 'trace' },
      constants: CONSTANTS,
    });
    expect([code, rows.length]).toEqual([3, 2]);
    expect(rows[0]).toMatchObject({ total_tokens: null, trace_id: null });
    expect(said).toContain(
      'line 2: usage.totalTokens must be a number from 0 to 1e12; it is unknown now; got "-5"',
    );
    expect(said).not.toContain('\u001b');
    expect(said).not.toContain('t'.repeat(100));
    expect(said).toContain('3 values rounded or unknown');
  });

  test.each([
    ['2026-11-20 10:00:00.123456+00', '2026-11-20T10:00:00.123Z'],
    ['2026-11-20 10:00:00 UTC', '2026-11-20T10:00:00.000Z'],
    ['2026-11-20T12:00:00+0200', '2026-11-20T10:00:00.000Z'],
    ['2026-11-20 15:30:00+05:30', '2026-11-20T10:00:00.000Z'],
    ['2026-11-20 05:00:00-05', '2026-11-20T10:00:00.000Z'],
    ['2026-11-20T10:00Z', '2026-11-20T10:00:00.000Z'],
    ['2026/11/20 10:00', '2026-11-20T10:00:00.000Z'],
    ['  2026-11-20T10:00:00Z  ', '2026-11-20T10:00:00.000Z'],
    ['2026-11-20 10:00:00.1234567890123 +0000 UTC', '2026-11-20T10:00:00.123Z'],
    ['2026-11-20T10:00:00,5Z', '2026-11-20T10:00:00.500Z'],
    ['1795168800000', '2026-11-20T10:00:00.000Z'],
  ])('the time %j', async (time, instant) => {
    const { rows } = await load(`when\n"${time}"`, {
      columns: { startedAt: 'when' },
      constants: CONSTANTS,
    });
    expect(rows.map((r) => new Date(Number(r['started_at_ms'])).toISOString())).toEqual([instant]);
  });

  test.each(['20.11.2026 10:00', '11/20/2026 10:00', '2026-13-01T00:00:00Z', '2026-11-20T25:00Z'])(
    'the time %j is reported with its value',
    async (time) => {
      const mapping = { columns: { startedAt: 'when' }, constants: CONSTANTS };
      const { code, text } = await load(`when\n"${time}"`, mapping);
      expect([code, text]).toEqual([3, expect.stringContaining(`got "${time}"`)]);
    },
  );

  test('seconds that are read as milliseconds get a hint', async () => {
    const { text } = await load('when\n1795168800', {
      columns: { startedAt: 'when' },
      constants: CONSTANTS,
    });
    expect(text).toContain('"timeUnit": "s"');
  });

  test('the unit of durations is that of the first byte too, unless it has its own', async () => {
    const text = 'when,took,first\n2026-11-20T10:00:00Z,2,1';
    const columns = { startedAt: 'when', durationMs: 'took', ttfbMs: 'first' };
    const settings = { columns, constants: CONSTANTS, durationUnit: 's' };
    const [both] = (await load(text, settings)).rows;
    expect(both).toMatchObject({ duration_us: 2_000_000, ttfb_us: 1_000_000 });
    const [own] = (await load(text, { ...settings, ttfbUnit: 'ms' })).rows;
    expect(own).toMatchObject({ duration_us: 2_000_000, ttfb_us: 1000 });
  });

  test.each([
    ['semicolons', 'when;took;cost\n2026-11-20T10:00:00Z;1.84;0.5', {}],
    ['semicolons and decimal commas', 'when;took;cost\n2026-11-20T10:00:00Z;1,84;0,5', {}],
    ['tabs and decimal commas', 'when\ttook\tcost\n2026-11-20T10:00:00Z\t1,84\t0,5', {}],
    ['bars', 'when|took|cost\n2026-11-20T10:00:00Z|1.84|0.5', {}],
    ['spaces', 'when, took , cost\n2026-11-20T10:00:00Z, "1.84" , 0.5', {}],
    ['Excel’s first line', 'sep=;\nwhen;took;cost\n2026-11-20T10:00:00Z;1,84;0,5', {}],
    ['what the mapping says', 'when~took~cost\n2026-11-20T10:00:00Z~1.84~0.5', { delimiter: '~' }],
    [
      'decimal commas in quotes',
      'when,took,cost\n2026-11-20T10:00:00Z,"1,84","0,5"',
      { decimal: ',' },
    ],
  ])('between columns: %s', async (_name, text, settings) => {
    const { code, rows } = await load(text, {
      columns: { startedAt: 'when', durationMs: 'took', credits: 'cost' },
      constants: CONSTANTS,
      durationUnit: 's',
      ...settings,
    });
    expect(code).toBe(0);
    expect(rows).toMatchObject([{ duration_us: 1_840_000, credits_e8: 50_000_000 }]);
  });

  test('JSON inside a column', async () => {
    const usage = JSON.stringify({ usage: { total: 7 }, 'a.b': { c: 3 } }).replaceAll('"', '""');
    const { rows } = await load(`when,meta\n2026-11-20T10:00:00Z,"${usage}"`, {
      columns: { startedAt: 'when', totalTokens: 'meta.usage.total', inputTokens: 'meta.a.b.c' },
      constants: CONSTANTS,
    });
    expect(rows).toMatchObject([{ total_tokens: 7, input_tokens: 3 }]);
  });

  test('names that objects of JavaScript have are names like others', async () => {
    const names = ['constructor', '__proto__', 'toString'];
    const lines = names.map((name, i) => `2026-11-20T10:0${i}:00Z,${name},x`);
    const { code, rows } = await load(['when,model,__proto__', ...lines].join('\n'), {
      columns: { startedAt: 'when', traceId: '__proto__' },
      constants: { userDid: 'alice', status: 'success' },
      values: { model: { 'gpt-4': 'gpt' } },
    });
    expect(code).toBe(0);
    expect(rows.map(({ model }) => model)).toEqual(names);
    expect(rows[0]).toMatchObject({ trace_id: 'x' });
  });
});

describe('what is rejected', () => {
  test('is written with its line, the reason and the record itself', async () => {
    const rejects = join(directory, 'rejects.jsonl');
    const lines = [HEADER, row(1), 'yesterday,the-model,1,', row(2, 'a "stray" quote'), 'a,b'];
    await load(lines.join('\n'), MAPPING, { options: ['--rejects', rejects] });
    const written = readFileSync(rejects, 'utf8').trim().split('\n');
    expect(written.map((line) => JSON.parse(line) as object)).toEqual([
      {
        line: 3,
        reason: expect.any(String),
        record: expect.objectContaining({ model: 'the-model' }),
      },
      { line: 4, reason: expect.any(String), text: lines[3] },
      { line: 5, reason: 'has 2 fields where the header has 4', text: 'a,b' },
    ]);
  });

  test('goes neither over the imported file nor where nothing can be written', async () => {
    const calls = join(directory, 'calls.csv');
    const text = [HEADER, row(1)].join('\n');
    for (const path of [calls, join(directory, 'no', 'such', 'folder')]) {
      const { code } = await load(text, MAPPING, { options: ['--rejects', path] });
      expect(code).toBe(2);
    }
    expect(readFileSync(calls, 'utf8')).toBe(text);
  });
});

test.each([
  [{ durationUnit: 'us' }, 'durationUnit must be ms or s'],
  [{ durationUnit: 'sec' }, 'got "sec"'],
  [{ ttfbUnit: 5 }, 'ttfbUnit'],
  [{ timeUnit: 'seconds' }, 'timeUnit'],
  [{ format: 'json' }, 'format must be csv or jsonl'],
  [{ constant: {} }, 'did you mean constants?'],
  [{ columns: { inputToken: 'x' } }, 'did you mean inputTokens?'],
  [{ columns: { credits: 5 } }, 'columns.credits must be the name'],
  [{ values: { status: 'ok' } }, 'values.status must be an object'],
  [{ sequence: { from: 'now', everyMs: 1 } }, 'sequence.from'],
  [{ sequence: { from: '2026-11-20T10:00:00Z', every: 1 } }, 'did you mean everyMs?'],
  [{ delimiter: ',,' }, 'delimiter'],
  [{ decimal: ';' }, 'decimal'],
  [{ idPrefix: '' }, 'idPrefix'],
])('the mapping %j is refused', async (mapping, message) => {
  const { code, text } = await load(HEADER, mapping);
  expect([code, text]).toEqual([2, expect.stringContaining(message)]);
});
