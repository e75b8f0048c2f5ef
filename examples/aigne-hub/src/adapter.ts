import type { IncomingMessage } from 'node:http';
import { Router, type RequestHandler } from 'express';
import {
  aigneHubCalls,
  createUsage,
  paymentKitQuota,
  type PaymentKitClient,
  type ProviderInfo,
  type Usage,
} from '@usage-kit/server-sdk';
import type { UsesNewPages } from './gradual-start.js';

/** The endpoints of Usage Kit; three of the Hub's own below `/api/usage` have the same names and other shapes. */
export const BASE_PATH = '/api/usage-kit';

/** What the Hub's session middleware leaves on a request. */
export interface HubUser {
  did: string;
  role?: string;
}

/** A row of its table `Projects`. */
export interface HubProject {
  appDid: string;
  appName: string;
  appLogo?: string | null;
  appUrl?: string | null;
}

/** What the Hub has anyway. */
export interface HubParts {
  /** Its database, `aikit.db` in the data directory. */
  file: string;
  /** `sessionMiddleware({ accessKey: true })` of `@blocklet/sdk`. */
  session: RequestHandler;
  /** `(appDids) => Project.findAll({ where: { appDid: appDids }, raw: true })`, and `AiProvider` by `id` */
  findProjects: (appDids: string[]) => Promise<readonly HubProject[]>;
  findProviders: (ids: string[]) => Promise<readonly ProviderInfo[]>;
  /** The client of `@blocklet/payment-js`, and the name of the meter that calls are reported to. */
  payment: PaymentKitClient;
  meter: string;
  /** Where the browser finds Payment Kit, for links to invoices. */
  paymentUrl?: string;
  usesNewPages: UsesNewPages;
}

type Query = Record<string, string>;

/** Asks an endpoint from inside the process, as a user. */
export type Ask = (userDid: string, path: string, query?: Query) => Promise<Response>;

/** Usage Kit in the Hub. */
export interface HubUsage {
  usage: Usage;
  ask: Ask;
  /** To be mounted in front of the Hub's own routes. */
  routes: Router;
}

/** The user of a request, as the session middleware left it there. */
export function userOf(request: IncomingMessage): HubUser | null {
  return (request as IncomingMessage & { user?: HubUser }).user ?? null;
}

/** Makes Usage Kit over the Hub's own table of calls, in the Hub's own database. */
export function createHubUsage(hub: HubParts): HubUsage {
  const { session, usesNewPages, payment: client, meter, paymentUrl } = hub;
  /** Users of the requests that this process asks itself. */
  const asked = new WeakMap<Request, string>();
  const usage = createUsage({
    database: `sqlite:${hub.file}`,
    calls: aigneHubCalls(),
    creditDecimals: 10,
    basePath: BASE_PATH,
    authenticate: (request, { web }) => {
      const userDid = web ? asked.get(web) : userOf(request)?.did;
      return userDid ? { userDid } : null;
    },
    projects: async (appDids) =>
      (await hub.findProjects([...appDids])).map(({ appDid, appName, appLogo, appUrl }) => ({
        appDid,
        name: appName,
        logoUrl: appLogo ?? null,
        url: appUrl ?? null,
      })),
    providers: (ids) => hub.findProviders([...ids]),
    quota: paymentKitQuota({ client, meter, ...(paymentUrl && { publicUrl: paymentUrl }) }),
  });
  const handle = usage.handler();
  const routes = Router();
  routes.use(BASE_PATH, session);
  routes.get(`${BASE_PATH}/start`, (request, response) => {
    const user = userOf(request);
    response.json({ usesNewPages: user !== null && usesNewPages(user.did) });
  });
  routes.use(usage.callback());
  return {
    usage,
    routes,
    ask: (userDid, path, query = {}) => {
      const search = new URLSearchParams(query);
      const request = new Request(`http://hub.invalid${BASE_PATH}${path}?${search}`);
      asked.set(request, userDid);
      return handle(request);
    },
  };
}
