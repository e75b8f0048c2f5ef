import type { PropertyDeclarations } from 'lit';
import * as icons from './icons.js';
import { rangeProblem } from './range-query.js';
import type { Notice } from './render-states.js';
import { UsageElement } from './usage-element.js';
import * as texts from '../locales/en.js';

/** Base of the elements about one project. */
export abstract class AppDidElement extends UsageElement {
  static override properties: PropertyDeclarations = {
    appDid: { attribute: 'app-did' },
  };

  /** The project; nothing is asked for while it is missing. */
  appDid: string | undefined;

  /** Why there is no question to ask; `null` when there is one. */
  get inputProblem(): Notice | null {
    if (this.appDid) return rangeProblem(this);
    const { t } = this.localizer;
    return {
      icon: icons.warning(24),
      title: t(texts.missingProjectTitle),
      text: t(texts.missingProjectText),
    };
  }
}
