export * from './pages/dashboard/dashboard-page.js';
export * from './pages/project/project-detail-page.js';
export * from './provider/usage-provider.js';
export * from './provider/usage-range.js';
export * from './routes.js';
export * from './theme/mui-bridge.js';
export * from './theme/to-usage-tokens.js';
export * from './wrappers/index.js';
