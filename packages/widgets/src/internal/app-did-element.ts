import { property } from 'lit/decorators.js';
import { icons } from './icons.js';
import { rangeProblem } from './range-query.js';
import type { Notice } from './render-states.js';
import { UsageElement } from './usage-element.js';

/** Base of the elements about one project. */
export abstract class AppDidElement extends UsageElement {
  /** The project; nothing is asked for while it is missing. */
  @property({ attribute: 'app-did' }) appDid: string | undefined;

  /** Why there is no question to ask; `null` when there is one. */
  get inputProblem(): Notice | null {
    if (this.appDid) return rangeProblem(this);
    const { t } = this.localizer;
    return {
      icon: icons.warning(24),
      title: t('missingProjectTitle'),
      text: t('missingProjectText'),
    };
  }
}
