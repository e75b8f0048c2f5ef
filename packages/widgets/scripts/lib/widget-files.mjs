/** The files of a new element by name. Its template sends the query of the overview, to be replaced by its own. */
export function widgetFiles(tag, className, summary) {
  const styles = `${className[0].toLowerCase()}${className.slice(1)}Styles`;
  return {
    'define.ts': `import { UsageProvider } from '../../context/usage-provider.js';
import { ${className} } from './${tag}.js';

UsageProvider.define();
${className}.define();
`,
    [`${tag}.styles.ts`]: `import { css } from 'lit';

/** What is this element's alone. */
export const ${styles} = css\`
  .figure {
    font-weight: 600;
  }
\`;
`,
    [`${tag}.ts`]: elementFile(tag, className, styles, summary),
    [`${tag}.browser.test.ts`]: `import { html } from 'lit';
import { describeStates } from '../../../test/element-suite.js';

describeStates('${tag}', {
  render: () => html\`<${tag}></${tag}>\`,
  readyText: /\\d/,
  readyTextZh: /\\d/,
});
`,
    [`${tag}.stories.ts`]: storiesFile(tag, className),
  };
}

function elementImports(tag, styles) {
  return `import type { Overview } from '@usage-kit/server-sdk/contract';
import { html, type CSSResultGroup, type TemplateResult } from 'lit';
import { CardElement } from '../../base/card-element.js';
import { QueryController } from '../../controllers/query-controller.js';
import { toRangeRequest } from '../../controllers/range-query.js';
import { formatCount } from '../../format/number.js';
import { metricMessages } from '../../locales/en/metrics.js';
import { controlStyles } from '../../styles/controls.styles.js';
import { statusFooterStyles } from '../../styles/status-footer.styles.js';
import { statesStyles } from '../../styles/states.styles.js';
import { renderCard } from '../../templates/card.js';
import { checkRange } from '../../templates/input-problems.js';
import { renderBody } from '../../templates/states.js';
import { renderStatusFooter } from '../../templates/status-footer.js';
import { ${styles} } from './${tag}.styles.js';
`;
}

function elementFile(tag, className, styles, summary) {
  return `${elementImports(tag, styles)}
/**
 * ${summary}
 *
 * @summary ${summary}
 * @csspart figure - the figure
 */
export class ${className} extends CardElement<Overview> {
  static readonly tagName: string = '${tag}';
  static override styles: CSSResultGroup = [
    CardElement.styles,
    statesStyles,
    controlStyles,
    statusFooterStyles,
    ${styles},
  ];

  protected readonly query = new QueryController<Overview>(this, () =>
    toRangeRequest(this, {
      route: 'overview',
      send: (range, options) => this.settings.client.getOverview(range, options),
    }),
  );

  protected override render(): TemplateResult {
    const { t, formatters } = this.localizer;
    return renderCard(this, {
      title: t(metricMessages.calls),
      query: this.query,
      footer: renderStatusFooter,
      body: renderBody(this, this.query, {
        inputProblem: checkRange(this),
        skeleton: () => html\`<div class="skeleton skeleton-label">&nbsp;</div>\`,
        ready: ({ totals }) =>
          html\`<div class="figure" part="figure">\${formatCount(formatters, totals.calls)}</div>\`,
      }),
    });
  }
}

declare global {
  interface HTMLElementTagNameMap {
    '${tag}': ${className};
  }
}
`;
}

function storiesFile(tag, className) {
  const names = [
    'Ready',
    'Loading',
    'Failed',
    'FailedOverOldData',
    'SignedOut',
    'Forbidden',
    'RateLimited',
    'Offline',
    'OfflineOverOldData',
  ];
  const title = className.replace(/^Usage/, '').replace(/([a-z])([A-Z])/g, '$1 $2');
  return `import { html, type TemplateResult } from 'lit';
import { createStories } from '../../test-support/story.js';

export default { title: 'Elements/${title}', component: '${tag}' };

const render = (): TemplateResult => html\`<${tag}></${tag}>\`;
const stories = createStories(render);

${names.map((name) => `export const ${name} = stories.${name};`).join('\n')}
`;
}
