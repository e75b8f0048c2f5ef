import type { DefineComponent } from 'vue';
import type { ElementAttributes, ElementProperties, UsageElements } from './element-props.js';
import type { UsageEventMap } from './index.js';

type Camel<S extends string> = S extends `${infer Head}-${infer Tail}`
  ? `${Head}${Capitalize<Camel<Tail>>}`
  : S;

type Handlers = {
  [Name in keyof UsageEventMap as `on${Capitalize<Camel<Name>>}`]?: (
    event: UsageEventMap[Name],
  ) => void;
};

/**
 * Every element as a Vue template takes it: properties, attributes and `@usage-…` events.
 *
 * `import type {} from '@usage-kit/widgets/vue'` anywhere in a project makes them known to its templates.
 */
export type UsageGlobalComponents = {
  [Tag in keyof UsageElements]: DefineComponent<
    ElementProperties<UsageElements[Tag]> & ElementAttributes<UsageElements[Tag]> & Handlers
  >;
};

declare module 'vue' {
  interface GlobalComponents extends UsageGlobalComponents {}
}
