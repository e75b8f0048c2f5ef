export * from './contract/index.js';
export * from './payment-kit.js';
export * from './recorders.js';
export type { AdviceAlternative, AdviceOptions } from './advice/advice-options.js';
export {
  createRollupScheduler,
  createUsage,
  createUsageRouter,
  type UsageRouter,
} from './create-usage.js';
export type { Usage } from './usage.js';
export type { DatabaseOption } from './db/database.js';
export { usageMigrations, type UsageMigrationsOptions } from './db/migration-source.js';
export type {
  EmbedKey,
  EmbedOptions,
  EmbedScope,
  EmbedTokenRequest,
} from './http/embed/embed-options.js';
export type { ExportCreation, UsageExports } from './http/exports/create-exports.js';
export type { ExportFile } from './exports/start-export.js';
export { UsageError, type ErrorCode, type ErrorItem } from './errors.js';
export { aigneHubCalls, type AigneHubOptions } from './source/aigne-hub.js';
export type { UsageHealth } from './http/health/create-health.js';
export type { Readiness } from './http/health/readiness.js';
export type { Tracer, TraceSpan } from './runtime/tracing.js';
export type { NodeCallback } from './http/mounts/create-callback.js';
export type { WebHandler } from './http/mounts/create-handler.js';
export { buildOpenApiDocument } from './http/endpoints/openapi.js';
export type {
  ErrorContext,
  LimitOptions,
  RecorderOptions,
  ReplicaOptions,
  RollupOptions,
  RollupSchedulerOptions,
  UsageOptions,
} from './options/options.js';
export type { AlertControl } from './alerts/delivery/alert-control.js';
export type { AlertNotification } from './alerts/delivery/alert-notification.js';
export type {
  AlertChannelOptions,
  AlertWebhook,
  RollupAlertOptions,
} from './alerts/delivery/alert-options.js';
export type {
  AlertDelivery,
  DeliveryFilter,
  DeliveryStatus,
} from './alerts/outbox/delivery-report-store.js';
export type { DeliveryKey } from './alerts/outbox/delivery-store.js';
export type {
  LimitBudget,
  LimitCheck,
  LimitRequest,
  LimitReservation,
  ReserveRequest,
  UsageLimits,
} from './alerts/enforcement/usage-limits.js';
export type { MetricsRegistry } from './metrics/metrics.js';
export type { Authenticate, HostRequest, Identity } from './http/core/authenticate.js';
export type { CallColumns, CallTable, NumberColumn } from './source/call-table.js';
export type { Clock } from './runtime/clock.js';
export type { Logger } from './runtime/logger.js';
export type { ProjectDirectory, ProjectInfo } from './queries/project-directory.js';
export type { ProviderDirectory, ProviderInfo } from './queries/provider-directory.js';
export {
  staticQuota,
  type StaticLedgerEntry,
  type StaticQuotaOptions,
} from './quota/static-quota.js';
export type { RollupControl, RollupRange, RollupStatus } from './rollup/rollup-control.js';
export type { RollupLag } from './rollup/rollup-health.js';
export type { RollupReport } from './rollup/rollup-run.js';
export type { RollupScheduler } from './rollup/scheduler.js';
export type { RollupDifference, VerifyReport } from './rollup/verify-report.js';
export type { CallEnd, CallStart } from './recording/call-in-progress.js';
export type {
  RecordResult,
  CallRecorder,
  RunningCall,
  TrackedCall,
  TrackOptions,
} from './recording/call-recorder.js';
export {
  genaiPrices,
  type GenaiPricesModule,
  type GenaiPricesOptions,
} from './pricing/genai-prices.js';
export type {
  CallPrice,
  CallToPrice,
  PriceSource,
  PricingOptions,
} from './pricing/price-source.js';
export {
  priceTable,
  type Price,
  type PriceTable,
  type PriceTableEntry,
  type TokenPrices,
} from './pricing/price-table.js';
export type { CostByCurrency, RepriceReport, RepricedModel } from './reprice/reprice-report.js';
export type { EraseReport } from './erase/erase-user.js';
export type {
  AlertOptions,
  AlertRetentionOptions,
  HostRule,
  HostRules,
} from './alerts/alert-options.js';
export type { EvaluationReport } from './alerts/evaluate-user.js';
export type { HostAlerts, HostBudgets } from './alerts/host-alerts.js';
export type { InstantInput, StatsReader } from './queries/stats-service.js';
export type { CallWarning } from './recording/record-calls.js';
export type { WriteCounts } from './recording/call-write-store.js';
