import type { LitElement } from 'lit';
import type {
  UsageCallHistory,
  UsageEventMap,
  UsageOverview,
  UsageProjectModels,
  UsageProjects,
  UsageProjectStats,
  UsageProjectTrends,
  UsageProvider,
  UsageQuota,
  UsageQuotaDetails,
  UsageRangePicker,
  UsageTrends,
  UsageAdvice,
  UsageAlerts,
  UsageBudget,
  UsageModels,
  UsageActivity,
  UsageProjectLatency,
  UsageProjectFailures,
} from './index.js';

/** Every element by its tag. */
export interface UsageElements {
  'usage-provider': UsageProvider;
  'usage-call-history': UsageCallHistory;
  'usage-overview': UsageOverview;
  'usage-project-models': UsageProjectModels;
  'usage-project-stats': UsageProjectStats;
  'usage-project-trends': UsageProjectTrends;
  'usage-projects': UsageProjects;
  'usage-quota': UsageQuota;
  'usage-quota-details': UsageQuotaDetails;
  'usage-range-picker': UsageRangePicker;
  'usage-trends': UsageTrends;
  'usage-advice': UsageAdvice;
  'usage-alerts': UsageAlerts;
  'usage-budget': UsageBudget;
  'usage-models': UsageModels;
  'usage-activity': UsageActivity;
  'usage-project-latency': UsageProjectLatency;
  'usage-project-failures': UsageProjectFailures;
}

type IfEqual<A, B, Then> =
  (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? Then : never;

/** Names of the members that may be written: what a getter gives or a method does is not a property to set. */
type WritableKeys<E> = {
  [K in keyof E]-?: IfEqual<{ [Q in K]: E[K] }, { -readonly [Q in K]: E[K] }, K>;
}[keyof E];

type Kebab<S extends string> = S extends `${infer Head}${infer Tail}`
  ? `${Head extends Lowercase<Head> ? Head : `-${Lowercase<Head>}`}${Kebab<Tail>}`
  : S;

/** Properties of an element itself, all optional, as the classes declare them. */
export type ElementProperties<E> = Partial<
  Pick<E, Exclude<WritableKeys<E>, keyof LitElement> & keyof E>
>;

/** Attributes of an element: the same names in kebab case; what is not text, a number or a flag has none. */
export type ElementAttributes<E> = {
  [
    K in keyof ElementProperties<E> & string as NonNullable<ElementProperties<E>[K]> extends
      string | number | boolean
      ? Kebab<K>
      : never
  ]?: ElementProperties<E>[K] | string;
} & {
  /** Sets the color scheme of this element; without it the page's is followed. */
  theme?: 'light' | 'dark';
};

/** Handlers of every event, named as a framework names them. */
export type ElementHandlers<Prefix extends string> = {
  [Name in keyof UsageEventMap as `${Prefix}${Name}`]?: (event: UsageEventMap[Name]) => void;
};
