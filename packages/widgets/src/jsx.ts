import type { DetailedHTMLProps, HTMLAttributes } from 'react';
import type {
  ElementAttributes,
  ElementHandlers,
  ElementProperties,
  UsageElements,
} from './element-props.js';

/**
 * Every element as React 19 takes it: properties, attributes, `onusage-…` events, `ref` and what any HTML element has.
 *
 * `import type {} from '@usage-kit/widgets/jsx'` anywhere in a project makes them known to its JSX.
 */
export type UsageIntrinsicElements = {
  [Tag in keyof UsageElements]: DetailedHTMLProps<
    HTMLAttributes<UsageElements[Tag]>,
    UsageElements[Tag]
  > &
    ElementProperties<UsageElements[Tag]> &
    ElementAttributes<UsageElements[Tag]> &
    ElementHandlers<'on'>;
};

declare module 'react' {
  // eslint-disable-next-line @typescript-eslint/no-namespace -- the only way to add to React's own
  namespace JSX {
    interface IntrinsicElements extends UsageIntrinsicElements {}
  }
}
