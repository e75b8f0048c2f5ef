import { runConformance } from '../conformance/run-conformance.js';
import { CommandLineError, EXIT, type Terminal } from './terminal.js';

/** Options of `usage-kit conformance` as parsed. */
export interface ConformanceArguments {
  url?: string | undefined;
  'user-a'?: string[] | undefined;
  'user-b'?: string[] | undefined;
}

const MARKS = { passed: 'ok  ', failed: 'FAIL', inconclusive: '?   ' } as const;
const MAX_DETAILS = 10;

/**
 * Runs the checks and prints each.
 *
 * @returns the exit code: 1 when a check failed, 3 when one was inconclusive
 * @throws CommandLineError for a missing or malformed option
 */
export async function runConformanceCommand(
  args: ConformanceArguments,
  terminal: Terminal,
): Promise<number> {
  if (args.url === undefined || !URL.canParse(args.url)) {
    throw new CommandLineError('--url is required: where the endpoints are, with the base path');
  }
  const subject = {
    url: args.url.replace(/\/+$/, ''),
    userA: parseHeaders('--user-a', args['user-a'], terminal),
    userB: parseHeaders('--user-b', args['user-b'], terminal),
    fetch: globalThis.fetch,
  };
  const results = await runConformance(subject, ({ name, outcome, details }) => {
    terminal.out(`${MARKS[outcome]} ${name}`);
    for (const detail of details.slice(0, MAX_DETAILS)) terminal.out(`       ${detail}`);
  });
  const count = (outcome: string): number =>
    results.filter((result) => result.outcome === outcome).length;
  const [failed, inconclusive] = [count('failed'), count('inconclusive')];
  terminal.out(`${count('passed')} passed, ${failed} failed, ${inconclusive} inconclusive`);
  if (failed > 0) return EXIT.failed;
  return inconclusive > 0 ? EXIT.attention : EXIT.ok;
}

/** Parses `Name: value`, or `env:NAME` of a variable with such a text: other users of a machine see command lines. */
function parseHeaders(
  option: string,
  texts: readonly string[] | undefined,
  { environment }: Terminal,
): Record<string, string> {
  const headers = (texts ?? []).map((text) => {
    const variable = /^env:(\w+)$/.exec(text)?.[1];
    const header = variable === undefined ? text : (environment[variable] ?? '');
    const [, name = '', value = ''] = /^([\w-]+): *(\S.*)$/.exec(header) ?? [];
    if (name !== '') return [name.toLowerCase(), value];
    throw new CommandLineError(`${option} takes "Header: value" or env:NAME`);
  });
  if (headers.length > 0) return Object.fromEntries(headers) as Record<string, string>;
  throw new CommandLineError(`${option} is required: a header that signs the user in`);
}
