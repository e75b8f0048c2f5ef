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
    height: [921, 851],
  },
  'usage-activity': { html: alone('usage-activity'), height: [493, 484] },
  'usage-advice': { html: alone('usage-advice'), height: [977, 847] },
  'usage-alerts': { html: alone('usage-alerts'), height: [713, 607] },
  'usage-budget': { html: alone('usage-budget'), height: [878, 791] },
  'usage-call-history': {
    html: alone('usage-call-history', `${PROJECT} page-size="10"`),
    height: [1551, 1556],
  },
  'usage-models': { html: alone('usage-models'), height: [468, 456] },
  'usage-overview': { html: alone('usage-overview'), height: [356, 304] },
  'usage-project-failures': { html: alone('usage-project-failures', PROJECT), height: [516, 472] },
  'usage-project-latency': { html: alone('usage-project-latency', PROJECT), height: [420, 440] },
  'usage-project-models': { html: alone('usage-project-models', PROJECT), height: [468, 456] },
  'usage-project-stats': { html: alone('usage-project-stats', PROJECT), height: [591, 657] },
  'usage-project-trends': { html: alone('usage-project-trends', PROJECT), height: [497, 443] },
  'usage-projects': {
    html: alone('usage-projects', 'project-href="#{appDid}" page-size="5"'),
    height: [449, 469],
  },
  'usage-quota': { html: alone('usage-quota'), height: [592, 419] },
  'usage-quota-details': {
    html: alone('usage-quota-details', 'page-size="5"'),
    height: [947, 881],
  },
  'usage-range-picker': {
    html: wrap('<usage-range-picker></usage-range-picker>\n<usage-overview></usage-overview>'),
    height: [404, 352],
  },
  'usage-trends': { html: alone('usage-trends'), height: [558, 527] },
};
