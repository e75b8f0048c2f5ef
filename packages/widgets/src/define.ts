import './context/usage-provider.define.js';
import './elements/usage-overview/usage-overview.define.js';
import './elements/usage-quota/usage-quota.define.js';
