import * as icons from './icons.js';
import { resolveElementRange } from '../controllers/range-query.js';
import type { Notice } from './states.js';
import type { UsageElement } from '../base/usage-element.js';
import { inputMessages } from '../locales/en/inputs.js';

/** Why an element has no request to send; `null` when it has one. */
export function checkRange(host: UsageElement): Notice | null {
  if (resolveElementRange(host) !== null) return null;
  const { t } = host.localizer;
  return {
    icon: icons.warning(24),
    title: t(inputMessages.invalidRangeTitle),
    text: t(inputMessages.invalidRangeText),
  };
}

/** Why an element about one project has no request to send; `null` when it has one. */
export function checkProject(
  host: UsageElement & { readonly appDid: string | undefined },
): Notice | null {
  if (host.appDid) return checkRange(host);
  const { t } = host.localizer;
  return {
    icon: icons.warning(24),
    title: t(inputMessages.missingProjectTitle),
    text: t(inputMessages.missingProjectText),
  };
}
