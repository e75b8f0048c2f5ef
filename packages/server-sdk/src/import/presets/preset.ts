import { IMPORT_FIELDS, type ImportField, type ImportMapping } from '../mapping.js';
import type { ComputedSource, Source, TimeUnit } from '../source.js';

/** How the files of a tool become calls. */
export interface Preset {
  /** The files, for messages, e.g. `spend logs of LiteLLM`. */
  files: string;
  /** `null`: their rows stand for many calls, and no file is imported. */
  mapping: ImportMapping | null;
}

/**
 * Makes a preset. No column has to be there, since exports differ by version; a field that is not named is read nowhere, since
 * a column of its name means something else in the tool.
 */
export function definePreset(
  files: string,
  {
    columns = {},
    ...rest
  }: Omit<ImportMapping, 'columns'> & {
    columns: Partial<Record<ImportField, readonly Source[]>>;
  },
): Preset {
  const nowhere = Object.fromEntries(IMPORT_FIELDS.map((field) => [field, []]));
  return { files, mapping: { ...rest, columns: { ...nowhere, ...columns } } };
}

/** Sources of the same unit. */
export function inUnit(unit: TimeUnit, ...paths: string[]): ComputedSource[] {
  return paths.map((path) => ({ path, unit }));
}

/** A cost in US dollars that the tool itself named. */
export const REPORTED_USD = { currency: 'USD', costSource: 'reported' } as const;
