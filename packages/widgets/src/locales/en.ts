/**
 * English texts; their names are the keys of every language. `{name}` is replaced by a parameter.
 *
 * One constant each, so that a bundle holds the texts of the elements it holds and no others.
 */

// Shared
export const retry = { key: 'retry', en: 'Try again' } as const;
export const loading = { key: 'loading', en: 'Loading…' } as const;
export const refreshing = { key: 'refreshing', en: 'Refreshing…' } as const;
export const updatedAt = { key: 'updatedAt', en: 'Updated {time}' } as const;
export const requestId = { key: 'requestId', en: 'Request ID {id}' } as const;
export const copy = { key: 'copy', en: 'Copy' } as const;
export const copied = { key: 'copied', en: 'Copied' } as const;
export const unknown = { key: 'unknown', en: 'Not known' } as const;
export const previousPage = { key: 'previousPage', en: 'Previous page' } as const;
export const nextPage = { key: 'nextPage', en: 'Next page' } as const;
export const pageOf = { key: 'pageOf', en: '{from}–{to} of {total}' } as const;
export const filters = { key: 'filters', en: 'Filters' } as const;
export const all = { key: 'all', en: 'All' } as const;
export const soFar = { key: 'soFar', en: 'so far' } as const;
export const unfinishedBucket = {
  key: 'unfinishedBucket',
  en: 'Dashed or light: not finished yet',
} as const;
export const viewTable = { key: 'viewTable', en: 'View as table' } as const;
export const viewChart = { key: 'viewChart', en: 'View as chart' } as const;
export const otherModels = { key: 'otherModels', en: 'Other ({count})' } as const;
export const unassignedProject = { key: 'unassignedProject', en: 'Unassigned' } as const;

// States
export const errorTitle = { key: 'errorTitle', en: 'This could not be loaded' } as const;
export const errorNetwork = {
  key: 'errorNetwork',
  en: 'The usage service cannot be reached.',
} as const;
export const errorTimeout = {
  key: 'errorTimeout',
  en: 'The usage service took too long to answer.',
} as const;
export const errorServer = {
  key: 'errorServer',
  en: 'The usage service has a problem. It is not your fault.',
} as const;
export const errorBadRequest = {
  key: 'errorBadRequest',
  en: 'The usage service did not understand the request: {detail}',
} as const;
export const errorSettings = {
  key: 'errorSettings',
  en: 'The page has set this up wrong: {detail}.',
} as const;
export const signedOutTitle = { key: 'signedOutTitle', en: 'You are signed out' } as const;
export const signedOutText = { key: 'signedOutText', en: 'Sign in to see your usage.' } as const;
export const forbiddenTitle = { key: 'forbiddenTitle', en: 'No access' } as const;
export const forbiddenText = {
  key: 'forbiddenText',
  en: 'Your account is not allowed to see this. Ask an administrator.',
} as const;
export const notFoundTitle = { key: 'notFoundTitle', en: 'No such project' } as const;
export const notFoundText = {
  key: 'notFoundText',
  en: 'It may have another address, or you have not made a call through it yet.',
} as const;
export const rateLimitedTitle = { key: 'rateLimitedTitle', en: 'Too many requests' } as const;
export const rateLimitedText = {
  key: 'rateLimitedText',
  en: 'The usage service asked us to wait.',
} as const;
export const offlineTitle = { key: 'offlineTitle', en: 'You are offline' } as const;
export const offlineText = {
  key: 'offlineText',
  en: 'This loads as soon as you are connected again.',
} as const;
export const retryingAt = { key: 'retryingAt', en: 'Next try at {time}' } as const;
export const missingProjectTitle = { key: 'missingProjectTitle', en: 'No project chosen' } as const;
export const missingProjectText = {
  key: 'missingProjectText',
  en: 'Set the app-did attribute of this element.',
} as const;
export const invalidRangeTitle = {
  key: 'invalidRangeTitle',
  en: 'This range cannot be read',
} as const;
export const invalidRangeText = { key: 'invalidRangeText', en: 'Choose another range.' } as const;
export const staleError = {
  key: 'staleError',
  en: 'Cannot refresh. Showing data from {age}.',
} as const;
export const staleOffline = {
  key: 'staleOffline',
  en: 'Offline. Showing data from {age}.',
} as const;
export const staleSignedOut = {
  key: 'staleSignedOut',
  en: 'Signed out. Showing data from {age}.',
} as const;
export const momentAgo = { key: 'momentAgo', en: 'a moment ago' } as const;

// Polling
export const pollMenu = { key: 'pollMenu', en: 'Automatic refresh' } as const;
export const pollChooseNormal = { key: 'pollChooseNormal', en: 'Normal' } as const;
export const pollChooseSlow = { key: 'pollChooseSlow', en: 'Slower' } as const;
export const pollChoosePaused = { key: 'pollChoosePaused', en: 'Paused' } as const;

// Figures
export const calls = { key: 'calls', en: 'Calls' } as const;
export const tokens = { key: 'tokens', en: 'Tokens' } as const;
export const credits = { key: 'credits', en: 'Credits' } as const;
export const successRate = { key: 'successRate', en: 'Success rate' } as const;
export const averageDuration = { key: 'averageDuration', en: 'Average duration' } as const;
export const p95Duration = { key: 'p95Duration', en: 'P95 duration' } as const;
export const inputTokens = { key: 'inputTokens', en: 'Input tokens' } as const;
export const outputTokens = { key: 'outputTokens', en: 'Output tokens' } as const;
export const successfulCalls = { key: 'successfulCalls', en: 'Successful' } as const;
export const failedCalls = { key: 'failedCalls', en: 'Failed' } as const;
export const noFinishedCalls = {
  key: 'noFinishedCalls',
  en: 'No call has finished in this range',
} as const;
export const noDurationSamples = {
  key: 'noDurationSamples',
  en: 'No successful call in this range',
} as const;
export const creditsUnknown = {
  key: 'creditsUnknown',
  en: 'The cost of this call is not known',
} as const;
export const durationUnknown = { key: 'durationUnknown', en: 'This call has not ended' } as const;
export const durationNotRecorded = {
  key: 'durationNotRecorded',
  en: 'The duration was not recorded',
} as const;
export const tokensAllUnknown = {
  key: 'tokensAllUnknown',
  en: 'The tokens of these calls are not known',
} as const;
export const creditsAllUnknown = {
  key: 'creditsAllUnknown',
  en: 'The cost of these calls is not known',
} as const;
export const partlyUnknown = {
  key: 'partlyUnknown',
  en: '{count} of {total} unknown',
} as const;
export const tokensPartlyUnknown = {
  key: 'tokensPartlyUnknown',
  en: {
    one: '{count} of {total} calls has no known tokens',
    other: '{count} of {total} calls have no known tokens',
  },
} as const;
export const creditsPartlyUnknown = {
  key: 'creditsPartlyUnknown',
  en: {
    one: '{count} of {total} calls has no known cost',
    other: '{count} of {total} calls have no known cost',
  },
} as const;
export const tokensUnknown = { key: 'tokensUnknown', en: 'No tokens were recorded' } as const;
export const vsPrevious = { key: 'vsPrevious', en: 'vs. previous period' } as const;
export const changePoints = { key: 'changePoints', en: '{points} pts' } as const;
export const previousWas = { key: 'previousWas', en: 'Previous period: {value}' } as const;
export const noPrevious = { key: 'noPrevious', en: 'No earlier period to compare with' } as const;

// Quota
export const quota = { key: 'quota', en: 'Credits' } as const;
export const quotaRemaining = { key: 'quotaRemaining', en: 'Remaining' } as const;
export const quotaUsed = { key: 'quotaUsed', en: 'Used' } as const;
export const quotaTotal = { key: 'quotaTotal', en: 'Total' } as const;
export const quotaMeter = { key: 'quotaMeter', en: '{percent} of your credits are left' } as const;
export const quotaPercentLeft = { key: 'quotaPercentLeft', en: '{percent} left' } as const;
export const quotaUnlimited = { key: 'quotaUnlimited', en: 'Unlimited' } as const;
export const quotaUnlimitedText = {
  key: 'quotaUnlimitedText',
  en: 'Your use is counted but not limited.',
} as const;
export const quotaUnavailable = { key: 'quotaUnavailable', en: 'Balance not available' } as const;
export const quotaUnavailableText = {
  key: 'quotaUnavailableText',
  en: 'The payment system does not answer, and no earlier balance is known.',
} as const;
export const quotaNoAccountText = {
  key: 'quotaNoAccountText',
  en: 'The payment system has no account for you yet.',
} as const;
export const quotaStale = {
  key: 'quotaStale',
  en: 'The payment system does not answer. Values from {age}.',
} as const;
export const quotaPending = { key: 'quotaPending', en: 'Pending' } as const;
export const quotaPendingHint = {
  key: 'quotaPendingHint',
  en: 'Use that is reported and not yet taken from the balance',
} as const;
export const quotaOverdue = { key: 'quotaOverdue', en: 'Overdue' } as const;
export const quotaOverdueHint = {
  key: 'quotaOverdueHint',
  en: 'Use that the balance did not cover',
} as const;
export const quotaRunway = { key: 'quotaRunway', en: 'Days remaining' } as const;
export const runwayDays = {
  key: 'runwayDays',
  en: { one: '{days} day', other: '{days} days' },
} as const;
export const runwayInterval = {
  key: 'runwayInterval',
  en: 'Likely {earliest} to {latest} days, until about {date}',
} as const;
export const runwayAtLeast = {
  key: 'runwayAtLeast',
  en: 'At least {earliest} days, until about {date}',
} as const;
export const runwayLikely = {
  key: 'runwayLikely',
  en: {
    one: 'Likely {days} day, until about {date}',
    other: 'Likely {days} days, until about {date}',
  },
} as const;
export const runwayLong = { key: 'runwayLong', en: 'More than 10 years' } as const;
export const runwayBasis = {
  key: 'runwayBasis',
  en: {
    one: 'At {average} a day, from {days} day of use',
    other: 'At {average} a day, averaged over {days} days',
  },
} as const;
export const runwayNotEnoughData = {
  key: 'runwayNotEnoughData',
  en: 'Not enough use yet to estimate',
} as const;
export const runwayNoRecentUse = {
  key: 'runwayNoRecentUse',
  en: 'No recent use, so nothing runs out',
} as const;
export const runwayDepleted = { key: 'runwayDepleted', en: 'Nothing left' } as const;
export const runwayUnlimited = { key: 'runwayUnlimited', en: 'No limit' } as const;
export const sparklineLabel = {
  key: 'sparklineLabel',
  en: 'Credits used in each of the last 7 days: {values}',
} as const;
export const sparklineTitle = { key: 'sparklineTitle', en: 'Last 7 days' } as const;
export const topUp = { key: 'topUp', en: 'Auto top-up' } as const;
export const topUpOnce = { key: 'topUpOnce', en: 'Top up' } as const;
export const topUpOff = { key: 'topUpOff', en: 'Off' } as const;
export const topUpOn = { key: 'topUpOn', en: 'On under {threshold}' } as const;
export const billing = { key: 'billing', en: 'Billing' } as const;

// Overview
export const overview = { key: 'overview', en: 'Overview' } as const;
export const overviewEmptyTitle = {
  key: 'overviewEmptyTitle',
  en: 'No calls in this range',
} as const;
export const overviewEmptyText = {
  key: 'overviewEmptyText',
  en: 'Your first call to a model shows up here within seconds.',
} as const;
export const overviewProjects = {
  key: 'overviewProjects',
  en: { one: '{count} project', other: '{count} projects' },
} as const;
export const overviewTokens = {
  key: 'overviewTokens',
  en: '{input} input · {output} output',
} as const;
export const overviewCreditsPerCall = {
  key: 'overviewCreditsPerCall',
  en: '{credits} per call',
} as const;
export const overviewOutcomes = {
  key: 'overviewOutcomes',
  en: '{successful} successful · {failed} failed',
} as const;
export const overviewModels = {
  key: 'overviewModels',
  en: { one: '{count} model', other: '{count} models' },
} as const;

// Trends
export const trends = { key: 'trends', en: 'Trend' } as const;
export const trendMetric = { key: 'trendMetric', en: 'Figure' } as const;
export const trendSummary = {
  key: 'trendSummary',
  en: '{metric} from {from} to {to}. Highest {max} ({maxAt}), lowest {min} ({minAt}).',
} as const;
export const trendSummaryEmpty = {
  key: 'trendSummaryEmpty',
  en: '{metric} from {from} to {to}: no data.',
} as const;
export const trendKeys = {
  key: 'trendKeys',
  en: 'Use the arrow keys to read each point.',
} as const;
export const trendEmptyTitle = { key: 'trendEmptyTitle', en: 'No calls in this range' } as const;
export const trendEmptyText = {
  key: 'trendEmptyText',
  en: 'Choose a longer range to see earlier calls.',
} as const;
export const trendBucket = { key: 'trendBucket', en: 'Time' } as const;
export const callsAndDuration = { key: 'callsAndDuration', en: 'Calls and duration' } as const;
export const granularityHour = { key: 'granularityHour', en: 'By hour' } as const;
export const granularityDay = { key: 'granularityDay', en: 'By day' } as const;

// Projects
export const projects = { key: 'projects', en: 'Projects' } as const;
export const project = { key: 'project', en: 'Project' } as const;
export const lastCall = { key: 'lastCall', en: 'Last call' } as const;
export const searchProjects = { key: 'searchProjects', en: 'Search projects' } as const;
export const searchProjectsHint = { key: 'searchProjectsHint', en: 'Name or DID' } as const;
export const projectsEmptyTitle = {
  key: 'projectsEmptyTitle',
  en: 'No projects in this range',
} as const;
export const projectsEmptyText = {
  key: 'projectsEmptyText',
  en: 'A project appears with its first call to a model.',
} as const;
export const projectsNoMatchTitle = {
  key: 'projectsNoMatchTitle',
  en: 'No project matches',
} as const;
export const projectsNoMatchText = {
  key: 'projectsNoMatchText',
  en: 'Nothing is named like “{search}”.',
} as const;
export const sortBy = { key: 'sortBy', en: 'Sort by' } as const;
export const sortAscending = { key: 'sortAscending', en: 'Ascending' } as const;
export const sortDescending = { key: 'sortDescending', en: 'Descending' } as const;

// Quota details
export const quotaDetails = { key: 'quotaDetails', en: 'Credit history' } as const;
export const ledgerTime = { key: 'ledgerTime', en: 'Time' } as const;
export const ledgerKind = { key: 'ledgerKind', en: 'Kind' } as const;
export const ledgerAmount = { key: 'ledgerAmount', en: 'Amount' } as const;
export const ledgerBalance = { key: 'ledgerBalance', en: 'Balance' } as const;
export const ledgerDescription = { key: 'ledgerDescription', en: 'For' } as const;
export const ledgerExpires = { key: 'ledgerExpires', en: 'Expires' } as const;
export const kindGrant = { key: 'kindGrant', en: 'Grant' } as const;
export const kindConsumption = { key: 'kindConsumption', en: 'Use' } as const;
export const kindAdjustment = { key: 'kindAdjustment', en: 'Adjustment' } as const;
export const kindExpiration = { key: 'kindExpiration', en: 'Expiry' } as const;
export const balanceUnknown = {
  key: 'balanceUnknown',
  en: 'The balance after this row is not known',
} as const;
export const neverExpires = { key: 'neverExpires', en: 'Does not expire' } as const;
export const ledgerEmptyTitle = { key: 'ledgerEmptyTitle', en: 'Nothing here yet' } as const;
export const ledgerEmptyText = {
  key: 'ledgerEmptyText',
  en: 'Grants, use and expiry of credits are listed here.',
} as const;
export const ledgerExplained = {
  key: 'ledgerExplained',
  en: 'All rows add up to the balance of {balance}.',
} as const;
export const ledgerPending = {
  key: 'ledgerPending',
  en: 'All rows add up to {rows}; with {pending} pending, that is the balance of {balance}.',
} as const;
export const ledgerUnexplained = {
  key: 'ledgerUnexplained',
  en: 'The balance is {balance}; no row explains {unexplained} of it.',
} as const;
export const ledgerNoMatchText = {
  key: 'ledgerNoMatchText',
  en: 'There is no row of this kind.',
} as const;

// Project models
export const models = { key: 'models', en: 'Models' } as const;
export const model = { key: 'model', en: 'Model' } as const;
export const share = { key: 'share', en: 'Share' } as const;
export const modelsSummary = {
  key: 'modelsSummary',
  en: 'Share of calls by model: {values}',
} as const;
export const modelsEmptyTitle = { key: 'modelsEmptyTitle', en: 'No calls in this range' } as const;
export const modelsEmptyText = {
  key: 'modelsEmptyText',
  en: 'The models in use are shown here.',
} as const;

// Call history
export const callHistory = { key: 'callHistory', en: 'Calls' } as const;
export const callTime = { key: 'callTime', en: 'Time' } as const;
export const callStatus = { key: 'callStatus', en: 'Status' } as const;
export const callId = { key: 'callId', en: 'ID' } as const;
export const callType = { key: 'callType', en: 'Type' } as const;
export const callDuration = { key: 'callDuration', en: 'Duration' } as const;
export const statusSuccess = { key: 'statusSuccess', en: 'Success' } as const;
export const statusFailed = { key: 'statusFailed', en: 'Failed' } as const;
export const statusProcessing = { key: 'statusProcessing', en: 'Running' } as const;
export const typeChatCompletion = { key: 'typeChatCompletion', en: 'Chat' } as const;
export const typeEmbedding = { key: 'typeEmbedding', en: 'Embedding' } as const;
export const typeImageGeneration = { key: 'typeImageGeneration', en: 'Image' } as const;
export const typeAudioGeneration = { key: 'typeAudioGeneration', en: 'Audio' } as const;
export const typeVideo = { key: 'typeVideo', en: 'Video' } as const;
export const typeCustom = { key: 'typeCustom', en: 'Custom' } as const;
export const slow = { key: 'slow', en: 'Slow' } as const;
export const newCalls = {
  key: 'newCalls',
  en: { one: '{count} new call', other: '{count} new calls' },
} as const;
export const manyNewCalls = { key: 'manyNewCalls', en: 'More than {count} new calls' } as const;
export const callsTotal = {
  key: 'callsTotal',
  en: { one: '{count} call', other: '{count} calls' },
} as const;
/** Of a search that did not look at everything yet. */
export const callsSoFar = {
  key: 'callsSoFar',
  en: { one: '{count} call found so far', other: '{count} calls found so far' },
} as const;
export const loadMore = { key: 'loadMore', en: 'Load more' } as const;
export const loadMoreFailed = {
  key: 'loadMoreFailed',
  en: 'The next calls could not be loaded.',
} as const;
export const callsEmptyTitle = { key: 'callsEmptyTitle', en: 'No calls in this range' } as const;
export const callsEmptyText = {
  key: 'callsEmptyText',
  en: 'New calls appear here by themselves.',
} as const;
export const callsNoMatchTitle = { key: 'callsNoMatchTitle', en: 'No call matches' } as const;
export const callsNoMatchText = {
  key: 'callsNoMatchText',
  en: 'Remove a filter to see more.',
} as const;
export const clearFilters = { key: 'clearFilters', en: 'Clear filters' } as const;
export const showDetails = { key: 'showDetails', en: 'Details of call {id}' } as const;
export const copyId = { key: 'copyId', en: 'Copy ID {id}' } as const;
export const errorReason = { key: 'errorReason', en: 'Error' } as const;
export const metadata = { key: 'metadata', en: 'Metadata' } as const;
export const provider = { key: 'provider', en: 'Provider' } as const;
export const traceId = { key: 'traceId', en: 'Trace ID' } as const;
export const timeToFirstByte = { key: 'timeToFirstByte', en: 'Time to first byte' } as const;
export const units = { key: 'units', en: 'Units' } as const;

// Range picker
export const range = { key: 'range', en: 'Range' } as const;
export const rangeDays = {
  key: 'rangeDays',
  en: { one: '{count} day', other: '{count} days' },
} as const;
export const rangeCustom = { key: 'rangeCustom', en: 'Custom' } as const;
export const rangeFrom = { key: 'rangeFrom', en: 'From' } as const;
export const rangeTo = { key: 'rangeTo', en: 'To (included)' } as const;
export const rangeApply = { key: 'rangeApply', en: 'Apply' } as const;
export const rangeInvalid = {
  key: 'rangeInvalid',
  en: 'The first day must not be after the last.',
} as const;
export const rangeTooLong = { key: 'rangeTooLong', en: 'At most {days} days.' } as const;
