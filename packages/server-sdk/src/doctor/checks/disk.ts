import { statSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Knex } from 'knex';
import { getSqlitePath } from '../../db/sqlite/sqlite-file.js';
import { ok, todo, type DoctorCheck, type Finding } from '../doctor-check.js';

const MIB = 2 ** 20;
/** The log (`-wal`) grows to 40 MB, and further while a long read keeps it from being written back. */
const MIN_FREE_BYTES = 256 * MIB;
/** File systems of a network, by their numbers on Linux: the log needs memory that all processes share. @see https://www.sqlite.org/wal.html */
const NETWORK: Readonly<Record<number, string>> = {
  0x6969: 'NFS',
  0x517b: 'SMB',
  0xff534d42: 'CIFS',
  0xfe534d42: 'SMB2',
};

/** The disk of a SQLite file. */
export const checkDisk: DoctorCheck = {
  name: 'disk',
  needsTables: false,
  run: async ({ database }) => {
    const path = getSqlitePath((database.writer.client as Knex.Client).config);
    if (!database.dialect.isFile || path === null) return [];
    const { type, bavail, bsize } = await statfs(dirname(path));
    return [
      rateSpace(bavail * bsize, statSync(path, { throwIfNoEntry: false })?.size ?? 0),
      ...rateSystem(type),
    ];
  },
};

function rateSpace(freeBytes: number, fileBytes: number): Finding {
  const text = `${Math.floor(freeBytes / MIB)} MiB are free, the file has ${Math.ceil(fileBytes / MIB)} MiB`;
  if (freeBytes >= Math.max(MIN_FREE_BYTES, fileBytes / 10)) return ok(text);
  return todo(`${text}: free at least ${MIN_FREE_BYTES / MIB} MiB and a tenth of the file`);
}

function rateSystem(type: number): Finding[] {
  const name = process.platform === 'linux' ? NETWORK[type] : undefined;
  if (name === undefined) return [];
  return [todo(`the file is on ${name}: move it to a local disk, or use a database server`)];
}
