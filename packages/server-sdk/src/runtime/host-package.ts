import { createRequire } from 'node:module';
import { isAbsolute, join } from 'node:path';

/**
 * The file of a package that the host installed, or `null`: packages that the SDK uses if they are there belong to the host, so
 * that there is one copy of them.
 *
 * @param places absolute paths of files from whose folders upwards the package is looked for, the first first
 */
export function findHostPackage(
  name: string,
  places: readonly string[] = listPlaces(),
): string | null {
  for (const place of places) {
    try {
      return createRequire(place).resolve(name);
    } catch {
      // Not there: the next place may have it.
    }
  }
  return null;
}

/**
 * Loads a package of the host.
 *
 * @param places as for {@link findHostPackage}
 * @throws Error with the command that installs it
 */
export function requireFromHost(
  name: string,
  places?: readonly string[],
): { file: string; exports: unknown } {
  const file = findHostPackage(name, places);
  if (file === null) throw new Error(`The package ${name} is not installed: npm install ${name}`);
  return { file, exports: createRequire(file)(file) as unknown };
}

/** The application by its working directory, where servers and command lines are started; its main module; this package. */
const listPlaces = (): string[] => [...listHostPlaces(), getKnexPlace(), import.meta.url];

/** Where the application is, by its working directory and its main module. */
export function listHostPlaces(): string[] {
  const [, main = ''] = process.argv;
  return [join(process.cwd(), 'package.json'), ...(isAbsolute(main) ? [main] : [])];
}

/** The file from which Knex loads drivers. */
export const getKnexPlace = (): string => createRequire(import.meta.url).resolve('knex');
