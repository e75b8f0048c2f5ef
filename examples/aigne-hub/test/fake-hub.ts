import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import express, { Router, type RequestHandler } from 'express';
import { DataTypes, QueryTypes, Sequelize, type Model, type ModelStatic } from 'sequelize';
import type { PaymentKitClient, ProviderInfo } from '@usage-kit/server-sdk';
import type { HubProject, HubUsage } from '../src/adapter.js';
import { hubCompatRoutes } from '../src/compat-routes.js';
import { compareFigures, type Difference, type Select } from '../src/compare-figures.js';
import { startGradually, type GradualStart } from '../src/gradual-start.js';
import { mountUsage } from '../src/mount-usage.js';

/** Where `packages/server-sdk/scripts/install-sqlite-copies.mjs` puts the Hub's own driver, sqlite3 5.1.7. */
const COPIES = fileURLToPath(new URL('../../../.cache/sqlite-copies', import.meta.url));

/** Whether the Hub's driver is there. @throws Error where `CI` is set and it is not */
export function hasHubDriver(): boolean {
  if (existsSync(join(COPIES, 'node_modules', '.package-lock.json'))) return true;
  const message = 'sqlite3 5.1.7 is not installed: the tests of the Hub are SKIPPED';
  const how = 'node packages/server-sdk/scripts/install-sqlite-copies.mjs';
  if (process.env['CI']) throw new Error(`${message}; ${how}`);
  console.warn(`\n*** ${message}; ${how} ***\n`);
  return false;
}

/** A host as the Hub is, with its versions of Express, Sequelize and sqlite3. */
export interface FakeHub extends HubUsage {
  file: string;
  sequelize: Sequelize;
  select: Select;
  compare(days: number): Promise<Difference[]>;
  get<T = Record<string, unknown>>(path: string, user?: string, role?: string): Promise<T>;
  status(path: string, user?: string, role?: string): Promise<number>;
  close(): Promise<void>;
}

/** Stands for that of `@blocklet/sdk`, which reads a cookie. */
const sessionMiddleware =
  (_options: { accessKey: boolean }): RequestHandler =>
  (request, _response, next) => {
    const did = request.get('x-user');
    if (did) Object.assign(request, { user: { did, role: request.get('x-role') ?? 'guest' } });
    next();
  };

const METER_NAME = 'agent-hub-ai-meter';

/** Starts it over a database that another process has made. */
export async function startHub(options: {
  endMs: number;
  payment: PaymentKitClient;
  gradualStart: GradualStart;
  isMigrated?: boolean;
}): Promise<FakeHub> {
  const { payment, gradualStart, isMigrated = true } = options;
  const Config = { dataDir: mkdtempSync(join(tmpdir(), 'usage-kit-hub-')) };
  const file = `${Config.dataDir}/aikit.db`;
  await makeDatabase(file, options.endMs);
  const sequelize = openSequelize(file);
  const Project = defineProject(sequelize);
  const AiProvider = defineProvider(sequelize);
  const router = Router();
  const usageKit = mountUsage(router, {
    file: `${Config.dataDir}/aikit.db`,
    session: sessionMiddleware({ accessKey: true }),
    findProjects: (appDids) => Project.findAll({ where: { appDid: appDids }, raw: true }),
    findProviders: (ids) =>
      AiProvider.findAll({
        attributes: [
          ['id', 'provider'],
          ['displayName', 'name'],
        ],
        where: { id: ids },
        raw: true,
      }),
    payment,
    meter: METER_NAME,
    usesNewPages: startGradually(gradualStart),
  });
  if (isMigrated) {
    await usageKit.usage.migrate();
  }
  const select: Select = (sql, replacements) =>
    sequelize.query(sql, { replacements, type: QueryTypes.SELECT });
  const compare = (days: number): Promise<Difference[]> =>
    compareFigures({ select, ask: usageKit.ask }, days);
  const compat = { ...usageKit, session: sessionMiddleware({ accessKey: true }) };
  router.use('/refusing', hubCompatRoutes({ ...compat, usesNewPages: () => true }));
  const { url, close } = await listen(router);
  const send = (path: string, user = '', role = ''): Promise<Response> =>
    fetch(url + path, {
      headers: { ...(user && { 'x-user': user }), ...(role && { 'x-role': role }) },
    });
  return {
    ...usageKit,
    file,
    sequelize,
    select,
    compare,
    get: async <T>(path: string, user?: string, role?: string) =>
      (await (await send(path, user, role)).json()) as T,
    status: async (path, user, role) => (await send(path, user, role)).status,
    close: async () => {
      await close();
      await usageKit.usage.stop();
      await sequelize.close();
      rmSync(Config.dataDir, { recursive: true, force: true });
    },
  };
}

async function makeDatabase(file: string, endMs: number): Promise<void> {
  const maker = fileURLToPath(new URL('./make-hub.ts', import.meta.url));
  const loader = ['--conditions=usage-kit-source', '--import', import.meta.resolve('tsx')];
  await promisify(execFile)(process.execPath, [...loader, maker, file, String(endMs)]);
}

/** The Hub's application, with its old routes behind. */
async function listen(router: Router): Promise<{ url: string; close(): Promise<unknown> }> {
  const app = express();
  app.use(express.json(), router);
  app.use('/api/usage', (request, response) => {
    response.json({ oldRoute: request.path });
  });
  const server = app.listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    close: () => new Promise((resolve) => server.close(resolve)),
  };
}

/** As the Hub opens its database: the driver is loaded before Usage Kit looks for one. */
function openSequelize(file: string): Sequelize {
  const driver = createRequire(join(COPIES, 'package.json'))('sqlite3') as object;
  const sequelize = new Sequelize(`sqlite:${file}`, { dialectModule: driver, logging: false });
  void sequelize.query('pragma journal_mode = WAL;');
  return sequelize;
}

function defineProvider(sequelize: Sequelize): ModelStatic<Model & ProviderInfo> {
  return sequelize.define('AiProvider', {
    id: { type: DataTypes.STRING, primaryKey: true, allowNull: false },
    name: { type: DataTypes.STRING(50), allowNull: false, unique: true },
    displayName: { type: DataTypes.STRING(100), allowNull: false },
  });
}

function defineProject(sequelize: Sequelize): ModelStatic<Model & HubProject> {
  return sequelize.define('Project', {
    appDid: { type: DataTypes.STRING, primaryKey: true, allowNull: false },
    appName: { type: DataTypes.STRING, allowNull: false },
    appLogo: { type: DataTypes.STRING },
    appUrl: { type: DataTypes.STRING },
  });
}
