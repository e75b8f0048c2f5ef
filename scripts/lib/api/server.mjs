import { execFileSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** The commands and options of the built command line: its help. */
export function describeCommands(folder) {
  const help = [join(folder, 'dist', 'cli.js'), '--help'];
  return execFileSync(process.execPath, help, { encoding: 'utf8' });
}

/** The metrics that the built server registers, each with its kind and labels. */
export async function describeMetrics(folder) {
  const file = join(folder, 'dist', 'index.js');
  const { Registry } = createRequire(file)('prom-client');
  const { createUsage, staticQuota } = await import(pathToFileURL(file).href);
  const metrics = new Registry();
  const usage = createUsage({
    database: 'sqlite::memory:',
    authenticate: () => null,
    quota: staticQuota({ entries: [] }),
    metrics,
  });
  await usage.stop();
  const lines = metrics.getMetricsAsArray().map(({ name, labelNames, constructor }) => {
    const labels = labelNames.length === 0 ? '' : `{${labelNames.join(',')}}`;
    return `${constructor.name.toLowerCase()} ${name}${labels}`;
  });
  return `${lines.sort().join('\n')}\n`;
}
