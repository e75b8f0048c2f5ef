import type { Router } from 'express';
import { createHubUsage, type HubParts, type HubUsage } from './adapter.js';
import { hubCompatRoutes } from './compat-routes.js';

/**
 * Mounts the new endpoints, and the old addresses in front of the Hub's routes: call it before `router.use('/api', routes)`. The
 * figures of all users are left to those.
 */
export function mountUsage(router: Router, hub: HubParts): HubUsage {
  const usageKit = createHubUsage(hub);
  router.use(usageKit.routes);
  const { session, usesNewPages } = hub;
  const compat = hubCompatRoutes({ ask: usageKit.ask, session, usesNewPages, allUsers: 'leave' });
  router.use('/api/usage', compat);
  return usageKit;
}
