/**
 * The live example of each element: what is shown, and the code below it.
 *
 * `height` is about what it takes, in CSS pixels on a phone and on a wide page, so that nothing moves when it is there;
 * `npm run site:measure` says how far a page moves.
 */
const PROJECT = 'app-did="zNKqGnLrGHZ9tcSFmz2rQTGBm1JBnKJWGWwe"';

const wrap = (inner) => `<usage-provider base-url="/api/usage">
${inner
  .split('\n')
  .map((line) => `  ${line}`)
  .join('\n')}
</usage-provider>`;

const alone = (tag, attributes = '') => {
  const open = attributes === '' ? tag : `${tag} ${attributes}`;
  return wrap(`<${open}></${tag}>`);
};

export const EXAMPLES = {
  'usage-provider': {
    html: wrap(
      '<usage-range-picker></usage-range-picker>\n<usage-overview></usage-overview>\n<usage-trends hide-range></usage-trends>',
    ),
    height: [1100, 760],
  },
  'usage-activity': { html: alone('usage-activity'), height: [520, 480] },
  'usage-advice': { html: alone('usage-advice'), height: [700, 480] },
  'usage-alerts': { html: alone('usage-alerts'), height: [900, 640] },
  'usage-budget': { html: alone('usage-budget'), height: [900, 640] },
  'usage-call-history': {
    html: alone('usage-call-history', `${PROJECT} page-size="10"`),
    height: [900, 760],
  },
  'usage-models': { html: alone('usage-models'), height: [520, 400] },
  'usage-overview': { html: alone('usage-overview'), height: [520, 180] },
  'usage-project-failures': { html: alone('usage-project-failures', PROJECT), height: [600, 460] },
  'usage-project-latency': { html: alone('usage-project-latency', PROJECT), height: [480, 440] },
  'usage-project-models': { html: alone('usage-project-models', PROJECT), height: [520, 400] },
  'usage-project-stats': { html: alone('usage-project-stats', PROJECT), height: [760, 400] },
  'usage-project-trends': { html: alone('usage-project-trends', PROJECT), height: [520, 460] },
  'usage-projects': {
    html: alone('usage-projects', 'project-href="#{appDid}" page-size="5"'),
    height: [560, 480],
  },
  'usage-quota': { html: alone('usage-quota'), height: [440, 300] },
  'usage-quota-details': {
    html: alone('usage-quota-details', 'page-size="5"'),
    height: [640, 460],
  },
  'usage-range-picker': {
    html: wrap('<usage-range-picker></usage-range-picker>\n<usage-overview></usage-overview>'),
    height: [600, 260],
  },
  'usage-trends': { html: alone('usage-trends'), height: [520, 480] },
};
