/** Of each element with data, a text that it shows once the fixtures are loaded. */
export const READY_TEXTS: Readonly<Record<string, RegExp>> = {
  'usage-quota': /8,412\.56/,
  'usage-overview': /Success rate/,
  'usage-trends': /By day/,
  'usage-projects': /Customer support assistant/,
  'usage-quota-details': /2 entries · 350 calls/,
  'usage-project-stats': /P95 duration/,
  'usage-project-trends': /Average duration/,
  'usage-project-models': /gpt-5-mini/,
  'usage-call-history': /Success/,
  'usage-models': /gpt-5-mini/,
  'usage-activity': /Highest: Tuesday/,
  'usage-project-latency': /9\.12s/,
  'usage-project-failures': /Rate limit/,
  'usage-advice': /would have cost \$167\.30 less/,
  // Some pages give every element a project, of which there is a rule and no budget.
  'usage-alerts': /Daily spending/,
  'usage-budget': /November|No budgets yet/,
};
