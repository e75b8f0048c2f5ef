import type { RouteName, RouteResponses } from '@usage-kit/server-sdk/contract';
import {
  shallowReadonly,
  shallowRef,
  toValue,
  watch,
  type DefineComponent,
  type MaybeRefOrGetter,
  type ShallowRef,
} from 'vue';
import type { ElementAttributes, ElementProperties, UsageElements } from './element-props.js';
import type { UsageEventMap } from './index.js';
import {
  createUsageQuery,
  type UsageQueryOptions,
  type UsageQueryParams,
  type UsageQueryResult,
} from './query/usage-query.js';

export type { UsageQueryOptions, UsageQueryParams, UsageQueryResult };

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

/**
 * Figures of an endpoint from the page's store, for a component that renders them itself.
 *
 * Equal questions of components and elements are one request. Nothing is asked while the page is hidden or offline, on a
 * server, or after the scope that called it is disposed of.
 *
 * @param params a value, a ref or a getter; `null`: there is no question yet
 */
export function useUsageQuery<Name extends RouteName>(
  route: Name,
  params: MaybeRefOrGetter<UsageQueryParams<Name> | null>,
  options?: UsageQueryOptions,
): Readonly<ShallowRef<UsageQueryResult<RouteResponses[Name]>>> {
  let query = createUsageQuery(route, toValue(params), options);
  const result = shallowRef(query.getResult());
  watch(
    () => {
      const next = createUsageQuery(route, toValue(params), options);
      // The same object for the same question: the watcher then does nothing.
      if (next.key !== query.key || next.store !== query.store) query = next;
      return query;
    },
    ({ subscribe, getResult }, _before, onCleanup) => {
      const read = (): void => void (result.value = getResult());
      onCleanup(subscribe(read));
      read();
    },
    { immediate: true },
  );
  return shallowReadonly(result);
}
