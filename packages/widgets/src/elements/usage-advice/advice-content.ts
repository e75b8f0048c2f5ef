import type { Advice } from '@usage-kit/server-sdk/contract';
import type { UsageElement } from '../../base/usage-element.js';
import { formatCount } from '../../format/number.js';
import { adviceMessages } from '../../locales/en/advice.js';
import type { Localizer } from '../../locales/localizer.js';
import { adoptStyles } from '../../rules/adopt-styles.js';
import { piecesStyles } from '../../styles/pieces.styles.js';
import * as icons from '../../templates/icons.js';
import type { Notice } from '../../templates/states.js';
import { usageAdviceStyles } from './advice-content.styles.js';
import type { AdviceListView } from './usage-advice.view.js';

/** All that shows advice; loaded with the first. */
export { renderAdviceList } from './advice-list.js';
export { toAdviceView } from './usage-advice.view.js';

/** Gives an element the styles of advice. */
export function adoptAdviceStyles(host: UsageElement): void {
  adoptStyles(host, [piecesStyles, usageAdviceStyles]);
}

/** Why there is no advice; `null` when there is some. */
export function toEmptyNotice(
  { t, formatters }: Localizer,
  { basedOn }: Advice,
  { open, settled, notes }: AdviceListView,
): Notice | null {
  if (open.length > 0 || settled.length > 0) return null;
  const { calls } = basedOn;
  const count = { count: formatCount(formatters, calls) };
  const basis = t(adviceMessages.adviceEmptyText, count, calls);
  return {
    icon: icons.success(),
    title: t(adviceMessages.adviceEmptyTitle),
    text: [basis, ...notes].join(' '),
  };
}
