import { createReadStream } from 'node:fs';
import Router from '@koa/router';
import type { Context } from 'koa';
import type { DemoUser } from './demo-users.js';
import { renderAppPage } from './pages/app-page.js';
import { readPageContext, type PageContext } from './pages/page-context.js';
import { renderSignInPage } from './pages/sign-in-page.js';
import { LOCALES } from './pages/messages.js';
import {
  renderDashboardPage,
  renderNotFoundPage,
  renderProjectPage,
  type PageRange,
  type PageRanges,
} from './pages/usage-pages.js';
import { allowStyles } from './security-headers.js';
import type { Sessions } from './session.js';
import type { ClientFiles } from './static-files.js';

/** What the pages need of the rest of the host. */
export interface PageRouteOptions {
  sessions: Sessions;
  users: readonly DemoUser[];
  client: ClientFiles;
  /** The range when the URL names none. */
  defaultRange: PageRange;
  /** Whether the load is the generated one. */
  generated: boolean;
  /** The name of one of the user's own projects; `null` for every other, so that no page tells names of strangers. */
  nameOfProject(user: DemoUser, appDid: string): string | null;
  /** Whether the user has ever called a model; if not, the dashboard shows how. */
  hasCalls(user: DemoUser): Promise<boolean>;
}

const ONE_YEAR_MS = 365 * 86_400_000;
const QUICK_START = new URL('../../../../README.md', import.meta.url);

/** Sign-in, sign-out, preferences, the React app with the two usage pages, and the same two as plain HTML. */
export function createPageRouter(options: PageRouteOptions): Router {
  const router = new Router();
  addSessionRoutes(router, options);
  addAppRoutes(router, options);
  addPlainRoutes(router, options);
  return router;
}

function addSessionRoutes(router: Router, options: PageRouteOptions): void {
  const { sessions, users, generated } = options;
  router.get('/', (ctx) => {
    ctx.redirect(sessions.readUser(ctx.req) ? '/usage/dashboard' : '/sign-in');
  });
  router.get('/sign-in', (ctx) => {
    ctx.body = renderSignInPage(createContext(ctx, options), users, generated);
  });
  router.post('/sign-in/:user', (ctx) => {
    if (!sessions.signIn(ctx, ctx.params['user'] ?? '')) ctx.throw(404);
    ctx.redirect(backTo(ctx) ?? '/usage/dashboard');
  });
  router.post('/sign-out', (ctx) => {
    sessions.signOut(ctx);
    ctx.redirect('/sign-in');
  });
  router.post('/preferences/locale/:locale', (ctx) => {
    const locale = LOCALES.find((known) => known === ctx.params['locale']);
    if (!locale) ctx.throw(404);
    ctx.cookies.set('locale', locale, { httpOnly: false, sameSite: 'lax', maxAge: ONE_YEAR_MS });
    ctx.redirect(backTo(ctx) ?? '/');
  });
}

/** Every address of the React app is one document; its own router shows the page that the address names. */
function addAppRoutes(router: Router, options: PageRouteOptions): void {
  const { sessions, defaultRange } = options;
  router.get(['/usage/dashboard', '/usage/projects/:appDid'], (ctx) => {
    const user = sessions.readUser(ctx.req);
    if (!user) {
      sendSignIn(ctx);
      return;
    }
    const nonce = allowStyles(ctx);
    ctx.body = renderAppPage(createContext(ctx, options), { user, defaultRange, nonce });
  });
}

function addPlainRoutes(router: Router, options: PageRouteOptions): void {
  const { sessions } = options;
  // The guide's link; a host of your own sets its own documentation here.
  router.get('/quick-start', (ctx) => {
    ctx.type = 'text/plain; charset=utf-8';
    ctx.body = createReadStream(QUICK_START);
  });
  router.get('/plain/dashboard', async (ctx) => {
    const user = sessions.readUser(ctx.req);
    if (!user) {
      sendSignIn(ctx);
      return;
    }
    const guide = !(await options.hasCalls(user));
    ctx.body = renderDashboardPage(createContext(ctx, options), listRanges(ctx, options), guide);
  });
  router.get('/plain/projects/:appDid', (ctx) => {
    const user = sessions.readUser(ctx.req);
    if (!user) {
      sendSignIn(ctx);
      return;
    }
    const appDid = ctx.params['appDid'] ?? '';
    const name = options.nameOfProject(user, appDid);
    ctx.body = renderProjectPage(createContext(ctx, options), listRanges(ctx, options), {
      appDid,
      name,
    });
  });
}

/** Answers an address that no route knows. */
export function sendNotFound(ctx: Context, options: PageRouteOptions): void {
  ctx.status = 404;
  ctx.body = renderNotFoundPage(createContext(ctx, options));
}

function createContext(ctx: Context, options: PageRouteOptions): PageContext {
  return readPageContext(ctx, options.sessions.readUser(ctx.req), options.client);
}

function sendSignIn(ctx: Context): void {
  ctx.redirect(`/sign-in?back=${encodeURIComponent(ctx.url)}`);
}

/** The page to return to, if it is one of ours: from `?back=` or the page that posted the form. */
function backTo(ctx: Context): string | null {
  const address = ctx.get('Referer');
  const referer = URL.canParse(address) ? new URL(address) : null;
  if (referer?.host !== ctx.host) return null;
  const back = referer.pathname === '/sign-in' ? referer.searchParams.get('back') : null;
  const path = back ?? (referer.pathname === '/sign-in' ? null : referer.pathname + referer.search);
  // `//host` and `/\host` are other sites to a browser.
  return path && /^\/(?![/\\])/.test(path) ? path : null;
}

function listRanges(ctx: Context, { defaultRange }: PageRouteOptions): PageRanges {
  const { from, to } = ctx.query;
  const isNamed = typeof from === 'string' && from !== '';
  const shown = isNamed ? { from, to: typeof to === 'string' ? to : '' } : defaultRange;
  return { shown, fallback: defaultRange };
}
