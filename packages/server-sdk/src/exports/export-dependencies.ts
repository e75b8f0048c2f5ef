import type { Database } from '../db/database.js';
import type { DescribeProjects } from '../queries/project-info.js';
import type { DescribeProviders } from '../queries/provider-info.js';
import type { QuotaService } from '../quota/quota-service.js';

/** What exports read, the same for every request. */
export interface ExportDependencies {
  database: Database;
  describe: DescribeProjects;
  describeProviders: DescribeProviders;
  quota: QuotaService;
}
