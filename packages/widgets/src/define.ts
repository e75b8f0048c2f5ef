import { UsageProvider } from './context/usage-provider.js';
import { UsageCallHistory } from './elements/usage-call-history/usage-call-history.js';
import { UsageOverview } from './elements/usage-overview/usage-overview.js';
import { UsageProjectModels } from './elements/usage-project-models/usage-project-models.js';
import { UsageProjectStats } from './elements/usage-project-stats/usage-project-stats.js';
import { UsageProjectTrends } from './elements/usage-project-trends/usage-project-trends.js';
import { UsageProjects } from './elements/usage-projects/usage-projects.js';
import { UsageQuota } from './elements/usage-quota/usage-quota.js';
import { UsageQuotaDetails } from './elements/usage-quota-details/usage-quota-details.js';
import { UsageRangePicker } from './elements/usage-range-picker/usage-range-picker.js';
import { UsageTrends } from './elements/usage-trends/usage-trends.js';
import { UsageAdvice } from './elements/usage-advice/usage-advice.js';
import { UsageAlerts } from './elements/usage-alerts/usage-alerts.js';
import { UsageBudget } from './elements/usage-budget/usage-budget.js';
import { UsageModels } from './elements/usage-models/usage-models.js';
import { UsageActivity } from './elements/usage-activity/usage-activity.js';
import { UsageProjectLatency } from './elements/usage-project-latency/usage-project-latency.js';
import { UsageProjectFailures } from './elements/usage-project-failures/usage-project-failures.js';

// Separate calls, not imports of the define modules: shared ones would end up in a chunk, and bundlers drop the effects
// of files that package.json does not name.
for (const element of [
  UsageProvider,
  UsageCallHistory,
  UsageOverview,
  UsageProjectModels,
  UsageProjectStats,
  UsageProjectTrends,
  UsageProjects,
  UsageQuota,
  UsageQuotaDetails,
  UsageRangePicker,
  UsageTrends,
  UsageAdvice,
  UsageAlerts,
  UsageBudget,
  UsageModels,
  UsageActivity,
  UsageProjectLatency,
  UsageProjectFailures,
]) {
  element.define();
}
