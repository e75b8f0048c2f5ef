import { execFile, execFileSync } from 'node:child_process';
import { appendFileSync, chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import knex, { type Knex } from 'knex';

const run = promisify(execFile);

/** A PostgreSQL server of a test's own. */
export interface OwnServer {
  port: number;
  url: string;
  /** Ends its processes immediately, as a crash does. */
  kill(): Promise<void>;
  start(): Promise<void>;
}

/** A primary and a hot standby that replays its log. */
export interface StandbyPair {
  primary: OwnServer;
  standby: OwnServer;
  /** A connection to the standby as its administrator. */
  admin: Knex;
  /** Ends both and deletes their files. */
  close(): Promise<void>;
}

/** The folder of the server's programs; `null`: this machine has none. The environment can name another. */
export function findPostgresPrograms(): string | null {
  const root = '/usr/lib/postgresql';
  const versions = existsSync(root) ? readdirSync(root).sort((a, b) => Number(b) - Number(a)) : [];
  const given = process.env['TEST_POSTGRES_PROGRAMS'];
  const folders = [
    ...(given === undefined ? [] : [given]),
    ...versions.map((v) => join(root, v, 'bin')),
  ];
  return folders.find((folder) => existsSync(join(folder, 'pg_basebackup'))) ?? null;
}

const SETTINGS = `
listen_addresses = '127.0.0.1'
unix_socket_directories = ''
fsync = off
max_standby_streaming_delay = 0
hot_standby_feedback = off
`;

/** Makes a primary and a standby on free ports, in memory where there is room. @param programs folder of the server's programs */
export async function createStandbyPair(programs: string): Promise<StandbyPair> {
  const directory = mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'usage-kit-'));
  if (isRoot()) chownSync(directory, idOf('-u'), idOf('-g'));
  const program = (name: string, ...args: string[]): Promise<unknown> =>
    runAsUser(join(programs, name), args);
  const data = { primary: join(directory, 'primary'), standby: join(directory, 'standby') };
  await program('initdb', '-D', data.primary, '-U', 'postgres', '-A', 'trust', '-N');
  appendFileSync(join(data.primary, 'postgresql.conf'), SETTINGS);
  const primary = await toServer(data.primary, program);
  await primary.start();
  const from = ['-h', '127.0.0.1', '-p', String(primary.port), '-U', 'postgres'];
  await program(
    'pg_basebackup',
    ...from,
    '-D',
    data.standby,
    '-R',
    '-X',
    'stream',
    '-c',
    'fast',
    '-N',
  );
  const standby = await toServer(data.standby, program);
  await standby.start();
  const admin = knex({ client: 'pg', connection: standby.url, pool: { min: 0, max: 2 } });
  return {
    primary,
    standby,
    admin,
    close: async () => {
      await admin.destroy();
      await standby.kill().catch(() => undefined);
      await primary.kill();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

async function toServer(
  data: string,
  program: (name: string, ...args: string[]) => Promise<unknown>,
): Promise<OwnServer> {
  const port = await findFreePort();
  return {
    port,
    url: `postgres://postgres@127.0.0.1:${port}/postgres`,
    kill: async () => {
      await program('pg_ctl', '-D', data, '-m', 'immediate', '-w', 'stop');
    },
    start: async () => {
      await program('pg_ctl', '-D', data, '-l', `${data}.log`, '-w', '-o', `-p ${port}`, 'start');
    },
  };
}

async function findFreePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

const isRoot = (): boolean => process.getuid?.() === 0;

/** The server refuses to run as root. */
function runAsUser(path: string, args: readonly string[]): Promise<unknown> {
  return isRoot() ? run('runuser', ['-u', 'postgres', '--', path, ...args]) : run(path, [...args]);
}

function idOf(flag: '-u' | '-g'): number {
  return Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }));
}
