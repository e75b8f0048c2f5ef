import { html } from 'lit';
import { describeStates } from '../../../test/element-suite.js';

describeStates('usage-alerts', {
  render: () => html`<usage-alerts></usage-alerts>`,
  readyText: /Failing calls Firing.*Error rate 8.7%/,
  readyTextZh: /Failing calls 告警中/,
  emptyText: /No alerts yet/,
});
