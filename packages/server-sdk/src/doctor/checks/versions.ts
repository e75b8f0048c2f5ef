import type { Knex } from 'knex';
import { readDriverVersion } from '../../db/driver-version.js';
import { readServerVersion } from '../database-store.js';
import { note, ok, type DoctorCheck, type Finding } from '../doctor-check.js';

/** The versions that all tests run on; older ones may work. */
const TESTED = { sqlite: [3, 44], postgres: [15, 0], mariadb: [10, 11] } as const;
const NAMES = {
  sqlite: 'SQLite',
  postgres: 'PostgreSQL',
  mariadb: 'MariaDB',
  mysql: 'MySQL',
} as const;

/** The versions of the database and of its driver. */
export const checkVersions: DoctorCheck = {
  name: 'versions',
  needsTables: false,
  run: async ({ database }) => {
    const text = await readServerVersion(database);
    const { name } = database.dialect;
    const product = name === 'mysql' && /mariadb/i.test(text) ? 'mariadb' : name;
    const { driverName } = database.writer.client as Knex.Client;
    const driver = `driver ${driverName} ${readDriverVersion(driverName) ?? 'of an unknown version'}`;
    return [rate(product, text), ok(driver)];
  },
};

function rate(product: keyof typeof NAMES, text: string): Finding {
  const [found = text, major = '', minor = ''] = /(\d+)\.(\d+)[.\d]*/.exec(text) ?? [];
  const shown = `${NAMES[product]} ${found}`;
  if (product === 'mysql') return note(`${shown}: written for, and not tested`);
  const [testedMajor, testedMinor] = TESTED[product];
  const isTested =
    Number(major) > testedMajor || (Number(major) === testedMajor && Number(minor) >= testedMinor);
  return isTested
    ? ok(shown)
    : note(`${shown}: older than what is tested, ${testedMajor}.${testedMinor}`);
}
