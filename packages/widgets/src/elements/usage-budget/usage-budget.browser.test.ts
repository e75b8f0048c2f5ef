import { html } from 'lit';
import { describeStates } from '../../../test/element-suite.js';

describeStates('usage-budget', {
  render: () => html`<usage-budget></usage-budget>`,
  readyText: /November.*602.00 of 750.00.*By Nov 30.* likely 838.60/,
  readyTextZh: /602.00 \/ 750.00/,
  emptyText: /No budgets/,
});
