import type { AlertRuleInput, BudgetInput } from '@usage-kit/server-sdk/contract';
import { adaProfile, benProfile } from './profiles.js';

/** What has been done about a rule. */
type Attention = 'acknowledged' | 'snoozed' | null;

/** An alert rule of the demo. */
export interface ExampleAlert {
  input: AlertRuleInput;
  attention?: Attention;
}

/** A budget of the demo; its amount follows from what is spent, so that it looks the same in every month. */
export interface ExampleBudget {
  input: Omit<BudgetInput, 'amount'>;
  /** Part of the amount that is spent now. */
  share: number;
}

/** What a user of the demo watches. */
export interface ExampleRules {
  userDid: string;
  alerts: readonly ExampleAlert[];
  budgets: readonly ExampleBudget[];
}

const TIME_ZONE = 'Europe/Berlin';
const DAY = { kind: 'calendar', unit: 'day', timeZone: TIME_ZONE } as const;
const MONTH = { kind: 'calendar', unit: 'month', timeZone: TIME_ZONE } as const;
const LAST_DAY = { kind: 'rolling', hours: 24 } as const;

const projectOf = (name: string): { kind: 'project'; appDid: string } => {
  const appDid = adaProfile.projects.find((project) => project.name === name)?.appDid;
  if (appDid == null) throw new Error(`No project of the demo is called ${name}.`);
  return { kind: 'project', appDid };
};

/** Rules of every state: firing, acknowledged, snoozed, calm, on hold, off; budgets that are near, over and enforced. */
export const exampleRules: readonly ExampleRules[] = [
  {
    userDid: adaProfile.userDid,
    alerts: [
      {
        input: {
          name: 'Failing calls',
          metric: 'errorRate',
          window: LAST_DAY,
          levels: ['0.005', '0.25'],
        },
      },
      {
        input: {
          name: 'Support Assistant is busy',
          metric: 'calls',
          scope: projectOf('Support Assistant'),
          window: LAST_DAY,
          levels: ['50', '5000'],
        },
        attention: 'acknowledged',
      },
      {
        input: {
          name: 'Slow answers of gpt-4o',
          metric: 'p95DurationMs',
          scope: { kind: 'model', model: 'gpt-4o' },
          window: LAST_DAY,
          levels: ['2000'],
        },
        attention: 'snoozed',
      },
      {
        input: {
          name: 'Tokens of a day',
          metric: 'tokens',
          window: DAY,
          levels: ['50000000', '100000000'],
        },
      },
      {
        // Few people ask the desk: the rate is not known and the rule holds its state.
        input: {
          name: 'Errors of the tax desk',
          metric: 'errorRate',
          scope: projectOf('Tax Question Desk'),
          window: { kind: 'rolling', hours: 1 },
          levels: ['0.1'],
          minCalls: 500,
        },
      },
      {
        input: {
          name: 'Nightly translation',
          metric: 'credits',
          scope: projectOf('Docs Translator'),
          window: DAY,
          levels: ['20'],
          enabled: false,
        },
      },
    ],
    budgets: [
      { input: { name: 'All projects', metric: 'credits', window: MONTH }, share: 0.85 },
      {
        input: {
          name: 'Support Assistant',
          metric: 'credits',
          scope: projectOf('Support Assistant'),
          window: MONTH,
        },
        share: 1.12,
      },
      {
        input: {
          name: 'Code review',
          metric: 'credits',
          scope: projectOf('Code Review Bot'),
          window: MONTH,
          enforce: true,
        },
        share: 0.42,
      },
    ],
  },
  {
    userDid: benProfile.userDid,
    alerts: [],
    budgets: [{ input: { name: 'Pocket money', metric: 'credits', window: MONTH }, share: 0.3 }],
  },
];

/** A round amount of which a part is spent: two digits, at least 10. */
export function toRoundAmount(spent: number, share: number): string {
  const exact = Math.max(10, spent / share);
  const step = 10 ** (Math.floor(Math.log10(exact)) - 1);
  return String(Math.round(exact / step) * step);
}
