import type { ProjectStats } from '@usage-kit/server-sdk/contract';
import {
  html,
  nothing,
  type CSSResultGroup,
  type PropertyDeclarations,
  type TemplateResult,
} from 'lit';
import { QueryController } from '../../controllers/query-controller.js';
import { CopyController } from '../../templates/copy-button.js';
import { shortenId } from '../../view-models/project-name.js';
import { toRangeRequest } from '../../controllers/range-query.js';
import { describeFreshness } from '../../templates/freshness.js';
import { renderStatusFooter } from '../../templates/status-footer.js';
import { renderBody } from '../../templates/states.js';
import { renderStatCards, renderStatSkeleton } from '../../templates/stat-cards.js';
import { renderLogo } from '../../templates/logo.js';
import { toSafeUrl } from '../../utils/safe-url.js';
import { DataElement } from '../../base/data-element.js';
import { checkProject } from '../../templates/input-problems.js';
import { logoStyles } from '../../styles/logo.styles.js';
import { statesStyles } from '../../styles/states.styles.js';
import { controlStyles } from '../../styles/controls.styles.js';
import { statusFooterStyles } from '../../styles/status-footer.styles.js';
import { lowNoticeStyles } from '../../styles/low-notice.styles.js';
import { statsStyles } from '../../styles/stats.styles.js';
import { usageProjectStatsStyles } from './usage-project-stats.styles.js';
import { toProjectStatsView, type ProjectStatsView } from './usage-project-stats.view.js';
import { projectMessages } from '../../locales/en/projects.js';

/**
 * A project's name and its calls, tokens, credits, success rate, average and P95 duration, each with its change; below
 * them time to first token, output speed and what tokens are made of.
 *
 * @summary Six figures of a project.
 * @slot back - a way back, shown where there is no such project
 * @csspart copy - the button that copies an identifier
 * @csspart figure - a figure
 * @csspart minor - a figure of speed or of parts of tokens, below the cards
 * @csspart project - name and DID of the project; hide it where the page shows them
 * @csspart stat - a card
 * @csspart stat-averageDuration - the card of the average duration
 * @csspart stat-calls - the card of calls
 * @csspart stat-cost - the card of money, in place of that of credits
 * @csspart stat-credits - the card of credits
 * @csspart stat-p95Duration - the card of the P95 duration
 * @csspart stat-successRate - the card of the success rate
 * @csspart stat-tokens - the card of tokens
 * @csspart stats - the grid of cards
 * @csspart title - the heading
 */
export class UsageProjectStats extends DataElement<ProjectStats> {
  static readonly tagName: string = 'usage-project-stats';
  static override properties: PropertyDeclarations = {
    appDid: { attribute: 'app-did' },
  };
  static override styles: CSSResultGroup = [
    DataElement.styles,
    statesStyles,
    logoStyles,
    controlStyles,
    statusFooterStyles,
    lowNoticeStyles,
    statsStyles,
    usageProjectStatsStyles,
  ];

  /** The project; no request is sent while it is missing. */
  appDid: string | undefined;

  readonly #copy = new CopyController(this);
  protected readonly query = new QueryController<ProjectStats>(this, () => {
    const { appDid } = this;
    if (!appDid) return null;
    return toRangeRequest(this, {
      route: 'projectStats',
      appDid,
      send: (range, options) => this.settings.client.getProjectStats(appDid, range, options),
    });
  });

  protected override render(): TemplateResult {
    const { localizer } = this;
    return html`<section
      class="frame"
      aria-label=${localizer.t(projectMessages.project)}
      aria-describedby="freshness"
    >
      ${renderBody(this, this.query, {
        inputProblem: checkProject(this),
        skeleton: () =>
          html`<div class="project">
              <span class="title"><span class="skeleton-block skeleton-large">&nbsp;</span></span>
              <span class="did"><span class="skeleton-block skeleton-label">&nbsp;</span></span>
            </div>
            ${renderStatSkeleton(6, false, 6)}`,
        ready: (stats) => {
          const view = toProjectStatsView(stats, localizer);
          return html`${this.#renderProject(view)}${renderStatCards(localizer, view.cards, describeFreshness(this, this.query), view.minor)}`;
        },
      })}
      ${renderStatusFooter(this, this.query)}
    </section>`;
  }

  #renderProject({ name, appDid, logoUrl }: ProjectStatsView): TemplateResult {
    const { t } = this.localizer;
    return html`<div class="project" part="project">
      ${toSafeUrl(logoUrl) === null ? nothing : renderLogo(logoUrl, name)}
      <div class="title" part="title" role="heading" aria-level=${this.headingLevel}>${name}</div>
      <span class="did"
        ><span class="mono" title=${appDid}>${shortenId(appDid)}</span> ${this.#copy.render(
          appDid,
          {
            copy: t(projectMessages.copyId, { id: appDid }),
            copied: t(projectMessages.copied),
          },
        )}</span
      >
    </div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'usage-project-stats': UsageProjectStats;
  }
}
