import { readFileSync } from 'node:fs';
import { refuseReport } from '../import/aggregated-rows.js';
import { checkMapping, type ImportMapping } from '../import/mapping.js';
import { PRESETS } from '../import/presets/all-presets.js';
import { toHint } from '../values/nearest-name.js';
import { CommandLineError } from './terminal.js';

/** Options of `usage-kit import` that say what the file's values mean. */
export interface MappingArguments {
  from?: string | undefined;
  mapping?: string | undefined;
  format?: string | undefined;
  map?: string[] | undefined;
  set?: string[] | undefined;
  default?: string[] | undefined;
  'id-prefix'?: string | undefined;
}

/**
 * Reads the preset, applies the mapping file to it, and the options to both.
 *
 * @throws CommandLineError that names the part at fault; FileRefused for a preset whose files are no calls
 */
export function readMappingOptions(args: MappingArguments): ImportMapping {
  const preset = args.from === undefined ? {} : readPreset(args.from);
  const file = args.mapping === undefined ? {} : readMapping(args.mapping);
  try {
    return checkMapping({
      ...preset,
      ...file,
      ...(args.format === undefined ? {} : { format: args.format }),
      ...(args['id-prefix'] === undefined ? {} : { idPrefix: args['id-prefix'] }),
      columns: { ...preset.columns, ...file.columns, ...toPairs('--map', args.map) },
      constants: { ...preset.constants, ...file.constants, ...toPairs('--set', args.set) },
      defaults: { ...preset.defaults, ...file.defaults, ...toPairs('--default', args.default) },
      values: { ...preset.values, ...file.values },
    });
  } catch (error) {
    if (error instanceof CommandLineError) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new CommandLineError(reason.replace(/^mapping\./, ''));
  }
}

function readPreset(name: string): ImportMapping {
  const preset = Object.hasOwn(PRESETS, name) ? PRESETS[name] : undefined;
  if (!preset) {
    throw new CommandLineError(`--from ${name}: unknown${toHint(name, Object.keys(PRESETS))}`);
  }
  return preset.mapping ?? refuseReport(preset.files, name);
}

function readMapping(path: string): ImportMapping {
  try {
    return checkMapping(JSON.parse(readFileSync(path, 'utf8')));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new CommandLineError(`--mapping ${path}: ${reason}`);
  }
}

function toPairs(option: string, pairs: readonly string[] = []): Record<string, string> {
  return Object.fromEntries(
    pairs.map((pair) => {
      const equals = pair.indexOf('=');
      if (equals < 1) throw new CommandLineError(`${option} takes field=value; got "${pair}"`);
      return [pair.slice(0, equals), pair.slice(equals + 1)];
    }),
  );
}
