import { createComponent, type EventName, type ReactWebComponent } from '@lit/react';
import type { UsageElement } from '@usage-kit/widgets';
import * as React from 'react';
import { useIsHydrated } from '../internal/use-is-hydrated.js';
import { usageEvents } from './usage-events.js';

type Events = Record<string, EventName>;

/** What a wrapper is made of. */
export interface UsageComponentOptions<E extends UsageElement, V extends Events> {
  elementClass: { new (): E; tagName: string };
  displayName: string;
  /** Events in addition to those that every element fires. */
  events: V;
}

/**
 * A React component for an element.
 *
 * A server's document has a placeholder in its place: the browser would upgrade a real tag, and the element would send its
 * request, before React has given it its settings.
 */
export function createUsageComponent<E extends UsageElement, V extends Events>(
  options: UsageComponentOptions<E, V>,
): ReactWebComponent<E, typeof usageEvents & V> {
  const { elementClass, displayName, events } = options;
  const { tagName } = elementClass;
  const Element = createComponent({
    react: React,
    tagName,
    elementClass,
    events: { ...usageEvents, ...events },
    displayName: `${displayName}Element`,
  });
  // React 19 hands `ref` on like any other property.
  function Component(props: React.ComponentProps<typeof Element>): React.ReactElement {
    const isHydrated = useIsHydrated();
    if (!isHydrated) return React.createElement('div', { 'data-usage-placeholder': tagName });
    return React.createElement(Element, props);
  }
  Component.displayName = displayName;
  return Component as unknown as ReactWebComponent<E, typeof usageEvents & V>;
}
