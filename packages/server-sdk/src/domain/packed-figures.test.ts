import fc from 'fast-check';
import { expect, test } from 'vitest';
import { CallFigures, figuresOf, type CountedCall } from './call-figures.js';
import {
  ProjectsWriter,
  packIds,
  packModels,
  projectMark,
  readIds,
  readModels,
  readProjectPart,
  readProjects,
} from './packed-figures.js';
import { PackedReader, PackedWriter } from './packed-text.js';

const HOUR_MS = 3_600_000;
const BUCKET_MS = 497_000 * HOUR_MS;

const usual = fc.nat(10_000_000);
const call: fc.Arbitrary<CountedCall> = fc.record({
  status: fc.constantFrom(
    'success' as const,
    'success' as const,
    'failed' as const,
    'processing' as const,
  ),
  type: fc.constantFrom('chatCompletion' as const, 'imageGeneration' as const),
  startedAtMs: fc.nat(HOUR_MS - 1).map((ms) => BUCKET_MS + ms),
  durationUs: fc.option(fc.nat(900_000_000), { nil: null, freq: 6 }),
  inputTokens: fc.option(usual, { nil: null }),
  outputTokens: fc.option(fc.oneof(usual, fc.integer({ min: -50, max: 0 })), { nil: null }),
  totalTokens: fc.option(usual, { nil: null }),
  creditsE8: fc.option(
    fc.oneof(usual, fc.maxSafeInteger(), fc.bigInt({ min: -(10n ** 24n), max: 10n ** 24n })),
    { nil: null },
  ),
});
/** Calls by project and model. */
const calls = fc.array(
  fc.tuple(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 3 }), call),
  {
    maxLength: 60,
  },
);

type Groups = Map<number, Map<number, CallFigures>>;

function group(items: readonly (readonly [number, number, CountedCall])[]): Groups {
  const groups: Groups = new Map();
  for (const [project, model, item] of items) {
    const models = groups.get(project) ?? new Map<number, CallFigures>();
    groups.set(project, models);
    figuresOf(models, model).addCall(item);
  }
  return groups;
}

/** What must come back; the newest start is the project's. */
function plain(figures: CallFigures): unknown {
  const { durations, credits, lastStartedAtMs: _, ...numbers } = figures;
  return { ...numbers, credits: String(credits), durations: durations.toText() };
}

function cellOf(groups: Groups): string {
  const writer = new ProjectsWriter(BUCKET_MS);
  for (const [id, models] of [...groups].sort(([a], [b]) => a - b)) {
    writer.add(id, newest(models), models);
  }
  return writer.take();
}

function newest(models: ReadonlyMap<number, CallFigures>): number {
  return Math.max(...[...models.values()].map(({ lastStartedAtMs }) => lastStartedAtMs ?? 0));
}

test('numbers come back, in a row and of any size', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.maxSafeNat(), fc.bigInt())), (pairs) => {
      const writer = new PackedWriter();
      for (const [number, big] of pairs) {
        writer.writeNumber(number);
        writer.writeInteger(big);
      }
      const text = writer.take();
      expect(writer.take()).toBe('');
      const reader = new PackedReader(text);
      for (const [number, big] of pairs) {
        expect(reader.readNumber()).toBe(number);
        expect(BigInt(reader.readInteger())).toBe(big);
      }
      expect(reader.atEnd).toBe(true);
      // As they are in JSON, and in SQL between single quotes when doubled.
      expect(JSON.stringify(text)).toBe(`"${text}"`);
    }),
  );
});

test('no number begins another, so a project is found by its mark', () => {
  fc.assert(
    fc.property(fc.nat(2_000_000), fc.nat(2_000_000), (a, b) => {
      expect(projectMark(a).startsWith(projectMark(b))).toBe(a === b);
    }),
    { numRuns: 1000 },
  );
});

test('cells of models and projects come back, concatenated in any number', () => {
  fc.assert(
    fc.property(fc.array(calls, { minLength: 1, maxLength: 4 }), (parts) => {
      const all = group(parts.flat());
      const cells = parts.map((items) => cellOf(group(items)));
      const read: Groups = new Map();
      const last = new Map<number, number>();
      readProjects(cells.join(''), (projectId, lastMs) => {
        last.set(projectId, Math.max(lastMs, last.get(projectId) ?? 0));
        const models = read.get(projectId) ?? new Map<number, CallFigures>();
        read.set(projectId, models);
        return (modelId) => figuresOf(models, modelId);
      });
      expect([...read.keys()].sort()).toEqual([...all.keys()].sort());
      for (const [projectId, models] of all) {
        expect(last.get(projectId)).toBe(newest(models));
        for (const [modelId, figures] of models) {
          expect(plain(read.get(projectId)?.get(modelId) ?? new CallFigures())).toEqual(
            plain(figures),
          );
        }
      }
    }),
    { numRuns: 300 },
  );
});

test("one project's part of a cell is what SQL cuts out by its mark", () => {
  fc.assert(
    fc.property(calls, (items) => {
      const groups = group(items);
      const cell = cellOf(groups);
      for (const [projectId, models] of groups) {
        const mark = projectMark(projectId);
        const [part = ''] = cell.slice(cell.indexOf(mark) + mark.length).split('|');
        const read = new Map<number, CallFigures>();
        const lastMs = readProjectPart(part, (id) => figuresOf(read, id));
        expect(BUCKET_MS + lastMs).toBe(newest(models));
        expect(packModels(read, new PackedWriter())).toBe(packModels(models, new PackedWriter()));
      }
    }),
  );
});

test('ids come back as a set', () => {
  fc.assert(
    fc.property(fc.array(fc.uniqueArray(fc.integer({ min: 1, max: 2 ** 31 }))), (sets) => {
      const read = new Set<number>();
      readIds(sets.map((ids) => packIds(ids, new PackedWriter())).join(''), read);
      expect([...read].sort()).toEqual([...new Set(sets.flat())].sort());
    }),
  );
});

test.each(['"', 'é', '|', '~~', 'zz'])('refuses %j', (text) => {
  expect(() => {
    readModels(text, () => new CallFigures());
  }).toThrow(TypeError);
});
