import { statSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Knex } from 'knex';
import type { Database } from '../../db/database.js';
import { getSqlitePath } from '../../db/sqlite/sqlite-file.js';
import { listTableSizes, readFreePageBytes } from '../database-store.js';
import { ok, problem, warning, type DoctorCheck, type Finding } from '../doctor-check.js';

const MIB = 2 ** 20;
/** The log (`-wal`) grows to 40 MB, and further while a long read keeps it from being written back. */
const MIN_FREE_BYTES = 256 * MIB;
const MAX_LOG_BYTES = 128 * MIB;
/** Fewer free pages than these are not worth the time of a vacuum. */
const MIN_VACUUM_BYTES = 64 * MIB;
/** File systems of a network, by their numbers on Linux: the log needs memory that all processes share. @see https://www.sqlite.org/wal.html */
const NETWORK: Readonly<Record<number, string>> = {
  0x6969: 'NFS',
  0x517b: 'SMB',
  0xff534d42: 'CIFS',
  0xfe534d42: 'SMB2',
};

/** The disk of a SQLite file; on a server, whose disk nothing here can see, the sizes of the tables. */
export const checkDisk: DoctorCheck = {
  name: 'disk',
  needsTables: false,
  run: async ({ database }) => {
    if (!database.dialect.isFile) return describeTables(database);
    const path = getSqlitePath((database.writer.client as Knex.Client).config);
    if (path === null) return [];
    const { type, bavail, bsize } = await statfs(dirname(path));
    const fileBytes = readSize(path);
    return [
      rateSpace(bavail * bsize, fileBytes),
      rateLog(readSize(`${path}-wal`)),
      ratePages(await readFreePageBytes(database), fileBytes),
      ...rateSystem(type),
    ];
  },
};

function readSize(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0;
}

function rateSpace(freeBytes: number, fileBytes: number): Finding {
  const text = `${Math.floor(freeBytes / MIB)} MiB are free, the file has ${toMib(fileBytes)}`;
  if (freeBytes >= Math.max(MIN_FREE_BYTES, fileBytes / 10)) return ok(text);
  return problem(`${text}: free at least ${MIN_FREE_BYTES / MIB} MiB and a tenth of the file`);
}

function rateLog(bytes: number): Finding {
  const text = `the log (-wal) has ${toMib(bytes)}`;
  if (bytes <= MAX_LOG_BYTES) return ok(text);
  return warning(
    `${text}: a read that does not end, or a process that is suspended, keeps it from being written back; end it`,
  );
}

function ratePages(freeBytes: number, fileBytes: number): Finding {
  const text = `${toMib(freeBytes)} of the file are free pages, which new rows fill`;
  if (freeBytes < MIN_VACUUM_BYTES || freeBytes < fileBytes / 2) return ok(text);
  return warning(`${text}: to give them back, stop all processes and vacuum`, ['vacuum']);
}

function rateSystem(type: number): Finding[] {
  const name = process.platform === 'linux' ? NETWORK[type] : undefined;
  if (name === undefined) return [];
  return [problem(`the file is on ${name}: move it to a local disk, or use a database server`)];
}

/** How many of the largest tables are named. */
const NAMED_TABLES = 3;

async function describeTables(database: Database): Promise<Finding[]> {
  const sizes = await listTableSizes(database);
  if (sizes.length === 0) return [];
  const all = sizes.reduce((sum, { bytes }) => sum + bytes, 0);
  const largest = sizes
    .slice(0, NAMED_TABLES)
    .map(({ name, bytes }) => `${name} ${toMib(bytes)}`)
    .join(', ');
  return [ok(`${sizes.length} tables have ${toMib(all)} with their indexes: ${largest}, …`)];
}

function toMib(bytes: number): string {
  return `${Math.ceil(bytes / MIB)} MiB`;
}
