import { createUsage, priceTable, type PriceSource, type Usage } from '@usage-kit/server-sdk';
import { demoModels } from '../seed/models.js';
import { loadProfiles } from '../seed/profiles.js';
import { say } from './console.js';
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
    // Calls name their cost themselves: these are for advice.
    pricing: { prices: createDemoPrices() },
    advice: {
      alternatives: [
        { model: 'gpt-4o-mini', insteadOf: ['gpt-4o', 'o4-mini'] },
        { model: 'claude-3-5-haiku', insteadOf: 'claude-sonnet-4' },
      ],
    },
    // The host's own: everyone sees it, and no user can change it. What fires is printed; a product would send an email.
    alerts: {
      rules: [
        {
          ...{ id: 'days-remaining', kind: 'alert', name: 'Credits run out soon' },
          ...{ metric: 'daysRemaining', window: { kind: 'rolling', hours: 1 }, levels: ['7'] },
        },
      ],
      onAlert: ({ type, name, level }) => {
        say(`  Alert ${type}: ${name}, ${level}`);
      },
    },
    clock,
  });
}

/** The list prices of the demo's models; what was read from a cache costs half. */
function createDemoPrices(): PriceSource {
  // 1e-8 credits a token, a credit being a cent, are 1e-4 dollars a million.
  const toDollars = (priceE8: number, part: number): string => ((priceE8 * part) / 1e4).toFixed(6);
  return priceTable({
    name: 'demo@1',
    currency: 'USD',
    prices: demoModels
      .filter(({ inputPriceE8 }) => inputPriceE8 > 0)
      .map(({ model, inputPriceE8, outputPriceE8 }) => ({
        model,
        input: toDollars(inputPriceE8, 1),
        cachedInput: toDollars(inputPriceE8, 0.5),
        output: toDollars(outputPriceE8, 1),
      })),
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
