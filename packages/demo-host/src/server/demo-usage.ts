import { createUsage, type Usage } from '@usage-kit/server-sdk';
import { loadProfiles } from '../seed/profiles.js';
import type { DemoClock } from './demo-clock.js';
import { generatedQuota, importedQuota, type PaymentKitAccess } from './demo-quota.js';
import type { Sessions } from './session.js';

/** What the demo's SDK is made with. */
export interface DemoUsageOptions {
  databaseFile: string;
  sessions: Sessions;
  clock: DemoClock;
  /** Where the users' credits are; `null` for an imported file. */
  paymentKit: PaymentKitAccess | null;
}

/** The SDK as the demo uses it; an integrator's options look the same. */
export function createDemoUsage(options: DemoUsageOptions): Usage {
  const { databaseFile, sessions, clock, paymentKit } = options;
  return createUsage({
    database: `sqlite:${databaseFile}`,
    authenticate: (request) => {
      const user = sessions.readUser(request);
      return user && { userDid: user.userDid };
    },
    quota: paymentKit === null ? importedQuota() : generatedQuota(paymentKit),
    projects: (appDids) =>
      appDids.map((appDid) => ({ appDid, name: PROJECT_NAMES.get(appDid) ?? null })),
    clock,
  });
}

const PROJECT_NAMES = new Map(
  loadProfiles.flatMap(({ projects }) =>
    projects.map((project) => [project.appDid, project.name] as const),
  ),
);

/** The name of a project that is the user's own; `null` for any other. */
export function findOwnProjectName(userDid: string, appDid: string): string | null {
  const profile = loadProfiles.find((candidate) => candidate.userDid === userDid);
  return profile?.projects.find((project) => project.appDid === appDid)?.name ?? null;
}
