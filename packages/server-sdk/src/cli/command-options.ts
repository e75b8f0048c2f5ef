import { parseArgs } from 'node:util';
import { toHint } from '../values/nearest-name.js';
import type { AlertsArguments } from './alerts-command.js';
import type { ConformanceArguments } from './conformance-command.js';
import type { DistributeArguments } from './distribute-command.js';
import type { EraseArguments } from './erase-command.js';
import { EXPORT_PARAMETERS, type ExportArguments } from './export-command.js';
import type { ImportArguments } from './import-command.js';
import type { ReconcileArguments } from './reconcile-command.js';
import type { RepriceArguments } from './reprice-command.js';
import { CommandLineError } from './terminal.js';

const EXPORT_OPTIONS = Object.keys(EXPORT_PARAMETERS) as (keyof typeof EXPORT_PARAMETERS)[];

const OPTIONS = {
  ...(Object.fromEntries(EXPORT_OPTIONS.map((name) => [name, { type: 'string' }])) as Record<
    keyof typeof EXPORT_PARAMETERS,
    { type: 'string' }
  >),
  database: { type: 'string' },
  calls: { type: 'string' },
  grace: { type: 'string' },
  'max-lag': { type: 'string' },
  from: { type: 'string' },
  to: { type: 'string' },
  user: { type: 'string' },
  mapping: { type: 'string' },
  format: { type: 'string' },
  map: { type: 'string', multiple: true },
  set: { type: 'string', multiple: true },
  default: { type: 'string', multiple: true },
  rejects: { type: 'string' },
  'id-prefix': { type: 'string' },
  'no-rollup': { type: 'boolean' },
  url: { type: 'string' },
  'user-a': { type: 'string', multiple: true },
  'user-b': { type: 'string', multiple: true },
  yes: { type: 'boolean' },
  engine: { type: 'string' },
  'dry-run': { type: 'boolean' },
  json: { type: 'boolean' },
  currency: { type: 'string' },
  prices: { type: 'string', multiple: true },
  'credits-per-unit': { type: 'string' },
  output: { type: 'string' },
  event: { type: 'string' },
  channel: { type: 'string' },
  webhook: { type: 'string' },
  all: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const;
type Option = keyof typeof OPTIONS;

const DATABASE: readonly Option[] = ['database', 'calls', 'currency', 'grace'];
const RANGE: readonly Option[] = ['from', 'to', 'user'];
const PRICES: readonly Option[] = ['prices', 'credits-per-unit'];

/** The options of each command; another option is refused, because it would be ignored. */
const OPTIONS_OF: Readonly<Record<string, readonly Option[]>> = {
  migrate: ['database', 'calls'],
  import: [
    ...DATABASE,
    ...(['from', 'mapping', 'format', 'map', 'set', 'default', 'rejects'] as const),
    ...(['id-prefix', 'no-rollup', 'dry-run'] as const),
    ...PRICES,
  ],
  rollup: DATABASE,
  rebuild: [...DATABASE, ...RANGE],
  verify: [...DATABASE, ...RANGE],
  status: [...DATABASE, 'max-lag'],
  doctor: ['database', 'calls', 'max-lag', 'json'],
  erase: ['database', 'calls', 'user', 'yes'],
  export: ['database', 'calls', 'currency', 'user', 'output', ...EXPORT_OPTIONS],
  reprice: [...DATABASE, ...RANGE, ...PRICES, 'dry-run'],
  reconcile: [...DATABASE, 'from', 'user', 'json'],
  alerts: ['database', 'user', 'event', 'channel', 'webhook', 'all'],
  copy: ['database', 'to'],
  distribute: ['database', 'engine', 'dry-run'],
  conformance: ['url', 'user-a', 'user-b'],
};
/** Commands that take files, a kind, or what to do; the others take no operand. */
const OPERAND_COMMANDS = ['import', 'reconcile', 'export', 'alerts'];

/** The options of all commands. */
export interface Arguments
  extends
    AlertsArguments,
    ImportArguments,
    ConformanceArguments,
    DistributeArguments,
    EraseArguments,
    ExportArguments,
    ReconcileArguments,
    RepriceArguments {
  database?: string | undefined;
  calls?: string | undefined;
  currency?: string | undefined;
  grace?: string | undefined;
  'max-lag'?: string | undefined;
  from?: string | undefined;
  to?: string | undefined;
  help?: boolean | undefined;
}

/** A parsed command line. */
export interface ParsedCommand {
  /** `undefined` without a command. */
  name: string | undefined;
  args: Arguments;
  /** The arguments after the command's name. */
  operands: string[];
}

/**
 * Parses a command line.
 *
 * @throws CommandLineError for an unknown command or option, or an option of another command
 */
export function parseCommand(argv: readonly string[]): ParsedCommand {
  const { values, positionals } = parse(argv);
  const [name, ...operands] = positionals;
  if (name === undefined || values.help) return { name, args: values, operands };
  const options = Object.hasOwn(OPTIONS_OF, name) ? OPTIONS_OF[name] : undefined;
  if (!options) {
    throw new CommandLineError(
      `There is no command "${name}"${toHint(name, Object.keys(OPTIONS_OF))}`,
    );
  }
  const other = Object.keys(values).find((option) => !options.includes(option as Option));
  if (other !== undefined) {
    throw new CommandLineError(`--${other} is no option of ${name}${toHint(other, options)}`);
  }
  const [extra] = operands;
  if (extra !== undefined && !OPERAND_COMMANDS.includes(name)) {
    throw new CommandLineError(`${name} takes no operand; got "${extra}"`);
  }
  return { name, args: values, operands };
}

function parse(argv: readonly string[]): { values: Arguments; positionals: string[] } {
  try {
    return parseArgs({ args: [...argv], options: OPTIONS, allowPositionals: true });
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const unknown = /^Unknown option '--([^']+)'/.exec(message)?.[1];
    if (unknown === undefined) throw new CommandLineError(message);
    throw new CommandLineError(
      `There is no option --${unknown}${toHint(unknown, Object.keys(OPTIONS))}`,
    );
  }
}
