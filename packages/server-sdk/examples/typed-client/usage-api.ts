export interface paths {
  '/quota': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** What the user has left, and how long it lasts */
    get: operations['quota'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/overview': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Totals of a range, with the range before */
    get: operations['overview'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/projects': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** The projects called through in a range */
    get: operations['projects'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/trends': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Calls over time */
    get: operations['trends'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/models': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Calls of all projects by model */
    get: operations['models'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/activity': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Calls by weekday and hour */
    get: operations['activity'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/projects/{appDid}/stats': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** One project's totals */
    get: operations['projectStats'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/projects/{appDid}/trends': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** One project's calls over time */
    get: operations['projectTrends'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/projects/{appDid}/models': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** One project's calls by model */
    get: operations['projectModels'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/projects/{appDid}/latency': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** How one project's durations are distributed */
    get: operations['projectLatency'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/projects/{appDid}/failures': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** One project's failed calls by reason */
    get: operations['projectFailures'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/projects/{appDid}/calls': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** One project's calls, one by one */
    get: operations['projectCalls'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/quota-details': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** The ledger behind the quota */
    get: operations['quotaDetails'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/advice': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** What could be saved, with the arithmetic and the calls behind it */
    get: operations['advice'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/alerts': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Alert rules with their states and histories */
    get: operations['alerts'];
    put?: never;
    /** Makes an alert rule */
    post: operations['createAlert'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/budgets': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Budgets with what is spent, and a projection to the end of their period */
    get: operations['budgets'];
    put?: never;
    /** Makes a budget */
    post: operations['createBudget'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/alerts/{ruleId}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    post?: never;
    /** Deletes an alert rule of the user */
    delete: operations['deleteAlert'];
    options?: never;
    head?: never;
    /** Changes an alert rule of the user */
    patch: operations['changeAlert'];
    trace?: never;
  };
  '/alerts/{ruleId}/acknowledge': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Acknowledges what a rule or a budget has fired */
    post: operations['acknowledgeAlert'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/alerts/{ruleId}/snooze': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Keeps events of a rule or a budget in its history alone for a while */
    post: operations['snoozeAlert'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/budgets/{ruleId}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    post?: never;
    /** Deletes a budget of the user */
    delete: operations['deleteBudget'];
    options?: never;
    head?: never;
    /** Changes a budget of the user */
    patch: operations['changeBudget'];
    trace?: never;
  };
  '/advice/{adviceId}/dismiss': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Hides an advice */
    post: operations['dismissAdvice'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/advice/{adviceId}/done': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Says that an advice was followed, so that what it saves is measured */
    post: operations['finishAdvice'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/advice/{adviceId}/reopen': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Takes back that an advice was dismissed or done */
    post: operations['reopenAdvice'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/exports/calls': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** A file with calls, one by one */
    get: operations['callsExport'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/exports/projects': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** A file with the projects called through in a range */
    get: operations['projectsExport'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/exports/trends': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** A file with calls over time */
    get: operations['trendsExport'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/exports/models': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** A file with calls by model */
    get: operations['modelsExport'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/exports/ledger': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** A file with the ledger behind the quota */
    get: operations['ledgerExport'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
}
export type webhooks = Record<string, never>;
export interface components {
  schemas: {
    Quota: {
      /** @enum {string} */
      status: 'ok' | 'unlimited' | 'unavailable';
      /** @description Why the amounts are not known; null when they are */
      reason: ('noAccount' | 'noAnswer' | 'noProvider') | null;
      currency: {
        symbol: string;
        name: string;
        decimal: number;
      } | null;
      total: string | null;
      used: string | null;
      remaining: string | null;
      pending: string | null;
      overdue: string | null;
      runway: {
        /** @enum {string} */
        status: 'estimated' | 'notEnoughData' | 'noRecentUse' | 'depleted' | 'unlimited';
        days: number | null;
        earliestDays: number | null;
        latestDays: number | null;
        depletesOn: string | null;
        dailyAverage: string | null;
        basedOnDays: number;
      };
      recentDays: {
        /**
         * Format: date-time
         * @description RFC 3339 instant in UTC
         */
        start: string;
        /** @description Exact decimal number as text */
        credits: string;
      }[];
      autoRecharge: {
        enabled: boolean;
        threshold: string | null;
        creditsPerPurchase: string | null;
      } | null;
      topUpUrl: string | null;
      billingUrl: string | null;
      /** @description Set when the payment system does not answer and this is what it last said */
      stale: {
        /**
         * Format: date-time
         * @description RFC 3339 instant in UTC
         */
        since: string;
        ageSeconds: number;
      } | null;
      freshness: {
        /**
         * Format: date-time
         * @description When the answer was computed
         */
        asOf: string;
        /** @description How far the pre-aggregates reach */
        rolledUpThrough: string | null;
        /**
         * Format: date-time
         * @description Calls before it are archived: they count, by whole UTC hours, and are not listed
         */
        archivedBefore?: string;
      };
    };
    Overview: {
      totals: {
        /** @description Calls that started in the range, processing ones included */
        calls: number;
        successfulCalls: number;
        failedCalls: number;
        processingCalls: number;
        /** @description successful / (successful + failed); null when nothing has finished */
        successRate: number | null;
        inputTokens: number | null;
        outputTokens: number | null;
        /** @description Of the calls whose tokens are known; null when calls were made and none is */
        totalTokens: number | null;
        /** @description Part of inputTokens; null when no call reported it, as the next two */
        cachedInputTokens: number | null;
        /** @description Part of inputTokens */
        cacheWriteTokens: number | null;
        /** @description Part of outputTokens */
        reasoningTokens: number | null;
        /** @description Cached / input tokens of the calls that reported cached tokens */
        cacheShare: number | null;
        /** @description Calls that reported cached tokens */
        cacheSamples: number;
        /** @description Of the calls whose credits are known; null when calls were made and none are */
        credits: string | null;
        /** @description Money: of the calls whose cost is known; null when calls were made and none is */
        cost: string | null;
        /** @description ISO 4217 code */
        currency: string;
        /** @description Mean over successful calls */
        averageDurationMs: number | null;
        /** @description 95th percentile over successful calls, within 1 % */
        p95DurationMs: number | null;
        /** @description Successful calls with a duration */
        durationSamples: number;
        /** @description Mean time to the first byte over successful calls */
        averageTtfbMs: number | null;
        /** @description 95th percentile of the time to the first byte, within 1 % */
        p95TtfbMs: number | null;
        /** @description Successful calls with a time to the first byte */
        ttfbSamples: number;
        /** @description Output tokens / seconds after the first byte of the calls with both */
        outputTokensPerSecond: number | null;
        /** @description Finished, token-metered calls without known total tokens */
        unknownTokenCalls: number;
        /** @description Finished calls without known credits */
        unknownCreditCalls: number;
        /** @description Finished calls without a known cost in the currency */
        unpricedCalls: number;
      };
      previous: {
        /** @description Calls that started in the range, processing ones included */
        calls: number;
        successfulCalls: number;
        failedCalls: number;
        processingCalls: number;
        /** @description successful / (successful + failed); null when nothing has finished */
        successRate: number | null;
        inputTokens: number | null;
        outputTokens: number | null;
        /** @description Of the calls whose tokens are known; null when calls were made and none is */
        totalTokens: number | null;
        /** @description Part of inputTokens; null when no call reported it, as the next two */
        cachedInputTokens: number | null;
        /** @description Part of inputTokens */
        cacheWriteTokens: number | null;
        /** @description Part of outputTokens */
        reasoningTokens: number | null;
        /** @description Cached / input tokens of the calls that reported cached tokens */
        cacheShare: number | null;
        /** @description Calls that reported cached tokens */
        cacheSamples: number;
        /** @description Of the calls whose credits are known; null when calls were made and none are */
        credits: string | null;
        /** @description Money: of the calls whose cost is known; null when calls were made and none is */
        cost: string | null;
        /** @description ISO 4217 code */
        currency: string;
        /** @description Mean over successful calls */
        averageDurationMs: number | null;
        /** @description 95th percentile over successful calls, within 1 % */
        p95DurationMs: number | null;
        /** @description Successful calls with a duration */
        durationSamples: number;
        /** @description Mean time to the first byte over successful calls */
        averageTtfbMs: number | null;
        /** @description 95th percentile of the time to the first byte, within 1 % */
        p95TtfbMs: number | null;
        /** @description Successful calls with a time to the first byte */
        ttfbSamples: number;
        /** @description Output tokens / seconds after the first byte of the calls with both */
        outputTokensPerSecond: number | null;
        /** @description Finished, token-metered calls without known total tokens */
        unknownTokenCalls: number;
        /** @description Finished calls without known credits */
        unknownCreditCalls: number;
        /** @description Finished calls without a known cost in the currency */
        unpricedCalls: number;
      } | null;
      activeProjects: number;
      activeModels: number;
      byType: {
        /** @enum {string} */
        type:
          | 'chatCompletion'
          | 'embedding'
          | 'imageGeneration'
          | 'audioGeneration'
          | 'video'
          | 'custom';
        /** @description Calls that started in the range, processing ones included */
        calls: number;
        successfulCalls: number;
        failedCalls: number;
        processingCalls: number;
        /** @description successful / (successful + failed); null when nothing has finished */
        successRate: number | null;
        inputTokens: number | null;
        outputTokens: number | null;
        /** @description Of the calls whose tokens are known; null when calls were made and none is */
        totalTokens: number | null;
        /** @description Part of inputTokens; null when no call reported it, as the next two */
        cachedInputTokens: number | null;
        /** @description Part of inputTokens */
        cacheWriteTokens: number | null;
        /** @description Part of outputTokens */
        reasoningTokens: number | null;
        /** @description Cached / input tokens of the calls that reported cached tokens */
        cacheShare: number | null;
        /** @description Calls that reported cached tokens */
        cacheSamples: number;
        /** @description Of the calls whose credits are known; null when calls were made and none are */
        credits: string | null;
        /** @description Money: of the calls whose cost is known; null when calls were made and none is */
        cost: string | null;
        /** @description ISO 4217 code */
        currency: string;
        /** @description Mean over successful calls */
        averageDurationMs: number | null;
        /** @description 95th percentile over successful calls, within 1 % */
        p95DurationMs: number | null;
        /** @description Successful calls with a duration */
        durationSamples: number;
        /** @description Mean time to the first byte over successful calls */
        averageTtfbMs: number | null;
        /** @description 95th percentile of the time to the first byte, within 1 % */
        p95TtfbMs: number | null;
        /** @description Successful calls with a time to the first byte */
        ttfbSamples: number;
        /** @description Output tokens / seconds after the first byte of the calls with both */
        outputTokensPerSecond: number | null;
        /** @description Finished, token-metered calls without known total tokens */
        unknownTokenCalls: number;
        /** @description Finished calls without known credits */
        unknownCreditCalls: number;
        /** @description Finished calls without a known cost in the currency */
        unpricedCalls: number;
      }[];
      range: {
        /**
         * Format: date-time
         * @description RFC 3339 instant in UTC
         */
        from: string;
        /**
         * Format: date-time
         * @description RFC 3339 instant in UTC
         */
        to: string;
        timeZone: string;
      };
      freshness: {
        /**
         * Format: date-time
         * @description When the answer was computed
         */
        asOf: string;
        /** @description How far the pre-aggregates reach */
        rolledUpThrough: string | null;
        /**
         * Format: date-time
         * @description Calls before it are archived: they count, by whole UTC hours, and are not listed
         */
        archivedBefore?: string;
      };
    };
    Projects: {
      items: {
        appDid: string;
        name: string | null;
        logoUrl: string | null;
        url: string | null;
        totals: {
          /** @description Calls that started in the range, processing ones included */
          calls: number;
          successfulCalls: number;
          failedCalls: number;
          processingCalls: number;
          /** @description successful / (successful + failed); null when nothing has finished */
          successRate: number | null;
          inputTokens: number | null;
          outputTokens: number | null;
          /** @description Of the calls whose tokens are known; null when calls were made and none is */
          totalTokens: number | null;
          /** @description Part of inputTokens; null when no call reported it, as the next two */
          cachedInputTokens: number | null;
          /** @description Part of inputTokens */
          cacheWriteTokens: number | null;
          /** @description Part of outputTokens */
          reasoningTokens: number | null;
          /** @description Cached / input tokens of the calls that reported cached tokens */
          cacheShare: number | null;
          /** @description Calls that reported cached tokens */
          cacheSamples: number;
          /** @description Of the calls whose credits are known; null when calls were made and none are */
          credits: string | null;
          /** @description Money: of the calls whose cost is known; null when calls were made and none is */
          cost: string | null;
          /** @description ISO 4217 code */
          currency: string;
          /** @description Mean over successful calls */
          averageDurationMs: number | null;
          /** @description 95th percentile over successful calls, within 1 % */
          p95DurationMs: number | null;
          /** @description Successful calls with a duration */
          durationSamples: number;
          /** @description Mean time to the first byte over successful calls */
          averageTtfbMs: number | null;
          /** @description 95th percentile of the time to the first byte, within 1 % */
          p95TtfbMs: number | null;
          /** @description Successful calls with a time to the first byte */
          ttfbSamples: number;
          /** @description Output tokens / seconds after the first byte of the calls with both */
          outputTokensPerSecond: number | null;
          /** @description Finished, token-metered calls without known total tokens */
          unknownTokenCalls: number;
          /** @description Finished calls without known credits */
          unknownCreditCalls: number;
          /** @description Finished calls without a known cost in the currency */
          unpricedCalls: number;
        };
        /**
         * Format: date-time
         * @description RFC 3339 instant in UTC
         */
        lastCallAt: string;
        /** @description With sparkline: a value for each point, which add up to that of totals */
        sparkline?: ((number | string) | null)[];
      }[];
      total: number;
      page: number;
      pageSize: number;
      /** @description Of all projects in the range, whatever page and search */
      totals: {
        /** @description Calls that started in the range, processing ones included */
        calls: number;
        successfulCalls: number;
        failedCalls: number;
        processingCalls: number;
        /** @description successful / (successful + failed); null when nothing has finished */
        successRate: number | null;
        inputTokens: number | null;
        outputTokens: number | null;
        /** @description Of the calls whose tokens are known; null when calls were made and none is */
        totalTokens: number | null;
        /** @description Part of inputTokens; null when no call reported it, as the next two */
        cachedInputTokens: number | null;
        /** @description Part of inputTokens */
        cacheWriteTokens: number | null;
        /** @description Part of outputTokens */
        reasoningTokens: number | null;
        /** @description Cached / input tokens of the calls that reported cached tokens */
        cacheShare: number | null;
        /** @description Calls that reported cached tokens */
        cacheSamples: number;
        /** @description Of the calls whose credits are known; null when calls were made and none are */
        credits: string | null;
        /** @description Money: of the calls whose cost is known; null when calls were made and none is */
        cost: string | null;
        /** @description ISO 4217 code */
        currency: string;
        /** @description Mean over successful calls */
        averageDurationMs: number | null;
        /** @description 95th percentile over successful calls, within 1 % */
        p95DurationMs: number | null;
        /** @description Successful calls with a duration */
        durationSamples: number;
        /** @description Mean time to the first byte over successful calls */
        averageTtfbMs: number | null;
        /** @description 95th percentile of the time to the first byte, within 1 % */
        p95TtfbMs: number | null;
        /** @description Successful calls with a time to the first byte */
        ttfbSamples: number;
        /** @description Output tokens / seconds after the first byte of the calls with both */
        outputTokensPerSecond: number | null;
        /** @description Finished, token-metered calls without known total tokens */
        unknownTokenCalls: number;
        /** @description Finished calls without known credits */
        unknownCreditCalls: number;
        /** @description Finished calls without a known cost in the currency */
        unpricedCalls: number;
      };
      /** @description With sparkline: the buckets of its values, at most 60 */
      sparkline?: {
        /** @enum {string} */
        metric: 'calls' | 'tokens' | 'credits' | 'cost';
        points: {
          /**
           * Format: date-time
           * @description RFC 3339 instant in UTC
           */
          start: string;
          /**
           * Format: date-time
           * @description RFC 3339 instant in UTC
           */
          end: string;
        }[];
      };
      range: {
        /**
         * Format: date-time
         * @description RFC 3339 instant in UTC
         */
        from: string;
        /**
         * Format: date-time
         * @description RFC 3339 instant in UTC
         */
        to: string;
        timeZone: string;
      };
      freshness: {
        /**
         * Format: date-time
         * @description When the answer was computed
         */
        asOf: string;
        /** @description How far the pre-aggregates reach */
        rolledUpThrough: string | null;
        /**
         * Format: date-time
         * @description Calls before it are archived: they count, by whole UTC hours, and are not listed
         */
        archivedBefore?: string;
      };
    };
    Trends: {
      /** @enum {string} */
      granularity: 'hour' | 'day' | 'month';
      points: {
        /**
         * Format: date-time
         * @description RFC 3339 instant in UTC
         */
        start: string;
        /**
         * Format: date-time
         * @description RFC 3339 instant in UTC
         */
        end: string;
        totals: {
          /** @description Calls that started in the range, processing ones included */
          calls: number;
          successfulCalls: number;
          failedCalls: number;
          processingCalls: number;
          /** @description successful / (successful + failed); null when nothing has finished */
          successRate: number | null;
          inputTokens: number | null;
          outputTokens: number | null;
          /** @description Of the calls whose tokens are known; null when calls were made and none is */
          totalTokens: number | null;
          /** @description Part of inputTokens; null when no call reported it, as the next two */
          cachedInputTokens: number | null;
          /** @description Part of inputTokens */
          cacheWriteTokens: number | null;
          /** @description Part of outputTokens */
          reasoningTokens: number | null;
          /** @description Cached / input tokens of the calls that reported cached tokens */
          cacheShare: number | null;
          /** @description Calls that reported cached tokens */
          cacheSamples: number;
          /** @description Of the calls whose credits are known; null when calls were made and none are */
          credits: string | null;
          /** @description Money: of the calls whose cost is known; null when calls were made and none is */
          cost: string | null;
          /** @description ISO 4217 code */
          currency: string;
          /** @description Mean over successful calls */
          averageDurationMs: number | null;
          /** @description 95th percentile over successful calls, within 1 % */
          p95DurationMs: number | null;
          /** @description Successful calls with a duration */
          durationSamples: number;
          /** @description Mean time to the first byte over successful calls */
          averageTtfbMs: number | null;
          /** @description 95th percentile of the time to the first byte, within 1 % */
          p95TtfbMs: number | null;
          /** @description Successful calls with a time to the first byte */
          ttfbSamples: number;
          /** @description Output tokens / seconds after the first byte of the calls with both */
          outputTokensPerSecond: number | null;
          /** @description Finished, token-metered calls without known total tokens */
          unknownTokenCalls: number;
          /** @description Finished calls without known credits */
          unknownCreditCalls: number;
          /** @description Finished calls without a known cost in the currency */
          unpricedCalls: number;
        };
        /** @description With groupBy: those of the response in their order, also without calls */
        groups?: {
          key: string;
          totals: {
            /** @description Calls that started in the range, processing ones included */
            calls: number;
            successfulCalls: number;
            failedCalls: number;
            processingCalls: number;
            /** @description successful / (successful + failed); null when nothing has finished */
            successRate: number | null;
            inputTokens: number | null;
            outputTokens: number | null;
            /** @description Of the calls whose tokens are known; null when calls were made and none is */
            totalTokens: number | null;
            /** @description Part of inputTokens; null when no call reported it, as the next two */
            cachedInputTokens: number | null;
            /** @description Part of inputTokens */
            cacheWriteTokens: number | null;
            /** @description Part of outputTokens */
            reasoningTokens: number | null;
            /** @description Cached / input tokens of the calls that reported cached tokens */
            cacheShare: number | null;
            /** @description Calls that reported cached tokens */
            cacheSamples: number;
            /** @description Of the calls whose credits are known; null when calls were made and none are */
            credits: string | null;
            /** @description Money: of the calls whose cost is known; null when calls were made and none is */
            cost: string | null;
            /** @description ISO 4217 code */
            currency: string;
            /** @description Mean over successful calls */
            averageDurationMs: number | null;
            /** @description 95th percentile over successful calls, within 1 % */
            p95DurationMs: number | null;
            /** @description Successful calls with a duration */
            durationSamples: number;
            /** @description Mean time to the first byte over successful calls */
            averageTtfbMs: number | null;
            /** @description 95th percentile of the time to the first byte, within 1 % */
            p95TtfbMs: number | null;
            /** @description Successful calls with a time to the first byte */
            ttfbSamples: number;
            /** @description Output tokens / seconds after the first byte of the calls with both */
            outputTokensPerSecond: number | null;
            /** @description Finished, token-metered calls without known total tokens */
            unknownTokenCalls: number;
            /** @description Finished calls without known credits */
            unknownCreditCalls: number;
            /** @description Finished calls without a known cost in the currency */
            unpricedCalls: number;
          };
        }[];
      }[];
      /** @description With groupBy: the largest of the range, then the rest */
      groups?: {
        /** @description Model, id of the provider, type or DID; other for the rest */
        key: string;
        /** @description The host's name of a provider or project */
        name: string | null;
        isOther: boolean;
        totals: {
          /** @description Calls that started in the range, processing ones included */
          calls: number;
          successfulCalls: number;
          failedCalls: number;
          processingCalls: number;
          /** @description successful / (successful + failed); null when nothing has finished */
          successRate: number | null;
          inputTokens: number | null;
          outputTokens: number | null;
          /** @description Of the calls whose tokens are known; null when calls were made and none is */
          totalTokens: number | null;
          /** @description Part of inputTokens; null when no call reported it, as the next two */
          cachedInputTokens: number | null;
          /** @description Part of inputTokens */
          cacheWriteTokens: number | null;
          /** @description Part of outputTokens */
          reasoningTokens: number | null;
          /** @description Cached / input tokens of the calls that reported cached tokens */
          cacheShare: number | null;
          /** @description Calls that reported cached tokens */
          cacheSamples: number;
          /** @description Of the calls whose credits are known; null when calls were made and none are */
          credits: string | null;
          /** @description Money: of the calls whose cost is known; null when calls were made and none is */
          cost: string | null;
          /** @description ISO 4217 code */
          currency: string;
          /** @description Mean over successful calls */
          averageDurationMs: number | null;
          /** @description 95th percentile over successful calls, within 1 % */
          p95DurationMs: number | null;
          /** @description Successful calls with a duration */
          durationSamples: number;
          /** @description Mean time to the first byte over successful calls */
          averageTtfbMs: number | null;
          /** @description 95th percentile of the time to the first byte, within 1 % */
          p95TtfbMs: number | null;
          /** @description Successful calls with a time to the first byte */
          ttfbSamples: number;
          /** @description Output tokens / seconds after the first byte of the calls with both */
          outputTokensPerSecond: number | null;
          /** @description Finished, token-metered calls without known total tokens */
          unknownTokenCalls: number;
          /** @description Finished calls without known credits */
          unknownCreditCalls: number;
          /** @description Finished calls without a known cost in the currency */
          unpricedCalls: number;
        };
      }[];
      /** @description With compare: a point for each point; null when the first call came later */
      previous?: {
        points: {
          /**
           * Format: date-time
           * @description RFC 3339 instant in UTC
           */
          start: string;
          /**
           * Format: date-time
           * @description RFC 3339 instant in UTC
           */
          end: string;
          totals: {
            /** @description Calls that started in the range, processing ones included */
            calls: number;
            successfulCalls: number;
            failedCalls: number;
            processingCalls: number;
            /** @description successful / (successful + failed); null when nothing has finished */
            successRate: number | null;
            inputTokens: number | null;
            outputTokens: number | null;
            /** @description Of the calls whose tokens are known; null when calls were made and none is */
            totalTokens: number | null;
            /** @description Part of inputTokens; null when no call reported it, as the next two */
            cachedInputTokens: number | null;
            /** @description Part of inputTokens */
            cacheWriteTokens: number | null;
            /** @description Part of outputTokens */
            reasoningTokens: number | null;
            /** @description Cached / input tokens of the calls that reported cached tokens */
            cacheShare: number | null;
            /** @description Calls that reported cached tokens */
            cacheSamples: number;
            /** @description Of the calls whose credits are known; null when calls were made and none are */
            credits: string | null;
            /** @description Money: of the calls whose cost is known; null when calls were made and none is */
            cost: string | null;
            /** @description ISO 4217 code */
            currency: string;
            /** @description Mean over successful calls */
            averageDurationMs: number | null;
            /** @description 95th percentile over successful calls, within 1 % */
            p95DurationMs: number | null;
            /** @description Successful calls with a duration */
            durationSamples: number;
            /** @description Mean time to the first byte over successful calls */
            averageTtfbMs: number | null;
            /** @description 95th percentile of the time to the first byte, within 1 % */
            p95TtfbMs: number | null;
            /** @description Successful calls with a time to the first byte */
            ttfbSamples: number;
            /** @description Output tokens / seconds after the first byte of the calls with both */
            outputTokensPerSecond: number | null;
            /** @description Finished, token-metered calls without known total tokens */
            unknownTokenCalls: number;
            /** @description Finished calls without known credits */
            unknownCreditCalls: number;
            /** @description Finished calls without a known cost in the currency */
            unpricedCalls: number;
          };
        }[];
        range: {
          /**
           * Format: date-time
           * @description RFC 3339 instant in UTC
           */
          from: string;
          /**
           * Format: date-time
           * @description RFC 3339 instant in UTC
           */
          to: string;
          timeZone: string;
        };
      } | null;
      range: {
        /**
         * Format: date-time
         * @description RFC 3339 instant in UTC
         */
        from: string;
        /**
         * Format: date-time
         * @description RFC 3339 instant in UTC
         */
        to: string;
        timeZone: string;
      };
      freshness: {
        /**
         * Format: date-time
         * @description When the answer was computed
         */
        asOf: string;
        /** @description How far the pre-aggregates reach */
        rolledUpThrough: string | null;
        /**
         * Format: date-time
         * @description Calls before it are archived: they count, by whole UTC hours, and are not listed
         */
        archivedBefore?: string;
      };
    };
    Models: {
      items: {
        model: string;
        /** @description The only one; null where none is known, or several */
        provider: string | null;
        /** @description The known ones that served it, sorted */
        providers: string[];
        /** @description The host's name of provider */
        providerName: string | null;
        providerLogoUrl: string | null;
        /** @description Names of providers: the host's, else the id */
        providerNames: string[];
        totals: {
          /** @description Calls that started in the range, processing ones included */
          calls: number;
          successfulCalls: number;
          failedCalls: number;
          processingCalls: number;
          /** @description successful / (successful + failed); null when nothing has finished */
          successRate: number | null;
          inputTokens: number | null;
          outputTokens: number | null;
          /** @description Of the calls whose tokens are known; null when calls were made and none is */
          totalTokens: number | null;
          /** @description Part of inputTokens; null when no call reported it, as the next two */
          cachedInputTokens: number | null;
          /** @description Part of inputTokens */
          cacheWriteTokens: number | null;
          /** @description Part of outputTokens */
          reasoningTokens: number | null;
          /** @description Cached / input tokens of the calls that reported cached tokens */
          cacheShare: number | null;
          /** @description Calls that reported cached tokens */
          cacheSamples: number;
          /** @description Of the calls whose credits are known; null when calls were made and none are */
          credits: string | null;
          /** @description Money: of the calls whose cost is known; null when calls were made and none is */
          cost: string | null;
          /** @description ISO 4217 code */
          currency: string;
          /** @description Mean over successful calls */
          averageDurationMs: number | null;
          /** @description 95th percentile over successful calls, within 1 % */
          p95DurationMs: number | null;
          /** @description Successful calls with a duration */
          durationSamples: number;
          /** @description Mean time to the first byte over successful calls */
          averageTtfbMs: number | null;
          /** @description 95th percentile of the time to the first byte, within 1 % */
          p95TtfbMs: number | null;
          /** @description Successful calls with a time to the first byte */
          ttfbSamples: number;
          /** @description Output tokens / seconds after the first byte of the calls with both */
          outputTokensPerSecond: number | null;
          /** @description Finished, token-metered calls without known total tokens */
          unknownTokenCalls: number;
          /** @description Finished calls without known credits */
          unknownCreditCalls: number;
          /** @description Finished calls without a known cost in the currency */
          unpricedCalls: number;
        };
        share: number;
      }[];
      range: {
        /**
         * Format: date-time
         * @description RFC 3339 instant in UTC
         */
        from: string;
        /**
         * Format: date-time
         * @description RFC 3339 instant in UTC
         */
        to: string;
        timeZone: string;
      };
      freshness: {
        /**
         * Format: date-time
         * @description When the answer was computed
         */
        asOf: string;
        /** @description How far the pre-aggregates reach */
        rolledUpThrough: string | null;
        /**
         * Format: date-time
         * @description Calls before it are archived: they count, by whole UTC hours, and are not listed
         */
        archivedBefore?: string;
      };
    };
    Activity: {
      /** @description All 168, by weekday, then by hour */
      cells: {
        /** @description ISO 8601: 1 is Monday, 7 Sunday */
        weekday: number;
        /** @description Of the local clock of the zone */
        hour: number;
        totals: {
          /** @description Calls that started in the range, processing ones included */
          calls: number;
          successfulCalls: number;
          failedCalls: number;
          processingCalls: number;
          /** @description successful / (successful + failed); null when nothing has finished */
          successRate: number | null;
          inputTokens: number | null;
          outputTokens: number | null;
          /** @description Of the calls whose tokens are known; null when calls were made and none is */
          totalTokens: number | null;
          /** @description Part of inputTokens; null when no call reported it, as the next two */
          cachedInputTokens: number | null;
          /** @description Part of inputTokens */
          cacheWriteTokens: number | null;
          /** @description Part of outputTokens */
          reasoningTokens: number | null;
          /** @description Cached / input tokens of the calls that reported cached tokens */
          cacheShare: number | null;
          /** @description Calls that reported cached tokens */
          cacheSamples: number;
          /** @description Of the calls whose credits are known; null when calls were made and none are */
          credits: string | null;
          /** @description Money: of the calls whose cost is known; null when calls were made and none is */
          cost: string | null;
          /** @description ISO 4217 code */
          currency: string;
          /** @description Mean over successful calls */
          averageDurationMs: number | null;
          /** @description 95th percentile over successful calls, within 1 % */
          p95DurationMs: number | null;
          /** @description Successful calls with a duration */
          durationSamples: number;
          /** @description Mean time to the first byte over successful calls */
          averageTtfbMs: number | null;
          /** @description 95th percentile of the time to the first byte, within 1 % */
          p95TtfbMs: number | null;
          /** @description Successful calls with a time to the first byte */
          ttfbSamples: number;
          /** @description Output tokens / seconds after the first byte of the calls with both */
          outputTokensPerSecond: number | null;
          /** @description Finished, token-metered calls without known total tokens */
          unknownTokenCalls: number;
          /** @description Finished calls without known credits */
          unknownCreditCalls: number;
          /** @description Finished calls without a known cost in the currency */
          unpricedCalls: number;
        };
      }[];
      range: {
        /**
         * Format: date-time
         * @description RFC 3339 instant in UTC
         */
        from: string;
        /**
         * Format: date-time
         * @description RFC 3339 instant in UTC
         */
        to: string;
        timeZone: string;
      };
      freshness: {
        /**
         * Format: date-time
         * @description When the answer was computed
         */
        asOf: string;
        /** @description How far the pre-aggregates reach */
        rolledUpThrough: string | null;
        /**
         * Format: date-time
         * @description Calls before it are archived: they count, by whole UTC hours, and are not listed
         */
        archivedBefore?: string;
      };
    };
    ProjectStats: {
      project: {
        appDid: string;
        name: string | null;
        logoUrl: string | null;
        url: string | null;
      };
      totals: {
        /** @description Calls that started in the range, processing ones included */
        calls: number;
        successfulCalls: number;
        failedCalls: number;
        processingCalls: number;
        /** @description successful / (successful + failed); null when nothing has finished */
        successRate: number | null;
        inputTokens: number | null;
        outputTokens: number | null;
        /** @description Of the calls whose tokens are known; null when calls were made and none is */
        totalTokens: number | null;
        /** @description Part of inputTokens; null when no call reported it, as the next two */
        cachedInputTokens: number | null;
        /** @description Part of inputTokens */
        cacheWriteTokens: number | null;
        /** @description Part of outputTokens */
        reasoningTokens: number | null;
        /** @description Cached / input tokens of the calls that reported cached tokens */
        cacheShare: number | null;
        /** @description Calls that reported cached tokens */
        cacheSamples: number;
        /** @description Of the calls whose credits are known; null when calls were made and none are */
        credits: string | null;
        /** @description Money: of the calls whose cost is known; null when calls were made and none is */
        cost: string | null;
        /** @description ISO 4217 code */
        currency: string;
        /** @description Mean over successful calls */
        averageDurationMs: number | null;
        /** @description 95th percentile over successful calls, within 1 % */
        p95DurationMs: number | null;
        /** @description Successful calls with a duration */
        durationSamples: number;
        /** @description Mean time to the first byte over successful calls */
        averageTtfbMs: number | null;
        /** @description 95th percentile of the time to the first byte, within 1 % */
        p95TtfbMs: number | null;
        /** @description Successful calls with a time to the first byte */
        ttfbSamples: number;
        /** @description Output tokens / seconds after the first byte of the calls with both */
        outputTokensPerSecond: number | null;
        /** @description Finished, token-metered calls without known total tokens */
        unknownTokenCalls: number;
        /** @description Finished calls without known credits */
        unknownCreditCalls: number;
        /** @description Finished calls without a known cost in the currency */
        unpricedCalls: number;
      };
      previous: {
        /** @description Calls that started in the range, processing ones included */
        calls: number;
        successfulCalls: number;
        failedCalls: number;
        processingCalls: number;
        /** @description successful / (successful + failed); null when nothing has finished */
        successRate: number | null;
        inputTokens: number | null;
        outputTokens: number | null;
        /** @description Of the calls whose tokens are known; null when calls were made and none is */
        totalTokens: number | null;
        /** @description Part of inputTokens; null when no call reported it, as the next two */
        cachedInputTokens: number | null;
        /** @description Part of inputTokens */
        cacheWriteTokens: number | null;
        /** @description Part of outputTokens */
        reasoningTokens: number | null;
        /** @description Cached / input tokens of the calls that reported cached tokens */
        cacheShare: number | null;
        /** @description Calls that reported cached tokens */
        cacheSamples: number;
        /** @description Of the calls whose credits are known; null when calls were made and none are */
        credits: string | null;
        /** @description Money: of the calls whose cost is known; null when calls were made and none is */
        cost: string | null;
        /** @description ISO 4217 code */
        currency: string;
        /** @description Mean over successful calls */
        averageDurationMs: number | null;
        /** @description 95th percentile over successful calls, within 1 % */
        p95DurationMs: number | null;
        /** @description Successful calls with a duration */
        durationSamples: number;
        /** @description Mean time to the first byte over successful calls */
        averageTtfbMs: number | null;
        /** @description 95th percentile of the time to the first byte, within 1 % */
        p95TtfbMs: number | null;
        /** @description Successful calls with a time to the first byte */
        ttfbSamples: number;
        /** @description Output tokens / seconds after the first byte of the calls with both */
        outputTokensPerSecond: number | null;
        /** @description Finished, token-metered calls without known total tokens */
        unknownTokenCalls: number;
        /** @description Finished calls without known credits */
        unknownCreditCalls: number;
        /** @description Finished calls without a known cost in the currency */
        unpricedCalls: number;
      } | null;
      range: {
        /**
         * Format: date-time
         * @description RFC 3339 instant in UTC
         */
        from: string;
        /**
         * Format: date-time
         * @description RFC 3339 instant in UTC
         */
        to: string;
        timeZone: string;
      };
      freshness: {
        /**
         * Format: date-time
         * @description When the answer was computed
         */
        asOf: string;
        /** @description How far the pre-aggregates reach */
        rolledUpThrough: string | null;
        /**
         * Format: date-time
         * @description Calls before it are archived: they count, by whole UTC hours, and are not listed
         */
        archivedBefore?: string;
      };
    };
    ProjectTrends: {
      project: {
        appDid: string;
        name: string | null;
        logoUrl: string | null;
        url: string | null;
      };
      /** @enum {string} */
      granularity: 'hour' | 'day' | 'month';
      points: {
        /**
         * Format: date-time
         * @description RFC 3339 instant in UTC
         */
        start: string;
        /**
         * Format: date-time
         * @description RFC 3339 instant in UTC
         */
        end: string;
        totals: {
          /** @description Calls that started in the range, processing ones included */
          calls: number;
          successfulCalls: number;
          failedCalls: number;
          processingCalls: number;
          /** @description successful / (successful + failed); null when nothing has finished */
          successRate: number | null;
          inputTokens: number | null;
          outputTokens: number | null;
          /** @description Of the calls whose tokens are known; null when calls were made and none is */
          totalTokens: number | null;
          /** @description Part of inputTokens; null when no call reported it, as the next two */
          cachedInputTokens: number | null;
          /** @description Part of inputTokens */
          cacheWriteTokens: number | null;
          /** @description Part of outputTokens */
          reasoningTokens: number | null;
          /** @description Cached / input tokens of the calls that reported cached tokens */
          cacheShare: number | null;
          /** @description Calls that reported cached tokens */
          cacheSamples: number;
          /** @description Of the calls whose credits are known; null when calls were made and none are */
          credits: string | null;
          /** @description Money: of the calls whose cost is known; null when calls were made and none is */
          cost: string | null;
          /** @description ISO 4217 code */
          currency: string;
          /** @description Mean over successful calls */
          averageDurationMs: number | null;
          /** @description 95th percentile over successful calls, within 1 % */
          p95DurationMs: number | null;
          /** @description Successful calls with a duration */
          durationSamples: number;
          /** @description Mean time to the first byte over successful calls */
          averageTtfbMs: number | null;
          /** @description 95th percentile of the time to the first byte, within 1 % */
          p95TtfbMs: number | null;
          /** @description Successful calls with a time to the first byte */
          ttfbSamples: number;
          /** @description Output tokens / seconds after the first byte of the calls with both */
          outputTokensPerSecond: number | null;
          /** @description Finished, token-metered calls without known total tokens */
          unknownTokenCalls: number;
          /** @description Finished calls without known credits */
          unknownCreditCalls: number;
          /** @description Finished calls without a known cost in the currency */
          unpricedCalls: number;
        };
        /** @description With groupBy: those of the response in their order, also without calls */
        groups?: {
          key: string;
          totals: {
            /** @description Calls that started in the range, processing ones included */
            calls: number;
            successfulCalls: number;
            failedCalls: number;
            processingCalls: number;
            /** @description successful / (successful + failed); null when nothing has finished */
            successRate: number | null;
            inputTokens: number | null;
            outputTokens: number | null;
            /** @description Of the calls whose tokens are known; null when calls were made and none is */
            totalTokens: number | null;
            /** @description Part of inputTokens; null when no call reported it, as the next two */
            cachedInputTokens: number | null;
            /** @description Part of inputTokens */
            cacheWriteTokens: number | null;
            /** @description Part of outputTokens */
            reasoningTokens: number | null;
            /** @description Cached / input tokens of the calls that reported cached tokens */
            cacheShare: number | null;
            /** @description Calls that reported cached tokens */
            cacheSamples: number;
            /** @description Of the calls whose credits are known; null when calls were made and none are */
            credits: string | null;
            /** @description Money: of the calls whose cost is known; null when calls were made and none is */
            cost: string | null;
            /** @description ISO 4217 code */
            currency: string;
            /** @description Mean over successful calls */
            averageDurationMs: number | null;
            /** @description 95th percentile over successful calls, within 1 % */
            p95DurationMs: number | null;
            /** @description Successful calls with a duration */
            durationSamples: number;
            /** @description Mean time to the first byte over successful calls */
            averageTtfbMs: number | null;
            /** @description 95th percentile of the time to the first byte, within 1 % */
            p95TtfbMs: number | null;
            /** @description Successful calls with a time to the first byte */
            ttfbSamples: number;
            /** @description Output tokens / seconds after the first byte of the calls with both */
            outputTokensPerSecond: number | null;
            /** @description Finished, token-metered calls without known total tokens */
            unknownTokenCalls: number;
            /** @description Finished calls without known credits */
            unknownCreditCalls: number;
            /** @description Finished calls without a known cost in the currency */
            unpricedCalls: number;
          };
        }[];
      }[];
      /** @description With groupBy: the largest of the range, then the rest */
      groups?: {
        /** @description Model, id of the provider, type or DID; other for the rest */
        key: string;
        /** @description The host's name of a provider or project */
        name: string | null;
        isOther: boolean;
        totals: {
          /** @description Calls that started in the range, processing ones included */
          calls: number;
          successfulCalls: number;
          failedCalls: number;
          processingCalls: number;
          /** @description successful / (successful + failed); null when nothing has finished */
          successRate: number | null;
          inputTokens: number | null;
          outputTokens: number | null;
          /** @description Of the calls whose tokens are known; null when calls were made and none is */
          totalTokens: number | null;
          /** @description Part of inputTokens; null when no call reported it, as the next two */
          cachedInputTokens: number | null;
          /** @description Part of inputTokens */
          cacheWriteTokens: number | null;
          /** @description Part of outputTokens */
          reasoningTokens: number | null;
          /** @description Cached / input tokens of the calls that reported cached tokens */
          cacheShare: number | null;
          /** @description Calls that reported cached tokens */
          cacheSamples: number;
          /** @description Of the calls whose credits are known; null when calls were made and none are */
          credits: string | null;
          /** @description Money: of the calls whose cost is known; null when calls were made and none is */
          cost: string | null;
          /** @description ISO 4217 code */
          currency: string;
          /** @description Mean over successful calls */
          averageDurationMs: number | null;
          /** @description 95th percentile over successful calls, within 1 % */
          p95DurationMs: number | null;
          /** @description Successful calls with a duration */
          durationSamples: number;
          /** @description Mean time to the first byte over successful calls */
          averageTtfbMs: number | null;
          /** @description 95th percentile of the time to the first byte, within 1 % */
          p95TtfbMs: number | null;
          /** @description Successful calls with a time to the first byte */
          ttfbSamples: number;
          /** @description Output tokens / seconds after the first byte of the calls with both */
          outputTokensPerSecond: number | null;
          /** @description Finished, token-metered calls without known total tokens */
          unknownTokenCalls: number;
          /** @description Finished calls without known credits */
          unknownCreditCalls: number;
          /** @description Finished calls without a known cost in the currency */
          unpricedCalls: number;
        };
      }[];
      /** @description With compare: a point for each point; null when the first call came later */
      previous?: {
        points: {
          /**
           * Format: date-time
           * @description RFC 3339 instant in UTC
           */
          start: string;
          /**
           * Format: date-time
           * @description RFC 3339 instant in UTC
           */
          end: string;
          totals: {
            /** @description Calls that started in the range, processing ones included */
            calls: number;
            successfulCalls: number;
            failedCalls: number;
            processingCalls: number;
            /** @description successful / (successful + failed); null when nothing has finished */
            successRate: number | null;
            inputTokens: number | null;
            outputTokens: number | null;
            /** @description Of the calls whose tokens are known; null when calls were made and none is */
            totalTokens: number | null;
            /** @description Part of inputTokens; null when no call reported it, as the next two */
            cachedInputTokens: number | null;
            /** @description Part of inputTokens */
            cacheWriteTokens: number | null;
            /** @description Part of outputTokens */
            reasoningTokens: number | null;
            /** @description Cached / input tokens of the calls that reported cached tokens */
            cacheShare: number | null;
            /** @description Calls that reported cached tokens */
            cacheSamples: number;
            /** @description Of the calls whose credits are known; null when calls were made and none are */
            credits: string | null;
            /** @description Money: of the calls whose cost is known; null when calls were made and none is */
            cost: string | null;
            /** @description ISO 4217 code */
            currency: string;
            /** @description Mean over successful calls */
            averageDurationMs: number | null;
            /** @description 95th percentile over successful calls, within 1 % */
            p95DurationMs: number | null;
            /** @description Successful calls with a duration */
            durationSamples: number;
            /** @description Mean time to the first byte over successful calls */
            averageTtfbMs: number | null;
            /** @description 95th percentile of the time to the first byte, within 1 % */
            p95TtfbMs: number | null;
            /** @description Successful calls with a time to the first byte */
            ttfbSamples: number;
            /** @description Output tokens / seconds after the first byte of the calls with both */
            outputTokensPerSecond: number | null;
            /** @description Finished, token-metered calls without known total tokens */
            unknownTokenCalls: number;
            /** @description Finished calls without known credits */
            unknownCreditCalls: number;
            /** @description Finished calls without a known cost in the currency */
            unpricedCalls: number;
          };
        }[];
        range: {
          /**
           * Format: date-time
           * @description RFC 3339 instant in UTC
           */
          from: string;
          /**
           * Format: date-time
           * @description RFC 3339 instant in UTC
           */
          to: string;
          timeZone: string;
        };
      } | null;
      range: {
        /**
         * Format: date-time
         * @description RFC 3339 instant in UTC
         */
        from: string;
        /**
         * Format: date-time
         * @description RFC 3339 instant in UTC
         */
        to: string;
        timeZone: string;
      };
      freshness: {
        /**
         * Format: date-time
         * @description When the answer was computed
         */
        asOf: string;
        /** @description How far the pre-aggregates reach */
        rolledUpThrough: string | null;
        /**
         * Format: date-time
         * @description Calls before it are archived: they count, by whole UTC hours, and are not listed
         */
        archivedBefore?: string;
      };
    };
    ProjectModels: {
      project: {
        appDid: string;
        name: string | null;
        logoUrl: string | null;
        url: string | null;
      };
      items: {
        model: string;
        /** @description The only one; null where none is known, or several */
        provider: string | null;
        /** @description The known ones that served it, sorted */
        providers: string[];
        /** @description The host's name of provider */
        providerName: string | null;
        providerLogoUrl: string | null;
        /** @description Names of providers: the host's, else the id */
        providerNames: string[];
        totals: {
          /** @description Calls that started in the range, processing ones included */
          calls: number;
          successfulCalls: number;
          failedCalls: number;
          processingCalls: number;
          /** @description successful / (successful + failed); null when nothing has finished */
          successRate: number | null;
          inputTokens: number | null;
          outputTokens: number | null;
          /** @description Of the calls whose tokens are known; null when calls were made and none is */
          totalTokens: number | null;
          /** @description Part of inputTokens; null when no call reported it, as the next two */
          cachedInputTokens: number | null;
          /** @description Part of inputTokens */
          cacheWriteTokens: number | null;
          /** @description Part of outputTokens */
          reasoningTokens: number | null;
          /** @description Cached / input tokens of the calls that reported cached tokens */
          cacheShare: number | null;
          /** @description Calls that reported cached tokens */
          cacheSamples: number;
          /** @description Of the calls whose credits are known; null when calls were made and none are */
          credits: string | null;
          /** @description Money: of the calls whose cost is known; null when calls were made and none is */
          cost: string | null;
          /** @description ISO 4217 code */
          currency: string;
          /** @description Mean over successful calls */
          averageDurationMs: number | null;
          /** @description 95th percentile over successful calls, within 1 % */
          p95DurationMs: number | null;
          /** @description Successful calls with a duration */
          durationSamples: number;
          /** @description Mean time to the first byte over successful calls */
          averageTtfbMs: number | null;
          /** @description 95th percentile of the time to the first byte, within 1 % */
          p95TtfbMs: number | null;
          /** @description Successful calls with a time to the first byte */
          ttfbSamples: number;
          /** @description Output tokens / seconds after the first byte of the calls with both */
          outputTokensPerSecond: number | null;
          /** @description Finished, token-metered calls without known total tokens */
          unknownTokenCalls: number;
          /** @description Finished calls without known credits */
          unknownCreditCalls: number;
          /** @description Finished calls without a known cost in the currency */
          unpricedCalls: number;
        };
        share: number;
      }[];
      range: {
        /**
         * Format: date-time
         * @description RFC 3339 instant in UTC
         */
        from: string;
        /**
         * Format: date-time
         * @description RFC 3339 instant in UTC
         */
        to: string;
        timeZone: string;
      };
      freshness: {
        /**
         * Format: date-time
         * @description When the answer was computed
         */
        asOf: string;
        /** @description How far the pre-aggregates reach */
        rolledUpThrough: string | null;
        /**
         * Format: date-time
         * @description Calls before it are archived: they count, by whole UTC hours, and are not listed
         */
        archivedBefore?: string;
      };
    };
    ProjectLatency: {
      project: {
        appDid: string;
        name: string | null;
        logoUrl: string | null;
        url: string | null;
      };
      /** @description At most 24, one after the other; bounds are within 1 % */
      bars: {
        /** @description Exclusive */
        fromMs: number;
        /** @description Inclusive */
        toMs: number;
        calls: number;
      }[];
      /** @description Median over successful calls, within 1 % */
      p50DurationMs: number | null;
      /** @description 95th percentile, within 1 % */
      p95DurationMs: number | null;
      /** @description 99th percentile, within 1 % */
      p99DurationMs: number | null;
      /** @description Mean over successful calls */
      averageDurationMs: number | null;
      /** @description Successful calls with a duration; the sum of the bars */
      durationSamples: number;
      range: {
        /**
         * Format: date-time
         * @description RFC 3339 instant in UTC
         */
        from: string;
        /**
         * Format: date-time
         * @description RFC 3339 instant in UTC
         */
        to: string;
        timeZone: string;
      };
      freshness: {
        /**
         * Format: date-time
         * @description When the answer was computed
         */
        asOf: string;
        /** @description How far the pre-aggregates reach */
        rolledUpThrough: string | null;
        /**
         * Format: date-time
         * @description Calls before it are archived: they count, by whole UTC hours, and are not listed
         */
        archivedBefore?: string;
      };
    };
    ProjectFailures: {
      project: {
        appDid: string;
        name: string | null;
        logoUrl: string | null;
        url: string | null;
      };
      /** @description The most frequent first; with unsortedCalls they add up to failedCalls */
      items: {
        /** @enum {string} */
        reason:
          | 'rateLimit'
          | 'timeout'
          | 'authentication'
          | 'contextLength'
          | 'contentFilter'
          | 'quota'
          | 'network'
          | 'server'
          | 'invalidRequest'
          | 'cancelled'
          | 'abandoned'
          | 'other'
          | 'unknown';
        /** @description That the error reason names; null where it names none */
        statusCode: number | null;
        calls: number;
        /** @description Of the failed calls of the range */
        share: number;
        /** @description The one that failed most often first */
        models: string[];
        /**
         * Format: date-time
         * @description RFC 3339 instant in UTC
         */
        lastCallAt: string;
      }[];
      failedCalls: number;
      /** @description Archived ones, and those before sortedFrom */
      unsortedCalls: number;
      /**
       * Format: date-time
       * @description Failed calls from it on are in items
       */
      sortedFrom: string;
      range: {
        /**
         * Format: date-time
         * @description RFC 3339 instant in UTC
         */
        from: string;
        /**
         * Format: date-time
         * @description RFC 3339 instant in UTC
         */
        to: string;
        timeZone: string;
      };
      freshness: {
        /**
         * Format: date-time
         * @description When the answer was computed
         */
        asOf: string;
        /** @description How far the pre-aggregates reach */
        rolledUpThrough: string | null;
        /**
         * Format: date-time
         * @description Calls before it are archived: they count, by whole UTC hours, and are not listed
         */
        archivedBefore?: string;
      };
    };
    ProjectCalls: {
      project: {
        appDid: string;
        name: string | null;
        logoUrl: string | null;
        url: string | null;
      };
      items: {
        id: string;
        traceId: string | null;
        /**
         * Format: date-time
         * @description RFC 3339 instant in UTC
         */
        startedAt: string;
        /** @enum {string} */
        status: 'processing' | 'success' | 'failed';
        model: string;
        provider: string | null;
        /** @description The host's name of the provider */
        providerName: string | null;
        providerLogoUrl: string | null;
        /** @enum {string} */
        type:
          | 'chatCompletion'
          | 'embedding'
          | 'imageGeneration'
          | 'audioGeneration'
          | 'video'
          | 'custom';
        usage: {
          inputTokens: number | null;
          outputTokens: number | null;
          totalTokens: number | null;
          units: number | null;
          cachedInputTokens: number | null;
          cacheWriteTokens: number | null;
          reasoningTokens: number | null;
        };
        durationMs: number | null;
        ttfbMs: number | null;
        credits: string | null;
        cost: string | null;
        currency: string | null;
        /** @enum {string} */
        costSource: 'reported' | 'host' | 'priced' | 'unknown';
        priceTable: string | null;
        errorReason: string | null;
        metadata: {
          [key: string]: unknown;
        } | null;
      }[];
      nextCursor: string | null;
      total: number | null;
      /** @description With counts: the values of the range, each under the other filters */
      counts?: {
        model: {
          value: string;
          /** @description null where too many calls would have to be read */
          calls: number | null;
        }[];
        status: {
          value: string;
          /** @description null where too many calls would have to be read */
          calls: number | null;
        }[];
        type: {
          value: string;
          /** @description null where too many calls would have to be read */
          calls: number | null;
        }[];
      };
      range: {
        /**
         * Format: date-time
         * @description RFC 3339 instant in UTC
         */
        from: string;
        /**
         * Format: date-time
         * @description RFC 3339 instant in UTC
         */
        to: string;
        timeZone: string;
      };
      freshness: {
        /**
         * Format: date-time
         * @description When the answer was computed
         */
        asOf: string;
        /** @description How far the pre-aggregates reach */
        rolledUpThrough: string | null;
        /**
         * Format: date-time
         * @description Calls before it are archived: they count, by whole UTC hours, and are not listed
         */
        archivedBefore?: string;
      };
    };
    QuotaDetails: {
      items: {
        id: string;
        /** @enum {string} */
        kind: 'grant' | 'consumption' | 'adjustment' | 'expiration';
        /** @description Exact decimal number as text */
        amount: string;
        balanceAfter: string | null;
        description: string | null;
        /**
         * Format: date-time
         * @description RFC 3339 instant in UTC
         */
        occurredAt: string;
        expiresAt: string | null;
        /** @description What is left of a grant */
        remaining?: string | null;
        category: string | null;
        url: string | null;
        /** @description With groupBy=day, of consumption that is a day: its ends, rows and calls */
        day?: {
          /**
           * Format: date-time
           * @description RFC 3339 instant in UTC
           */
          start: string;
          /**
           * Format: date-time
           * @description RFC 3339 instant in UTC
           */
          end: string;
          entries: number;
          calls: number | null;
        };
      }[];
      total: number;
      page: number;
      pageSize: number;
      currency: {
        symbol: string;
        name: string;
        decimal: number;
      } | null;
      /** @enum {string} */
      status: 'ok' | 'unlimited' | 'unavailable';
      /** @description Why the amounts are not known; null when they are */
      reason: ('noAccount' | 'noAnswer' | 'noProvider') | null;
      /** @description All rows of the user: rows + pending + unexplained = balance */
      sum: {
        /** @description Exact decimal number as text */
        balance: string;
        /** @description Exact decimal number as text */
        rows: string;
        /** @description Exact decimal number as text */
        pending: string;
        unexplained: string | null;
      } | null;
      /** @description What is left of all grants of the user; null where that is not known */
      grants?: {
        /** @description Exact decimal number as text */
        remaining: string;
        nextToExpire: {
          id: string;
          description: string | null;
          /** @description Exact decimal number as text */
          remaining: string;
          /**
           * Format: date-time
           * @description RFC 3339 instant in UTC
           */
          expiresAt: string;
        } | null;
      } | null;
      /** @description Set when the payment system does not answer and this is what it last said */
      stale: {
        /**
         * Format: date-time
         * @description RFC 3339 instant in UTC
         */
        since: string;
        ageSeconds: number;
      } | null;
      freshness: {
        /**
         * Format: date-time
         * @description When the answer was computed
         */
        asOf: string;
        /** @description How far the pre-aggregates reach */
        rolledUpThrough: string | null;
        /**
         * Format: date-time
         * @description Calls before it are archived: they count, by whole UTC hours, and are not listed
         */
        archivedBefore?: string;
      };
    };
    Advice: {
      items: {
        id: string;
        claim:
          | {
              /** @constant */
              kind: 'failedCalls';
              model: string;
              /** @enum {string} */
              reason:
                | 'rateLimit'
                | 'timeout'
                | 'authentication'
                | 'contextLength'
                | 'contentFilter'
                | 'quota'
                | 'network'
                | 'server'
                | 'invalidRequest'
                | 'cancelled'
                | 'abandoned'
                | 'other'
                | 'unknown';
              failedCalls: number;
              calls: number;
              cost: string | null;
              credits: string | null;
            }
          | {
              /** @constant */
              kind: 'retries';
              appDid: string;
              model: string;
              repeats: number;
              failedRepeats: number;
              calls: number;
              cost: string | null;
              credits: string | null;
            }
          | {
              /** @constant */
              kind: 'cacheSavings';
              model: string;
              provider: string | null;
              /** @enum {string} */
              type:
                | 'chatCompletion'
                | 'embedding'
                | 'imageGeneration'
                | 'audioGeneration'
                | 'video'
                | 'custom';
              cachedInputTokens: number;
              cacheWriteTokens: number;
              /** @description Calls that reported cached tokens */
              coveredCalls: number;
              calls: number;
              /** @description At list price; negative where writing cost more */
              netSaving: string;
            }
          | {
              /** @constant */
              kind: 'priceDifference';
              model: string;
              provider: string | null;
              /** @enum {string} */
              type:
                | 'chatCompletion'
                | 'embedding'
                | 'imageGeneration'
                | 'audioGeneration'
                | 'video'
                | 'custom';
              alternative: string;
              calls: number;
              /** @description Exact decimal number as text */
              cost: string;
              /** @enum {string} */
              basis: 'measured' | 'list';
              /** @description Of the same tokens, at list price */
              alternativeCost: string;
              p95: {
                modelMs: number;
                alternativeMs: number;
                modelSamples: number;
                alternativeSamples: number;
              } | null;
            }
          | {
              /** @constant */
              kind: 'idleProjects';
              appDid: string;
              /**
               * Format: date-time
               * @description RFC 3339 instant in UTC
               */
              lastCallAt: string;
              idleDays: number;
              calls: number;
              cost: string | null;
              credits: string | null;
            }
          | {
              /** @constant */
              kind: 'expiringGrants';
              grantId: string;
              description: string | null;
              /**
               * Format: date-time
               * @description RFC 3339 instant in UTC
               */
              expiresAt: string;
              /** @description Exact decimal number as text */
              amount: string;
              /** @description Exact decimal number as text */
              left: string;
              /** @description Exact decimal number as text */
              unused: string;
              /** @description Exact decimal number as text */
              unusedAtLeast: string;
              /** @description Exact decimal number as text */
              dailyUse: string;
            };
        /** @description Each line is the product of its factors; prices are of a million tokens */
        arithmetic: {
          /** @enum {string} */
          unit: 'money' | 'credits';
          lines: {
            /** @enum {string} */
            operation: 'add' | 'subtract';
            subject: string | null;
            factors: {
              /** @enum {string} */
              name:
                | 'failedCalls'
                | 'repeats'
                | 'cost'
                | 'otherCost'
                | 'cachedInputTokens'
                | 'cacheWriteTokens'
                | 'inputTokens'
                | 'outputTokens'
                | 'reasoningTokens'
                | 'readDiscount'
                | 'writeSurcharge'
                | 'price'
                | 'left'
                | 'dailyUse'
                | 'days'
                | 'usedByEarlierGrants';
              /** @description Exact decimal number as text */
              value: string;
              /** @enum {string} */
              unit:
                | 'calls'
                | 'tokens'
                | 'days'
                | 'money'
                | 'credits'
                | 'moneyPerMillionTokens'
                | 'creditsPerDay';
            }[];
            /** @description Exact decimal number as text */
            amount: string;
          }[];
          /** @description Exact decimal number as text */
          result: string;
        } | null;
        /** @description Savings overlap: they do not add up */
        saving: {
          /** @description Exact decimal number as text */
          amount: string;
          /** @enum {string} */
          unit: 'money' | 'credits';
          currency: string | null;
          period: {
            /**
             * Format: date-time
             * @description RFC 3339 instant in UTC
             */
            from: string;
            /**
             * Format: date-time
             * @description RFC 3339 instant in UTC
             */
            to: string;
          };
        } | null;
        evidence: {
          appDid: string;
          model: string | null;
          status: ('processing' | 'success' | 'failed') | null;
          type:
            | (
                | 'chatCompletion'
                | 'embedding'
                | 'imageGeneration'
                | 'audioGeneration'
                | 'video'
                | 'custom'
              )
            | null;
          /**
           * Format: date-time
           * @description RFC 3339 instant in UTC
           */
          from: string;
          /**
           * Format: date-time
           * @description RFC 3339 instant in UTC
           */
          to: string;
          calls: number | null;
        }[];
        /** @enum {string} */
        assumption:
          | 'failuresAvoidable'
          | 'retriesAvoidable'
          | 'cacheListPrice'
          | 'sameTokensListPrice'
          | 'noFutureCalls'
          | 'sameDailyUse';
        basedOn: {
          calls: number | null;
          days: number | null;
          /**
           * Format: date-time
           * @description RFC 3339 instant in UTC
           */
          from: string;
          /**
           * Format: date-time
           * @description RFC 3339 instant in UTC
           */
          to: string;
        };
        /** @enum {string} */
        state: 'open' | 'dismissed' | 'done';
        /** @description Of what is done: what was promised, and saved since */
        outcome: {
          /**
           * Format: date-time
           * @description RFC 3339 instant in UTC
           */
          doneAt: string;
          promised: {
            /** @description Exact decimal number as text */
            amount: string;
            /** @enum {string} */
            unit: 'money' | 'credits';
            currency: string | null;
            period: {
              /**
               * Format: date-time
               * @description RFC 3339 instant in UTC
               */
              from: string;
              /**
               * Format: date-time
               * @description RFC 3339 instant in UTC
               */
              to: string;
            };
          } | null;
          measured: {
            /** @description Exact decimal number as text */
            amount: string;
            /** @enum {string} */
            unit: 'money' | 'credits';
            currency: string | null;
            period: {
              /**
               * Format: date-time
               * @description RFC 3339 instant in UTC
               */
              from: string;
              /**
               * Format: date-time
               * @description RFC 3339 instant in UTC
               */
              to: string;
            };
          } | null;
          calls: number;
        } | null;
      }[];
      omitted: number;
      unavailable: {
        /** @enum {string} */
        kind:
          | 'failedCalls'
          | 'retries'
          | 'cacheSavings'
          | 'priceDifference'
          | 'idleProjects'
          | 'expiringGrants';
        /** @enum {string} */
        reason:
          | 'noAccount'
          | 'noAnswer'
          | 'noProvider'
          | 'noPrices'
          | 'noAlternatives'
          | 'projects'
          | 'tooManyGrants';
      }[];
      /** @description The projects that the items name */
      projects: {
        appDid: string;
        name: string | null;
        logoUrl: string | null;
        url: string | null;
      }[];
      basedOn: {
        calls: number;
        /** @description Looked at one by one, for failures and repeats: the newest */
        callsRead: number;
        /**
         * Format: date-time
         * @description RFC 3339 instant in UTC
         */
        callsFrom: string;
        truncated: boolean;
      };
      range: {
        /**
         * Format: date-time
         * @description RFC 3339 instant in UTC
         */
        from: string;
        /**
         * Format: date-time
         * @description RFC 3339 instant in UTC
         */
        to: string;
        timeZone: string;
      };
      freshness: {
        /**
         * Format: date-time
         * @description When the answer was computed
         */
        asOf: string;
        /** @description How far the pre-aggregates reach */
        rolledUpThrough: string | null;
        /**
         * Format: date-time
         * @description Calls before it are archived: they count, by whole UTC hours, and are not listed
         */
        archivedBefore?: string;
      };
    };
    Alerts: {
      items: {
        /** @constant */
        kind: 'alert';
        id: string;
        name: string;
        /** @enum {string} */
        owner: 'user' | 'host';
        scope:
          | {
              /** @constant */
              kind: 'account';
            }
          | {
              /** @constant */
              kind: 'project';
              appDid: string;
            }
          | {
              /** @constant */
              kind: 'model';
              model: string;
            };
        channels: (
          | {
              /** @constant */
              kind: 'callback';
            }
          | {
              /** @constant */
              kind: 'webhook';
              webhookId: string;
            }
        )[];
        enabled: boolean;
        snoozedUntil: string | null;
        acknowledgedAt: string | null;
        levels: {
          label: string;
          /** @description Exact decimal number as text */
          threshold: string;
          /** @enum {string} */
          state: 'ok' | 'firing' | 'unknown';
          since: string | null;
        }[];
        history: {
          id: string;
          ruleId: string;
          /** @enum {string} */
          type: 'fired' | 'cleared';
          name: string;
          /** @enum {string} */
          metric:
            | 'credits'
            | 'cost'
            | 'calls'
            | 'tokens'
            | 'errorRate'
            | 'p95DurationMs'
            | 'remaining'
            | 'daysRemaining';
          scope:
            | {
                /** @constant */
                kind: 'account';
              }
            | {
                /** @constant */
                kind: 'project';
                appDid: string;
              }
            | {
                /** @constant */
                kind: 'model';
                model: string;
              };
          level: string;
          /** @description Exact decimal number as text */
          threshold: string;
          value: string | null;
          periodStart: string | null;
          /**
           * Format: date-time
           * @description RFC 3339 instant in UTC
           */
          occurredAt: string;
        }[];
        createdAt: string | null;
        updatedAt: string | null;
        evaluatedAt: string | null;
        /** @enum {string} */
        metric:
          | 'credits'
          | 'cost'
          | 'calls'
          | 'tokens'
          | 'errorRate'
          | 'p95DurationMs'
          | 'remaining'
          | 'daysRemaining';
        /** @enum {string} */
        direction: 'above' | 'below';
        window:
          | {
              /** @constant */
              kind: 'calendar';
              /** @enum {string} */
              unit: 'day' | 'week' | 'month';
              timeZone: string;
            }
          | {
              /** @constant */
              kind: 'rolling';
              hours: number;
            };
        minCalls: number | null;
        value: string | null;
        currency: string | null;
        periodStart: string | null;
        periodEnd: string | null;
      }[];
      channels: (
        | {
            /** @constant */
            kind: 'callback';
          }
        | {
            /** @constant */
            kind: 'webhook';
            webhookId: string;
          }
      )[];
      freshness: {
        /**
         * Format: date-time
         * @description When the answer was computed
         */
        asOf: string;
        /** @description How far the pre-aggregates reach */
        rolledUpThrough: string | null;
        /**
         * Format: date-time
         * @description Calls before it are archived: they count, by whole UTC hours, and are not listed
         */
        archivedBefore?: string;
      };
    };
    Budgets: {
      items: {
        /** @constant */
        kind: 'budget';
        id: string;
        name: string;
        /** @enum {string} */
        owner: 'user' | 'host';
        scope:
          | {
              /** @constant */
              kind: 'account';
            }
          | {
              /** @constant */
              kind: 'project';
              appDid: string;
            }
          | {
              /** @constant */
              kind: 'model';
              model: string;
            };
        channels: (
          | {
              /** @constant */
              kind: 'callback';
            }
          | {
              /** @constant */
              kind: 'webhook';
              webhookId: string;
            }
        )[];
        enabled: boolean;
        snoozedUntil: string | null;
        acknowledgedAt: string | null;
        levels: {
          label: string;
          /** @description Exact decimal number as text */
          threshold: string;
          /** @enum {string} */
          state: 'ok' | 'firing' | 'unknown';
          since: string | null;
        }[];
        history: {
          id: string;
          ruleId: string;
          /** @enum {string} */
          type: 'fired' | 'cleared';
          name: string;
          /** @enum {string} */
          metric:
            | 'credits'
            | 'cost'
            | 'calls'
            | 'tokens'
            | 'errorRate'
            | 'p95DurationMs'
            | 'remaining'
            | 'daysRemaining';
          scope:
            | {
                /** @constant */
                kind: 'account';
              }
            | {
                /** @constant */
                kind: 'project';
                appDid: string;
              }
            | {
                /** @constant */
                kind: 'model';
                model: string;
              };
          level: string;
          /** @description Exact decimal number as text */
          threshold: string;
          value: string | null;
          periodStart: string | null;
          /**
           * Format: date-time
           * @description RFC 3339 instant in UTC
           */
          occurredAt: string;
        }[];
        createdAt: string | null;
        updatedAt: string | null;
        evaluatedAt: string | null;
        /** @enum {string} */
        metric: 'credits' | 'cost' | 'calls' | 'tokens';
        window: {
          /** @constant */
          kind: 'calendar';
          /** @enum {string} */
          unit: 'day' | 'week' | 'month';
          timeZone: string;
        };
        /** @description Exact decimal number as text */
        amount: string;
        currency: string | null;
        levelPercents: number[];
        enforce: boolean;
        spent: string | null;
        share: number | null;
        /**
         * Format: date-time
         * @description RFC 3339 instant in UTC
         */
        periodStart: string;
        /**
         * Format: date-time
         * @description RFC 3339 instant in UTC
         */
        periodEnd: string;
        series: {
          /**
           * Format: date-time
           * @description RFC 3339 instant in UTC
           */
          start: string;
          /**
           * Format: date-time
           * @description RFC 3339 instant in UTC
           */
          end: string;
          spent: string | null;
        }[];
        projection: {
          /** @description Exact decimal number as text */
          amount: string;
          /** @description Exact decimal number as text */
          lowest: string;
          /** @description Exact decimal number as text */
          highest: string;
          basedOnDays: number;
        } | null;
      }[];
      channels: (
        | {
            /** @constant */
            kind: 'callback';
          }
        | {
            /** @constant */
            kind: 'webhook';
            webhookId: string;
          }
      )[];
      freshness: {
        /**
         * Format: date-time
         * @description When the answer was computed
         */
        asOf: string;
        /** @description How far the pre-aggregates reach */
        rolledUpThrough: string | null;
        /**
         * Format: date-time
         * @description Calls before it are archived: they count, by whole UTC hours, and are not listed
         */
        archivedBefore?: string;
      };
    };
    CreateAlertBody: {
      name: string;
      /** @enum {string} */
      metric:
        | 'credits'
        | 'cost'
        | 'calls'
        | 'tokens'
        | 'errorRate'
        | 'p95DurationMs'
        | 'remaining'
        | 'daysRemaining';
      scope?:
        | {
            /** @constant */
            kind: 'account';
          }
        | {
            /** @constant */
            kind: 'project';
            appDid: string;
          }
        | {
            /** @constant */
            kind: 'model';
            model: string;
          };
      window:
        | {
            /** @constant */
            kind: 'calendar';
            /** @enum {string} */
            unit: 'day' | 'week' | 'month';
            timeZone: string;
          }
        | {
            /** @constant */
            kind: 'rolling';
            hours: number;
          };
      levels: string[];
      minCalls?: number;
      channels?: (
        | {
            /** @constant */
            kind: 'callback';
          }
        | {
            /** @constant */
            kind: 'webhook';
            webhookId: string;
          }
      )[];
      enabled?: boolean;
    };
    CreateAlert: {
      /** @constant */
      kind: 'alert';
      id: string;
      name: string;
      /** @enum {string} */
      owner: 'user' | 'host';
      scope:
        | {
            /** @constant */
            kind: 'account';
          }
        | {
            /** @constant */
            kind: 'project';
            appDid: string;
          }
        | {
            /** @constant */
            kind: 'model';
            model: string;
          };
      channels: (
        | {
            /** @constant */
            kind: 'callback';
          }
        | {
            /** @constant */
            kind: 'webhook';
            webhookId: string;
          }
      )[];
      enabled: boolean;
      snoozedUntil: string | null;
      acknowledgedAt: string | null;
      levels: {
        label: string;
        /** @description Exact decimal number as text */
        threshold: string;
        /** @enum {string} */
        state: 'ok' | 'firing' | 'unknown';
        since: string | null;
      }[];
      history: {
        id: string;
        ruleId: string;
        /** @enum {string} */
        type: 'fired' | 'cleared';
        name: string;
        /** @enum {string} */
        metric:
          | 'credits'
          | 'cost'
          | 'calls'
          | 'tokens'
          | 'errorRate'
          | 'p95DurationMs'
          | 'remaining'
          | 'daysRemaining';
        scope:
          | {
              /** @constant */
              kind: 'account';
            }
          | {
              /** @constant */
              kind: 'project';
              appDid: string;
            }
          | {
              /** @constant */
              kind: 'model';
              model: string;
            };
        level: string;
        /** @description Exact decimal number as text */
        threshold: string;
        value: string | null;
        periodStart: string | null;
        /**
         * Format: date-time
         * @description RFC 3339 instant in UTC
         */
        occurredAt: string;
      }[];
      createdAt: string | null;
      updatedAt: string | null;
      evaluatedAt: string | null;
      /** @enum {string} */
      metric:
        | 'credits'
        | 'cost'
        | 'calls'
        | 'tokens'
        | 'errorRate'
        | 'p95DurationMs'
        | 'remaining'
        | 'daysRemaining';
      /** @enum {string} */
      direction: 'above' | 'below';
      window:
        | {
            /** @constant */
            kind: 'calendar';
            /** @enum {string} */
            unit: 'day' | 'week' | 'month';
            timeZone: string;
          }
        | {
            /** @constant */
            kind: 'rolling';
            hours: number;
          };
      minCalls: number | null;
      value: string | null;
      currency: string | null;
      periodStart: string | null;
      periodEnd: string | null;
    };
    ChangeAlertBody: {
      name?: string;
      /** @enum {string} */
      metric?:
        | 'credits'
        | 'cost'
        | 'calls'
        | 'tokens'
        | 'errorRate'
        | 'p95DurationMs'
        | 'remaining'
        | 'daysRemaining';
      scope?:
        | {
            /** @constant */
            kind: 'account';
          }
        | {
            /** @constant */
            kind: 'project';
            appDid: string;
          }
        | {
            /** @constant */
            kind: 'model';
            model: string;
          };
      window?:
        | {
            /** @constant */
            kind: 'calendar';
            /** @enum {string} */
            unit: 'day' | 'week' | 'month';
            timeZone: string;
          }
        | {
            /** @constant */
            kind: 'rolling';
            hours: number;
          };
      levels?: string[];
      minCalls?: number;
      channels?: (
        | {
            /** @constant */
            kind: 'callback';
          }
        | {
            /** @constant */
            kind: 'webhook';
            webhookId: string;
          }
      )[];
      enabled?: boolean;
    };
    ChangeAlert: {
      /** @constant */
      kind: 'alert';
      id: string;
      name: string;
      /** @enum {string} */
      owner: 'user' | 'host';
      scope:
        | {
            /** @constant */
            kind: 'account';
          }
        | {
            /** @constant */
            kind: 'project';
            appDid: string;
          }
        | {
            /** @constant */
            kind: 'model';
            model: string;
          };
      channels: (
        | {
            /** @constant */
            kind: 'callback';
          }
        | {
            /** @constant */
            kind: 'webhook';
            webhookId: string;
          }
      )[];
      enabled: boolean;
      snoozedUntil: string | null;
      acknowledgedAt: string | null;
      levels: {
        label: string;
        /** @description Exact decimal number as text */
        threshold: string;
        /** @enum {string} */
        state: 'ok' | 'firing' | 'unknown';
        since: string | null;
      }[];
      history: {
        id: string;
        ruleId: string;
        /** @enum {string} */
        type: 'fired' | 'cleared';
        name: string;
        /** @enum {string} */
        metric:
          | 'credits'
          | 'cost'
          | 'calls'
          | 'tokens'
          | 'errorRate'
          | 'p95DurationMs'
          | 'remaining'
          | 'daysRemaining';
        scope:
          | {
              /** @constant */
              kind: 'account';
            }
          | {
              /** @constant */
              kind: 'project';
              appDid: string;
            }
          | {
              /** @constant */
              kind: 'model';
              model: string;
            };
        level: string;
        /** @description Exact decimal number as text */
        threshold: string;
        value: string | null;
        periodStart: string | null;
        /**
         * Format: date-time
         * @description RFC 3339 instant in UTC
         */
        occurredAt: string;
      }[];
      createdAt: string | null;
      updatedAt: string | null;
      evaluatedAt: string | null;
      /** @enum {string} */
      metric:
        | 'credits'
        | 'cost'
        | 'calls'
        | 'tokens'
        | 'errorRate'
        | 'p95DurationMs'
        | 'remaining'
        | 'daysRemaining';
      /** @enum {string} */
      direction: 'above' | 'below';
      window:
        | {
            /** @constant */
            kind: 'calendar';
            /** @enum {string} */
            unit: 'day' | 'week' | 'month';
            timeZone: string;
          }
        | {
            /** @constant */
            kind: 'rolling';
            hours: number;
          };
      minCalls: number | null;
      value: string | null;
      currency: string | null;
      periodStart: string | null;
      periodEnd: string | null;
    };
    SnoozeAlertBody: {
      until: string | null;
    };
    CreateBudgetBody: {
      name: string;
      /** @enum {string} */
      metric: 'credits' | 'cost' | 'calls' | 'tokens';
      scope?:
        | {
            /** @constant */
            kind: 'account';
          }
        | {
            /** @constant */
            kind: 'project';
            appDid: string;
          }
        | {
            /** @constant */
            kind: 'model';
            model: string;
          };
      window: {
        /** @constant */
        kind: 'calendar';
        /** @enum {string} */
        unit: 'day' | 'week' | 'month';
        timeZone: string;
      };
      amount: string;
      levelPercents?: number[];
      enforce?: boolean;
      channels?: (
        | {
            /** @constant */
            kind: 'callback';
          }
        | {
            /** @constant */
            kind: 'webhook';
            webhookId: string;
          }
      )[];
      enabled?: boolean;
    };
    CreateBudget: {
      /** @constant */
      kind: 'budget';
      id: string;
      name: string;
      /** @enum {string} */
      owner: 'user' | 'host';
      scope:
        | {
            /** @constant */
            kind: 'account';
          }
        | {
            /** @constant */
            kind: 'project';
            appDid: string;
          }
        | {
            /** @constant */
            kind: 'model';
            model: string;
          };
      channels: (
        | {
            /** @constant */
            kind: 'callback';
          }
        | {
            /** @constant */
            kind: 'webhook';
            webhookId: string;
          }
      )[];
      enabled: boolean;
      snoozedUntil: string | null;
      acknowledgedAt: string | null;
      levels: {
        label: string;
        /** @description Exact decimal number as text */
        threshold: string;
        /** @enum {string} */
        state: 'ok' | 'firing' | 'unknown';
        since: string | null;
      }[];
      history: {
        id: string;
        ruleId: string;
        /** @enum {string} */
        type: 'fired' | 'cleared';
        name: string;
        /** @enum {string} */
        metric:
          | 'credits'
          | 'cost'
          | 'calls'
          | 'tokens'
          | 'errorRate'
          | 'p95DurationMs'
          | 'remaining'
          | 'daysRemaining';
        scope:
          | {
              /** @constant */
              kind: 'account';
            }
          | {
              /** @constant */
              kind: 'project';
              appDid: string;
            }
          | {
              /** @constant */
              kind: 'model';
              model: string;
            };
        level: string;
        /** @description Exact decimal number as text */
        threshold: string;
        value: string | null;
        periodStart: string | null;
        /**
         * Format: date-time
         * @description RFC 3339 instant in UTC
         */
        occurredAt: string;
      }[];
      createdAt: string | null;
      updatedAt: string | null;
      evaluatedAt: string | null;
      /** @enum {string} */
      metric: 'credits' | 'cost' | 'calls' | 'tokens';
      window: {
        /** @constant */
        kind: 'calendar';
        /** @enum {string} */
        unit: 'day' | 'week' | 'month';
        timeZone: string;
      };
      /** @description Exact decimal number as text */
      amount: string;
      currency: string | null;
      levelPercents: number[];
      enforce: boolean;
      spent: string | null;
      share: number | null;
      /**
       * Format: date-time
       * @description RFC 3339 instant in UTC
       */
      periodStart: string;
      /**
       * Format: date-time
       * @description RFC 3339 instant in UTC
       */
      periodEnd: string;
      series: {
        /**
         * Format: date-time
         * @description RFC 3339 instant in UTC
         */
        start: string;
        /**
         * Format: date-time
         * @description RFC 3339 instant in UTC
         */
        end: string;
        spent: string | null;
      }[];
      projection: {
        /** @description Exact decimal number as text */
        amount: string;
        /** @description Exact decimal number as text */
        lowest: string;
        /** @description Exact decimal number as text */
        highest: string;
        basedOnDays: number;
      } | null;
    };
    ChangeBudgetBody: {
      name?: string;
      /** @enum {string} */
      metric?: 'credits' | 'cost' | 'calls' | 'tokens';
      scope?:
        | {
            /** @constant */
            kind: 'account';
          }
        | {
            /** @constant */
            kind: 'project';
            appDid: string;
          }
        | {
            /** @constant */
            kind: 'model';
            model: string;
          };
      window?: {
        /** @constant */
        kind: 'calendar';
        /** @enum {string} */
        unit: 'day' | 'week' | 'month';
        timeZone: string;
      };
      amount?: string;
      levelPercents?: number[];
      enforce?: boolean;
      channels?: (
        | {
            /** @constant */
            kind: 'callback';
          }
        | {
            /** @constant */
            kind: 'webhook';
            webhookId: string;
          }
      )[];
      enabled?: boolean;
    };
    ChangeBudget: {
      /** @constant */
      kind: 'budget';
      id: string;
      name: string;
      /** @enum {string} */
      owner: 'user' | 'host';
      scope:
        | {
            /** @constant */
            kind: 'account';
          }
        | {
            /** @constant */
            kind: 'project';
            appDid: string;
          }
        | {
            /** @constant */
            kind: 'model';
            model: string;
          };
      channels: (
        | {
            /** @constant */
            kind: 'callback';
          }
        | {
            /** @constant */
            kind: 'webhook';
            webhookId: string;
          }
      )[];
      enabled: boolean;
      snoozedUntil: string | null;
      acknowledgedAt: string | null;
      levels: {
        label: string;
        /** @description Exact decimal number as text */
        threshold: string;
        /** @enum {string} */
        state: 'ok' | 'firing' | 'unknown';
        since: string | null;
      }[];
      history: {
        id: string;
        ruleId: string;
        /** @enum {string} */
        type: 'fired' | 'cleared';
        name: string;
        /** @enum {string} */
        metric:
          | 'credits'
          | 'cost'
          | 'calls'
          | 'tokens'
          | 'errorRate'
          | 'p95DurationMs'
          | 'remaining'
          | 'daysRemaining';
        scope:
          | {
              /** @constant */
              kind: 'account';
            }
          | {
              /** @constant */
              kind: 'project';
              appDid: string;
            }
          | {
              /** @constant */
              kind: 'model';
              model: string;
            };
        level: string;
        /** @description Exact decimal number as text */
        threshold: string;
        value: string | null;
        periodStart: string | null;
        /**
         * Format: date-time
         * @description RFC 3339 instant in UTC
         */
        occurredAt: string;
      }[];
      createdAt: string | null;
      updatedAt: string | null;
      evaluatedAt: string | null;
      /** @enum {string} */
      metric: 'credits' | 'cost' | 'calls' | 'tokens';
      window: {
        /** @constant */
        kind: 'calendar';
        /** @enum {string} */
        unit: 'day' | 'week' | 'month';
        timeZone: string;
      };
      /** @description Exact decimal number as text */
      amount: string;
      currency: string | null;
      levelPercents: number[];
      enforce: boolean;
      spent: string | null;
      share: number | null;
      /**
       * Format: date-time
       * @description RFC 3339 instant in UTC
       */
      periodStart: string;
      /**
       * Format: date-time
       * @description RFC 3339 instant in UTC
       */
      periodEnd: string;
      series: {
        /**
         * Format: date-time
         * @description RFC 3339 instant in UTC
         */
        start: string;
        /**
         * Format: date-time
         * @description RFC 3339 instant in UTC
         */
        end: string;
        spent: string | null;
      }[];
      projection: {
        /** @description Exact decimal number as text */
        amount: string;
        /** @description Exact decimal number as text */
        lowest: string;
        /** @description Exact decimal number as text */
        highest: string;
        basedOnDays: number;
      } | null;
    };
    DismissAdviceBody: {
      /** @description RFC 3339 instant or epoch milliseconds */
      from?: string;
      /** @description RFC 3339 instant or epoch milliseconds */
      to?: string;
    };
    DismissAdvice: {
      id: string;
      claim:
        | {
            /** @constant */
            kind: 'failedCalls';
            model: string;
            /** @enum {string} */
            reason:
              | 'rateLimit'
              | 'timeout'
              | 'authentication'
              | 'contextLength'
              | 'contentFilter'
              | 'quota'
              | 'network'
              | 'server'
              | 'invalidRequest'
              | 'cancelled'
              | 'abandoned'
              | 'other'
              | 'unknown';
            failedCalls: number;
            calls: number;
            cost: string | null;
            credits: string | null;
          }
        | {
            /** @constant */
            kind: 'retries';
            appDid: string;
            model: string;
            repeats: number;
            failedRepeats: number;
            calls: number;
            cost: string | null;
            credits: string | null;
          }
        | {
            /** @constant */
            kind: 'cacheSavings';
            model: string;
            provider: string | null;
            /** @enum {string} */
            type:
              | 'chatCompletion'
              | 'embedding'
              | 'imageGeneration'
              | 'audioGeneration'
              | 'video'
              | 'custom';
            cachedInputTokens: number;
            cacheWriteTokens: number;
            /** @description Calls that reported cached tokens */
            coveredCalls: number;
            calls: number;
            /** @description At list price; negative where writing cost more */
            netSaving: string;
          }
        | {
            /** @constant */
            kind: 'priceDifference';
            model: string;
            provider: string | null;
            /** @enum {string} */
            type:
              | 'chatCompletion'
              | 'embedding'
              | 'imageGeneration'
              | 'audioGeneration'
              | 'video'
              | 'custom';
            alternative: string;
            calls: number;
            /** @description Exact decimal number as text */
            cost: string;
            /** @enum {string} */
            basis: 'measured' | 'list';
            /** @description Of the same tokens, at list price */
            alternativeCost: string;
            p95: {
              modelMs: number;
              alternativeMs: number;
              modelSamples: number;
              alternativeSamples: number;
            } | null;
          }
        | {
            /** @constant */
            kind: 'idleProjects';
            appDid: string;
            /**
             * Format: date-time
             * @description RFC 3339 instant in UTC
             */
            lastCallAt: string;
            idleDays: number;
            calls: number;
            cost: string | null;
            credits: string | null;
          }
        | {
            /** @constant */
            kind: 'expiringGrants';
            grantId: string;
            description: string | null;
            /**
             * Format: date-time
             * @description RFC 3339 instant in UTC
             */
            expiresAt: string;
            /** @description Exact decimal number as text */
            amount: string;
            /** @description Exact decimal number as text */
            left: string;
            /** @description Exact decimal number as text */
            unused: string;
            /** @description Exact decimal number as text */
            unusedAtLeast: string;
            /** @description Exact decimal number as text */
            dailyUse: string;
          };
      /** @description Each line is the product of its factors; prices are of a million tokens */
      arithmetic: {
        /** @enum {string} */
        unit: 'money' | 'credits';
        lines: {
          /** @enum {string} */
          operation: 'add' | 'subtract';
          subject: string | null;
          factors: {
            /** @enum {string} */
            name:
              | 'failedCalls'
              | 'repeats'
              | 'cost'
              | 'otherCost'
              | 'cachedInputTokens'
              | 'cacheWriteTokens'
              | 'inputTokens'
              | 'outputTokens'
              | 'reasoningTokens'
              | 'readDiscount'
              | 'writeSurcharge'
              | 'price'
              | 'left'
              | 'dailyUse'
              | 'days'
              | 'usedByEarlierGrants';
            /** @description Exact decimal number as text */
            value: string;
            /** @enum {string} */
            unit:
              | 'calls'
              | 'tokens'
              | 'days'
              | 'money'
              | 'credits'
              | 'moneyPerMillionTokens'
              | 'creditsPerDay';
          }[];
          /** @description Exact decimal number as text */
          amount: string;
        }[];
        /** @description Exact decimal number as text */
        result: string;
      } | null;
      /** @description Savings overlap: they do not add up */
      saving: {
        /** @description Exact decimal number as text */
        amount: string;
        /** @enum {string} */
        unit: 'money' | 'credits';
        currency: string | null;
        period: {
          /**
           * Format: date-time
           * @description RFC 3339 instant in UTC
           */
          from: string;
          /**
           * Format: date-time
           * @description RFC 3339 instant in UTC
           */
          to: string;
        };
      } | null;
      evidence: {
        appDid: string;
        model: string | null;
        status: ('processing' | 'success' | 'failed') | null;
        type:
          | (
              | 'chatCompletion'
              | 'embedding'
              | 'imageGeneration'
              | 'audioGeneration'
              | 'video'
              | 'custom'
            )
          | null;
        /**
         * Format: date-time
         * @description RFC 3339 instant in UTC
         */
        from: string;
        /**
         * Format: date-time
         * @description RFC 3339 instant in UTC
         */
        to: string;
        calls: number | null;
      }[];
      /** @enum {string} */
      assumption:
        | 'failuresAvoidable'
        | 'retriesAvoidable'
        | 'cacheListPrice'
        | 'sameTokensListPrice'
        | 'noFutureCalls'
        | 'sameDailyUse';
      basedOn: {
        calls: number | null;
        days: number | null;
        /**
         * Format: date-time
         * @description RFC 3339 instant in UTC
         */
        from: string;
        /**
         * Format: date-time
         * @description RFC 3339 instant in UTC
         */
        to: string;
      };
      /** @enum {string} */
      state: 'open' | 'dismissed' | 'done';
      /** @description Of what is done: what was promised, and saved since */
      outcome: {
        /**
         * Format: date-time
         * @description RFC 3339 instant in UTC
         */
        doneAt: string;
        promised: {
          /** @description Exact decimal number as text */
          amount: string;
          /** @enum {string} */
          unit: 'money' | 'credits';
          currency: string | null;
          period: {
            /**
             * Format: date-time
             * @description RFC 3339 instant in UTC
             */
            from: string;
            /**
             * Format: date-time
             * @description RFC 3339 instant in UTC
             */
            to: string;
          };
        } | null;
        measured: {
          /** @description Exact decimal number as text */
          amount: string;
          /** @enum {string} */
          unit: 'money' | 'credits';
          currency: string | null;
          period: {
            /**
             * Format: date-time
             * @description RFC 3339 instant in UTC
             */
            from: string;
            /**
             * Format: date-time
             * @description RFC 3339 instant in UTC
             */
            to: string;
          };
        } | null;
        calls: number;
      } | null;
    };
    FinishAdviceBody: {
      /** @description RFC 3339 instant or epoch milliseconds */
      from?: string;
      /** @description RFC 3339 instant or epoch milliseconds */
      to?: string;
    };
    FinishAdvice: {
      id: string;
      claim:
        | {
            /** @constant */
            kind: 'failedCalls';
            model: string;
            /** @enum {string} */
            reason:
              | 'rateLimit'
              | 'timeout'
              | 'authentication'
              | 'contextLength'
              | 'contentFilter'
              | 'quota'
              | 'network'
              | 'server'
              | 'invalidRequest'
              | 'cancelled'
              | 'abandoned'
              | 'other'
              | 'unknown';
            failedCalls: number;
            calls: number;
            cost: string | null;
            credits: string | null;
          }
        | {
            /** @constant */
            kind: 'retries';
            appDid: string;
            model: string;
            repeats: number;
            failedRepeats: number;
            calls: number;
            cost: string | null;
            credits: string | null;
          }
        | {
            /** @constant */
            kind: 'cacheSavings';
            model: string;
            provider: string | null;
            /** @enum {string} */
            type:
              | 'chatCompletion'
              | 'embedding'
              | 'imageGeneration'
              | 'audioGeneration'
              | 'video'
              | 'custom';
            cachedInputTokens: number;
            cacheWriteTokens: number;
            /** @description Calls that reported cached tokens */
            coveredCalls: number;
            calls: number;
            /** @description At list price; negative where writing cost more */
            netSaving: string;
          }
        | {
            /** @constant */
            kind: 'priceDifference';
            model: string;
            provider: string | null;
            /** @enum {string} */
            type:
              | 'chatCompletion'
              | 'embedding'
              | 'imageGeneration'
              | 'audioGeneration'
              | 'video'
              | 'custom';
            alternative: string;
            calls: number;
            /** @description Exact decimal number as text */
            cost: string;
            /** @enum {string} */
            basis: 'measured' | 'list';
            /** @description Of the same tokens, at list price */
            alternativeCost: string;
            p95: {
              modelMs: number;
              alternativeMs: number;
              modelSamples: number;
              alternativeSamples: number;
            } | null;
          }
        | {
            /** @constant */
            kind: 'idleProjects';
            appDid: string;
            /**
             * Format: date-time
             * @description RFC 3339 instant in UTC
             */
            lastCallAt: string;
            idleDays: number;
            calls: number;
            cost: string | null;
            credits: string | null;
          }
        | {
            /** @constant */
            kind: 'expiringGrants';
            grantId: string;
            description: string | null;
            /**
             * Format: date-time
             * @description RFC 3339 instant in UTC
             */
            expiresAt: string;
            /** @description Exact decimal number as text */
            amount: string;
            /** @description Exact decimal number as text */
            left: string;
            /** @description Exact decimal number as text */
            unused: string;
            /** @description Exact decimal number as text */
            unusedAtLeast: string;
            /** @description Exact decimal number as text */
            dailyUse: string;
          };
      /** @description Each line is the product of its factors; prices are of a million tokens */
      arithmetic: {
        /** @enum {string} */
        unit: 'money' | 'credits';
        lines: {
          /** @enum {string} */
          operation: 'add' | 'subtract';
          subject: string | null;
          factors: {
            /** @enum {string} */
            name:
              | 'failedCalls'
              | 'repeats'
              | 'cost'
              | 'otherCost'
              | 'cachedInputTokens'
              | 'cacheWriteTokens'
              | 'inputTokens'
              | 'outputTokens'
              | 'reasoningTokens'
              | 'readDiscount'
              | 'writeSurcharge'
              | 'price'
              | 'left'
              | 'dailyUse'
              | 'days'
              | 'usedByEarlierGrants';
            /** @description Exact decimal number as text */
            value: string;
            /** @enum {string} */
            unit:
              | 'calls'
              | 'tokens'
              | 'days'
              | 'money'
              | 'credits'
              | 'moneyPerMillionTokens'
              | 'creditsPerDay';
          }[];
          /** @description Exact decimal number as text */
          amount: string;
        }[];
        /** @description Exact decimal number as text */
        result: string;
      } | null;
      /** @description Savings overlap: they do not add up */
      saving: {
        /** @description Exact decimal number as text */
        amount: string;
        /** @enum {string} */
        unit: 'money' | 'credits';
        currency: string | null;
        period: {
          /**
           * Format: date-time
           * @description RFC 3339 instant in UTC
           */
          from: string;
          /**
           * Format: date-time
           * @description RFC 3339 instant in UTC
           */
          to: string;
        };
      } | null;
      evidence: {
        appDid: string;
        model: string | null;
        status: ('processing' | 'success' | 'failed') | null;
        type:
          | (
              | 'chatCompletion'
              | 'embedding'
              | 'imageGeneration'
              | 'audioGeneration'
              | 'video'
              | 'custom'
            )
          | null;
        /**
         * Format: date-time
         * @description RFC 3339 instant in UTC
         */
        from: string;
        /**
         * Format: date-time
         * @description RFC 3339 instant in UTC
         */
        to: string;
        calls: number | null;
      }[];
      /** @enum {string} */
      assumption:
        | 'failuresAvoidable'
        | 'retriesAvoidable'
        | 'cacheListPrice'
        | 'sameTokensListPrice'
        | 'noFutureCalls'
        | 'sameDailyUse';
      basedOn: {
        calls: number | null;
        days: number | null;
        /**
         * Format: date-time
         * @description RFC 3339 instant in UTC
         */
        from: string;
        /**
         * Format: date-time
         * @description RFC 3339 instant in UTC
         */
        to: string;
      };
      /** @enum {string} */
      state: 'open' | 'dismissed' | 'done';
      /** @description Of what is done: what was promised, and saved since */
      outcome: {
        /**
         * Format: date-time
         * @description RFC 3339 instant in UTC
         */
        doneAt: string;
        promised: {
          /** @description Exact decimal number as text */
          amount: string;
          /** @enum {string} */
          unit: 'money' | 'credits';
          currency: string | null;
          period: {
            /**
             * Format: date-time
             * @description RFC 3339 instant in UTC
             */
            from: string;
            /**
             * Format: date-time
             * @description RFC 3339 instant in UTC
             */
            to: string;
          };
        } | null;
        measured: {
          /** @description Exact decimal number as text */
          amount: string;
          /** @enum {string} */
          unit: 'money' | 'credits';
          currency: string | null;
          period: {
            /**
             * Format: date-time
             * @description RFC 3339 instant in UTC
             */
            from: string;
            /**
             * Format: date-time
             * @description RFC 3339 instant in UTC
             */
            to: string;
          };
        } | null;
        calls: number;
      } | null;
    };
    Problem: {
      type: string;
      title: string;
      status: number;
      detail: string;
      code: string;
      requestId: string;
      errors?: {
        parameter: string;
        detail: string;
      }[];
    };
  };
  responses: never;
  parameters: never;
  requestBodies: never;
  headers: never;
  pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
  quota: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The answer */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Quota'];
        };
      };
      /** @description The answer that the client has, named by `If-None-Match`, still holds */
      304: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description A parameter is unknown, repeated, out of range or not in its form */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description No user is signed in, or the token is not valid any more */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description Outside the token's scopes, projects or origins */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description Too many requests */
      429: {
        headers: {
          /** @description Seconds after which to try again */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description Something went wrong; the request id names it in the log */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The server is busy, or the answer took too long */
      503: {
        headers: {
          /** @description Seconds after which to try again */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  overview: {
    parameters: {
      query?: {
        /** @description RFC 3339 instant or epoch milliseconds */
        from?: string;
        /** @description RFC 3339 instant or epoch milliseconds */
        to?: string;
        /** @description IANA zone that days and months are cut in */
        timeZone?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The answer */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Overview'];
        };
      };
      /** @description The answer that the client has, named by `If-None-Match`, still holds */
      304: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description A parameter is unknown, repeated, out of range or not in its form */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description No user is signed in, or the token is not valid any more */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description Outside the token's scopes, projects or origins */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description Too many requests */
      429: {
        headers: {
          /** @description Seconds after which to try again */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description Something went wrong; the request id names it in the log */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The server is busy, or the answer took too long */
      503: {
        headers: {
          /** @description Seconds after which to try again */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  projects: {
    parameters: {
      query?: {
        /** @description RFC 3339 instant or epoch milliseconds */
        from?: string;
        /** @description RFC 3339 instant or epoch milliseconds */
        to?: string;
        /** @description IANA zone that days and months are cut in */
        timeZone?: string;
        /** @description Part of a name or DID; case-insensitive, literal */
        search?: string;
        /** @description Column to sort by */
        sortBy?:
          | 'name'
          | 'calls'
          | 'tokens'
          | 'credits'
          | 'cost'
          | 'successRate'
          | 'averageDuration'
          | 'p95Duration'
          | 'lastCall';
        /** @description Direction of the order */
        sortOrder?: 'asc' | 'desc';
        /** @description Page, from 1 */
        page?: number;
        /** @description Items a page */
        pageSize?: number;
        /** @description Adds this figure over time to each item */
        sparkline?: 'calls' | 'tokens' | 'credits' | 'cost';
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The answer */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Projects'];
        };
      };
      /** @description The answer that the client has, named by `If-None-Match`, still holds */
      304: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description A parameter is unknown, repeated, out of range or not in its form */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description No user is signed in, or the token is not valid any more */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description Outside the token's scopes, projects or origins */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description Too many requests */
      429: {
        headers: {
          /** @description Seconds after which to try again */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description Something went wrong; the request id names it in the log */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The server is busy, or the answer took too long */
      503: {
        headers: {
          /** @description Seconds after which to try again */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  trends: {
    parameters: {
      query?: {
        /** @description RFC 3339 instant or epoch milliseconds */
        from?: string;
        /** @description RFC 3339 instant or epoch milliseconds */
        to?: string;
        /** @description IANA zone that days and months are cut in */
        timeZone?: string;
        /** @description Width of a bucket; default by range */
        granularity?: 'hour' | 'day' | 'month';
        /** @description Breaks each point down */
        groupBy?: 'model' | 'provider' | 'type' | 'project';
        /** @description With groupBy: groups besides the rest; default 5 */
        top?: number;
        /** @description With groupBy: which groups are the largest */
        topBy?: 'calls' | 'tokens' | 'credits' | 'cost';
        /** @description Adds the period before */
        compare?: 'previous';
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The answer */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Trends'];
        };
      };
      /** @description The answer that the client has, named by `If-None-Match`, still holds */
      304: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description A parameter is unknown, repeated, out of range or not in its form */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description No user is signed in, or the token is not valid any more */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description Outside the token's scopes, projects or origins */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description Too many requests */
      429: {
        headers: {
          /** @description Seconds after which to try again */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description Something went wrong; the request id names it in the log */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The server is busy, or the answer took too long */
      503: {
        headers: {
          /** @description Seconds after which to try again */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  models: {
    parameters: {
      query?: {
        /** @description RFC 3339 instant or epoch milliseconds */
        from?: string;
        /** @description RFC 3339 instant or epoch milliseconds */
        to?: string;
        /** @description IANA zone that days and months are cut in */
        timeZone?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The answer */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Models'];
        };
      };
      /** @description The answer that the client has, named by `If-None-Match`, still holds */
      304: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description A parameter is unknown, repeated, out of range or not in its form */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description No user is signed in, or the token is not valid any more */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description Outside the token's scopes, projects or origins */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description Too many requests */
      429: {
        headers: {
          /** @description Seconds after which to try again */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description Something went wrong; the request id names it in the log */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The server is busy, or the answer took too long */
      503: {
        headers: {
          /** @description Seconds after which to try again */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  activity: {
    parameters: {
      query?: {
        /** @description RFC 3339 instant or epoch milliseconds */
        from?: string;
        /** @description RFC 3339 instant or epoch milliseconds */
        to?: string;
        /** @description IANA zone that days and months are cut in */
        timeZone?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The answer */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Activity'];
        };
      };
      /** @description The answer that the client has, named by `If-None-Match`, still holds */
      304: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description A parameter is unknown, repeated, out of range or not in its form */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description No user is signed in, or the token is not valid any more */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description Outside the token's scopes, projects or origins */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description Too many requests */
      429: {
        headers: {
          /** @description Seconds after which to try again */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description Something went wrong; the request id names it in the log */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The server is busy, or the answer took too long */
      503: {
        headers: {
          /** @description Seconds after which to try again */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  projectStats: {
    parameters: {
      query?: {
        /** @description RFC 3339 instant or epoch milliseconds */
        from?: string;
        /** @description RFC 3339 instant or epoch milliseconds */
        to?: string;
        /** @description IANA zone that days and months are cut in */
        timeZone?: string;
      };
      header?: never;
      path: {
        /** @description The project */
        appDid: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The answer */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ProjectStats'];
        };
      };
      /** @description The answer that the client has, named by `If-None-Match`, still holds */
      304: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description A parameter is unknown, repeated, out of range or not in its form */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description No user is signed in, or the token is not valid any more */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description Outside the token's scopes, projects or origins */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The user has no such project */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description Too many requests */
      429: {
        headers: {
          /** @description Seconds after which to try again */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description Something went wrong; the request id names it in the log */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The server is busy, or the answer took too long */
      503: {
        headers: {
          /** @description Seconds after which to try again */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  projectTrends: {
    parameters: {
      query?: {
        /** @description RFC 3339 instant or epoch milliseconds */
        from?: string;
        /** @description RFC 3339 instant or epoch milliseconds */
        to?: string;
        /** @description IANA zone that days and months are cut in */
        timeZone?: string;
        /** @description Width of a bucket; default by range */
        granularity?: 'hour' | 'day' | 'month';
        /** @description Breaks each point down */
        groupBy?: 'model' | 'provider' | 'type';
        /** @description With groupBy: groups besides the rest; default 5 */
        top?: number;
        /** @description With groupBy: which groups are the largest */
        topBy?: 'calls' | 'tokens' | 'credits' | 'cost';
        /** @description Adds the period before */
        compare?: 'previous';
      };
      header?: never;
      path: {
        /** @description The project */
        appDid: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The answer */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ProjectTrends'];
        };
      };
      /** @description The answer that the client has, named by `If-None-Match`, still holds */
      304: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description A parameter is unknown, repeated, out of range or not in its form */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description No user is signed in, or the token is not valid any more */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description Outside the token's scopes, projects or origins */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The user has no such project */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description Too many requests */
      429: {
        headers: {
          /** @description Seconds after which to try again */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description Something went wrong; the request id names it in the log */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The server is busy, or the answer took too long */
      503: {
        headers: {
          /** @description Seconds after which to try again */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  projectModels: {
    parameters: {
      query?: {
        /** @description RFC 3339 instant or epoch milliseconds */
        from?: string;
        /** @description RFC 3339 instant or epoch milliseconds */
        to?: string;
        /** @description IANA zone that days and months are cut in */
        timeZone?: string;
      };
      header?: never;
      path: {
        /** @description The project */
        appDid: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The answer */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ProjectModels'];
        };
      };
      /** @description The answer that the client has, named by `If-None-Match`, still holds */
      304: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description A parameter is unknown, repeated, out of range or not in its form */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description No user is signed in, or the token is not valid any more */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description Outside the token's scopes, projects or origins */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The user has no such project */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description Too many requests */
      429: {
        headers: {
          /** @description Seconds after which to try again */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description Something went wrong; the request id names it in the log */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The server is busy, or the answer took too long */
      503: {
        headers: {
          /** @description Seconds after which to try again */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  projectLatency: {
    parameters: {
      query?: {
        /** @description RFC 3339 instant or epoch milliseconds */
        from?: string;
        /** @description RFC 3339 instant or epoch milliseconds */
        to?: string;
        /** @description IANA zone that days and months are cut in */
        timeZone?: string;
      };
      header?: never;
      path: {
        /** @description The project */
        appDid: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The answer */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ProjectLatency'];
        };
      };
      /** @description The answer that the client has, named by `If-None-Match`, still holds */
      304: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description A parameter is unknown, repeated, out of range or not in its form */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description No user is signed in, or the token is not valid any more */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description Outside the token's scopes, projects or origins */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The user has no such project */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description Too many requests */
      429: {
        headers: {
          /** @description Seconds after which to try again */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description Something went wrong; the request id names it in the log */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The server is busy, or the answer took too long */
      503: {
        headers: {
          /** @description Seconds after which to try again */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  projectFailures: {
    parameters: {
      query?: {
        /** @description RFC 3339 instant or epoch milliseconds */
        from?: string;
        /** @description RFC 3339 instant or epoch milliseconds */
        to?: string;
        /** @description IANA zone that days and months are cut in */
        timeZone?: string;
      };
      header?: never;
      path: {
        /** @description The project */
        appDid: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The answer */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ProjectFailures'];
        };
      };
      /** @description The answer that the client has, named by `If-None-Match`, still holds */
      304: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description A parameter is unknown, repeated, out of range or not in its form */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description No user is signed in, or the token is not valid any more */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description Outside the token's scopes, projects or origins */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The user has no such project */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description Too many requests */
      429: {
        headers: {
          /** @description Seconds after which to try again */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description Something went wrong; the request id names it in the log */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The server is busy, or the answer took too long */
      503: {
        headers: {
          /** @description Seconds after which to try again */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  projectCalls: {
    parameters: {
      query?: {
        /** @description RFC 3339 instant or epoch milliseconds */
        from?: string;
        /** @description RFC 3339 instant or epoch milliseconds */
        to?: string;
        /** @description IANA zone that days and months are cut in */
        timeZone?: string;
        /** @description Only these models */
        model?: string[];
        /** @description Only these statuses */
        status?: ('processing' | 'success' | 'failed')[];
        /** @description Only these types */
        type?: (
          | 'chatCompletion'
          | 'embedding'
          | 'imageGeneration'
          | 'audioGeneration'
          | 'video'
          | 'custom'
        )[];
        /** @description Only calls that took at least this long, milliseconds */
        minDurationMs?: number;
        /** @description Beginning of a call or trace id; literal */
        search?: string;
        /** @description What to sort by */
        sortBy?: 'time' | 'duration';
        /** @description Direction of the order */
        sortOrder?: 'asc' | 'desc';
        /** @description Items a page */
        limit?: number;
        /** @description `nextCursor` of the page before */
        cursor?: string;
        /** @description Adds how many calls each value of the filters lists */
        counts?: 'true';
      };
      header?: never;
      path: {
        /** @description The project */
        appDid: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The answer */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ProjectCalls'];
        };
      };
      /** @description The answer that the client has, named by `If-None-Match`, still holds */
      304: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description A parameter is unknown, repeated, out of range or not in its form */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description No user is signed in, or the token is not valid any more */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description Outside the token's scopes, projects or origins */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The user has no such project */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description Too many requests */
      429: {
        headers: {
          /** @description Seconds after which to try again */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description Something went wrong; the request id names it in the log */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The server is busy, or the answer took too long */
      503: {
        headers: {
          /** @description Seconds after which to try again */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  quotaDetails: {
    parameters: {
      query?: {
        /** @description Only this kind */
        kind?: 'grant' | 'consumption' | 'adjustment' | 'expiration';
        /** @description RFC 3339 instant or epoch milliseconds */
        from?: string;
        /** @description RFC 3339 instant or epoch milliseconds */
        to?: string;
        /** @description Makes the consumption of each day one item */
        groupBy?: 'day';
        /** @description IANA zone that days and months are cut in */
        timeZone?: string;
        /** @description Page, from 1 */
        page?: number;
        /** @description Items a page */
        pageSize?: number;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The answer */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['QuotaDetails'];
        };
      };
      /** @description The answer that the client has, named by `If-None-Match`, still holds */
      304: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description A parameter is unknown, repeated, out of range or not in its form */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description No user is signed in, or the token is not valid any more */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description Outside the token's scopes, projects or origins */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description Too many requests */
      429: {
        headers: {
          /** @description Seconds after which to try again */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description Something went wrong; the request id names it in the log */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The server is busy, or the answer took too long */
      503: {
        headers: {
          /** @description Seconds after which to try again */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  advice: {
    parameters: {
      query?: {
        /** @description RFC 3339 instant or epoch milliseconds */
        from?: string;
        /** @description RFC 3339 instant or epoch milliseconds */
        to?: string;
        /** @description IANA zone that days and months are cut in */
        timeZone?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The answer */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Advice'];
        };
      };
      /** @description The answer that the client has, named by `If-None-Match`, still holds */
      304: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description A parameter is unknown, repeated, out of range or not in its form */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description No user is signed in, or the token is not valid any more */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description Outside the token's scopes, projects or origins */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description Too many requests */
      429: {
        headers: {
          /** @description Seconds after which to try again */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description Something went wrong; the request id names it in the log */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The server is busy, or the answer took too long */
      503: {
        headers: {
          /** @description Seconds after which to try again */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  alerts: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The answer */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Alerts'];
        };
      };
      /** @description The answer that the client has, named by `If-None-Match`, still holds */
      304: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description A parameter is unknown, repeated, out of range or not in its form */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description No user is signed in, or the token is not valid any more */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description Outside the token's scopes, projects or origins */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description Too many requests */
      429: {
        headers: {
          /** @description Seconds after which to try again */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description Something went wrong; the request id names it in the log */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The server is busy, or the answer took too long */
      503: {
        headers: {
          /** @description Seconds after which to try again */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  createAlert: {
    parameters: {
      query?: never;
      header?: {
        /** @description Names the request for a day: another attempt gets the response of the first */
        'Idempotency-Key'?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['CreateAlertBody'];
      };
    };
    responses: {
      /** @description What is stored now */
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['CreateAlert'];
        };
      };
      /** @description A member of the body is unknown, missing or not in its form */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description No user is signed in, or the token is not valid any more */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description Sent by a page of another origin, or outside the token's scopes or projects */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The user has no such thing */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The first attempt with this key is in progress, or a limit is reached */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The body is too large */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The body is not JSON by its content type */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The Idempotency-Key was sent with another request */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description Too many requests */
      429: {
        headers: {
          /** @description Seconds after which to try again */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description Something went wrong; the request id names it in the log */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The server is busy, or the answer took too long */
      503: {
        headers: {
          /** @description Seconds after which to try again */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  budgets: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The answer */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Budgets'];
        };
      };
      /** @description The answer that the client has, named by `If-None-Match`, still holds */
      304: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description A parameter is unknown, repeated, out of range or not in its form */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description No user is signed in, or the token is not valid any more */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description Outside the token's scopes, projects or origins */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description Too many requests */
      429: {
        headers: {
          /** @description Seconds after which to try again */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description Something went wrong; the request id names it in the log */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The server is busy, or the answer took too long */
      503: {
        headers: {
          /** @description Seconds after which to try again */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  createBudget: {
    parameters: {
      query?: never;
      header?: {
        /** @description Names the request for a day: another attempt gets the response of the first */
        'Idempotency-Key'?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['CreateBudgetBody'];
      };
    };
    responses: {
      /** @description What is stored now */
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['CreateBudget'];
        };
      };
      /** @description A member of the body is unknown, missing or not in its form */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description No user is signed in, or the token is not valid any more */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description Sent by a page of another origin, or outside the token's scopes or projects */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The user has no such thing */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The first attempt with this key is in progress, or a limit is reached */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The body is too large */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The body is not JSON by its content type */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The Idempotency-Key was sent with another request */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description Too many requests */
      429: {
        headers: {
          /** @description Seconds after which to try again */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description Something went wrong; the request id names it in the log */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The server is busy, or the answer took too long */
      503: {
        headers: {
          /** @description Seconds after which to try again */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  deleteAlert: {
    parameters: {
      query?: never;
      header?: {
        /** @description Names the request for a day: another attempt gets the response of the first */
        'Idempotency-Key'?: string;
      };
      path: {
        ruleId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done */
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description A member of the body is unknown, missing or not in its form */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description No user is signed in, or the token is not valid any more */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description Sent by a page of another origin, or outside the token's scopes or projects */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The user has no such thing */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The first attempt with this key is in progress, or a limit is reached */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The body is too large */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The body is not JSON by its content type */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The Idempotency-Key was sent with another request */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description Too many requests */
      429: {
        headers: {
          /** @description Seconds after which to try again */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description Something went wrong; the request id names it in the log */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The server is busy, or the answer took too long */
      503: {
        headers: {
          /** @description Seconds after which to try again */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  changeAlert: {
    parameters: {
      query?: never;
      header?: {
        /** @description Names the request for a day: another attempt gets the response of the first */
        'Idempotency-Key'?: string;
      };
      path: {
        ruleId: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['ChangeAlertBody'];
      };
    };
    responses: {
      /** @description What is stored now */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ChangeAlert'];
        };
      };
      /** @description A member of the body is unknown, missing or not in its form */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description No user is signed in, or the token is not valid any more */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description Sent by a page of another origin, or outside the token's scopes or projects */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The user has no such thing */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The first attempt with this key is in progress, or a limit is reached */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The body is too large */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The body is not JSON by its content type */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The Idempotency-Key was sent with another request */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description Too many requests */
      429: {
        headers: {
          /** @description Seconds after which to try again */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description Something went wrong; the request id names it in the log */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The server is busy, or the answer took too long */
      503: {
        headers: {
          /** @description Seconds after which to try again */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  acknowledgeAlert: {
    parameters: {
      query?: never;
      header?: {
        /** @description Names the request for a day: another attempt gets the response of the first */
        'Idempotency-Key'?: string;
      };
      path: {
        ruleId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done */
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description A member of the body is unknown, missing or not in its form */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description No user is signed in, or the token is not valid any more */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description Sent by a page of another origin, or outside the token's scopes or projects */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The user has no such thing */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The first attempt with this key is in progress, or a limit is reached */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The body is too large */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The body is not JSON by its content type */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The Idempotency-Key was sent with another request */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description Too many requests */
      429: {
        headers: {
          /** @description Seconds after which to try again */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description Something went wrong; the request id names it in the log */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The server is busy, or the answer took too long */
      503: {
        headers: {
          /** @description Seconds after which to try again */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  snoozeAlert: {
    parameters: {
      query?: never;
      header?: {
        /** @description Names the request for a day: another attempt gets the response of the first */
        'Idempotency-Key'?: string;
      };
      path: {
        ruleId: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['SnoozeAlertBody'];
      };
    };
    responses: {
      /** @description Done */
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description A member of the body is unknown, missing or not in its form */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description No user is signed in, or the token is not valid any more */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description Sent by a page of another origin, or outside the token's scopes or projects */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The user has no such thing */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The first attempt with this key is in progress, or a limit is reached */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The body is too large */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The body is not JSON by its content type */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The Idempotency-Key was sent with another request */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description Too many requests */
      429: {
        headers: {
          /** @description Seconds after which to try again */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description Something went wrong; the request id names it in the log */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The server is busy, or the answer took too long */
      503: {
        headers: {
          /** @description Seconds after which to try again */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  deleteBudget: {
    parameters: {
      query?: never;
      header?: {
        /** @description Names the request for a day: another attempt gets the response of the first */
        'Idempotency-Key'?: string;
      };
      path: {
        ruleId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done */
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description A member of the body is unknown, missing or not in its form */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description No user is signed in, or the token is not valid any more */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description Sent by a page of another origin, or outside the token's scopes or projects */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The user has no such thing */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The first attempt with this key is in progress, or a limit is reached */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The body is too large */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The body is not JSON by its content type */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The Idempotency-Key was sent with another request */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description Too many requests */
      429: {
        headers: {
          /** @description Seconds after which to try again */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description Something went wrong; the request id names it in the log */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The server is busy, or the answer took too long */
      503: {
        headers: {
          /** @description Seconds after which to try again */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  changeBudget: {
    parameters: {
      query?: never;
      header?: {
        /** @description Names the request for a day: another attempt gets the response of the first */
        'Idempotency-Key'?: string;
      };
      path: {
        ruleId: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['ChangeBudgetBody'];
      };
    };
    responses: {
      /** @description What is stored now */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ChangeBudget'];
        };
      };
      /** @description A member of the body is unknown, missing or not in its form */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description No user is signed in, or the token is not valid any more */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description Sent by a page of another origin, or outside the token's scopes or projects */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The user has no such thing */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The first attempt with this key is in progress, or a limit is reached */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The body is too large */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The body is not JSON by its content type */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The Idempotency-Key was sent with another request */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description Too many requests */
      429: {
        headers: {
          /** @description Seconds after which to try again */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description Something went wrong; the request id names it in the log */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The server is busy, or the answer took too long */
      503: {
        headers: {
          /** @description Seconds after which to try again */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  dismissAdvice: {
    parameters: {
      query?: never;
      header?: {
        /** @description Names the request for a day: another attempt gets the response of the first */
        'Idempotency-Key'?: string;
      };
      path: {
        adviceId: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['DismissAdviceBody'];
      };
    };
    responses: {
      /** @description What is stored now */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['DismissAdvice'];
        };
      };
      /** @description A member of the body is unknown, missing or not in its form */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description No user is signed in, or the token is not valid any more */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description Sent by a page of another origin, or outside the token's scopes or projects */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The user has no such thing */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The first attempt with this key is in progress, or a limit is reached */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The body is too large */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The body is not JSON by its content type */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The Idempotency-Key was sent with another request */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description Too many requests */
      429: {
        headers: {
          /** @description Seconds after which to try again */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description Something went wrong; the request id names it in the log */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The server is busy, or the answer took too long */
      503: {
        headers: {
          /** @description Seconds after which to try again */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  finishAdvice: {
    parameters: {
      query?: never;
      header?: {
        /** @description Names the request for a day: another attempt gets the response of the first */
        'Idempotency-Key'?: string;
      };
      path: {
        adviceId: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['FinishAdviceBody'];
      };
    };
    responses: {
      /** @description What is stored now */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['FinishAdvice'];
        };
      };
      /** @description A member of the body is unknown, missing or not in its form */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description No user is signed in, or the token is not valid any more */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description Sent by a page of another origin, or outside the token's scopes or projects */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The user has no such thing */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The first attempt with this key is in progress, or a limit is reached */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The body is too large */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The body is not JSON by its content type */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The Idempotency-Key was sent with another request */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description Too many requests */
      429: {
        headers: {
          /** @description Seconds after which to try again */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description Something went wrong; the request id names it in the log */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The server is busy, or the answer took too long */
      503: {
        headers: {
          /** @description Seconds after which to try again */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  reopenAdvice: {
    parameters: {
      query?: never;
      header?: {
        /** @description Names the request for a day: another attempt gets the response of the first */
        'Idempotency-Key'?: string;
      };
      path: {
        adviceId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done */
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description A member of the body is unknown, missing or not in its form */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description No user is signed in, or the token is not valid any more */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description Sent by a page of another origin, or outside the token's scopes or projects */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The user has no such thing */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The first attempt with this key is in progress, or a limit is reached */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The body is too large */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The body is not JSON by its content type */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The Idempotency-Key was sent with another request */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description Too many requests */
      429: {
        headers: {
          /** @description Seconds after which to try again */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description Something went wrong; the request id names it in the log */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The server is busy, or the answer took too long */
      503: {
        headers: {
          /** @description Seconds after which to try again */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  callsExport: {
    parameters: {
      query: {
        /** @description RFC 3339 instant or epoch milliseconds */
        from?: string;
        /** @description RFC 3339 instant or epoch milliseconds */
        to?: string;
        /** @description IANA zone that days and months are cut in */
        timeZone?: string;
        /** @description Only these models */
        model?: string[];
        /** @description Only these statuses */
        status?: ('processing' | 'success' | 'failed')[];
        /** @description Only these types */
        type?: (
          | 'chatCompletion'
          | 'embedding'
          | 'imageGeneration'
          | 'audioGeneration'
          | 'video'
          | 'custom'
        )[];
        /** @description Only calls that took at least this long, milliseconds */
        minDurationMs?: number;
        /** @description Beginning of a call or trace id; literal */
        search?: string;
        /** @description What to sort by */
        sortBy?: 'time' | 'duration';
        /** @description Direction of the order */
        sortOrder?: 'asc' | 'desc';
        /** @description One project; default: all that may be seen */
        appDid?: string;
        /** @description Format of the file */
        format: 'csv' | 'xlsx' | 'ndjson';
        /** @description What separates fields; only of csv, default comma */
        delimiter?: 'comma' | 'semicolon';
        /** @description What separates decimals; only of csv, default point */
        decimal?: 'point' | 'comma';
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The file, of one state of the database; only a complete one ends with `complete` */
      200: {
        headers: {
          /** @description The name of the file */
          'Content-Disposition'?: string;
          [name: string]: unknown;
        };
        content: {
          'text/csv': string;
          'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': string;
          'application/x-ndjson': string;
        };
      };
      /** @description A parameter is unknown, repeated, out of range or not in its form */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description No user is signed in, or the token is not valid any more */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description Outside the token's scopes, projects or origins */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The user has no such project */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description Too many requests, or another export in progress */
      429: {
        headers: {
          /** @description Seconds after which to try again */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description Something went wrong; the request id names it in the log */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description Too many exports in progress, or no ledger */
      503: {
        headers: {
          /** @description Seconds after which to try again */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  projectsExport: {
    parameters: {
      query: {
        /** @description RFC 3339 instant or epoch milliseconds */
        from?: string;
        /** @description RFC 3339 instant or epoch milliseconds */
        to?: string;
        /** @description IANA zone that days and months are cut in */
        timeZone?: string;
        /** @description Part of a name or DID; case-insensitive, literal */
        search?: string;
        /** @description Column to sort by */
        sortBy?:
          | 'name'
          | 'calls'
          | 'tokens'
          | 'credits'
          | 'cost'
          | 'successRate'
          | 'averageDuration'
          | 'p95Duration'
          | 'lastCall';
        /** @description Direction of the order */
        sortOrder?: 'asc' | 'desc';
        /** @description Format of the file */
        format: 'csv' | 'xlsx' | 'ndjson';
        /** @description What separates fields; only of csv, default comma */
        delimiter?: 'comma' | 'semicolon';
        /** @description What separates decimals; only of csv, default point */
        decimal?: 'point' | 'comma';
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The file, of one state of the database; only a complete one ends with `complete` */
      200: {
        headers: {
          /** @description The name of the file */
          'Content-Disposition'?: string;
          [name: string]: unknown;
        };
        content: {
          'text/csv': string;
          'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': string;
          'application/x-ndjson': string;
        };
      };
      /** @description A parameter is unknown, repeated, out of range or not in its form */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description No user is signed in, or the token is not valid any more */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description Outside the token's scopes, projects or origins */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The user has no such project */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description Too many requests, or another export in progress */
      429: {
        headers: {
          /** @description Seconds after which to try again */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description Something went wrong; the request id names it in the log */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description Too many exports in progress, or no ledger */
      503: {
        headers: {
          /** @description Seconds after which to try again */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  trendsExport: {
    parameters: {
      query: {
        /** @description RFC 3339 instant or epoch milliseconds */
        from?: string;
        /** @description RFC 3339 instant or epoch milliseconds */
        to?: string;
        /** @description IANA zone that days and months are cut in */
        timeZone?: string;
        /** @description Width of a bucket; default by range */
        granularity?: 'hour' | 'day' | 'month';
        /** @description Breaks each point down */
        groupBy?: 'model' | 'provider' | 'type' | 'project';
        /** @description With groupBy: groups besides the rest; default 5 */
        top?: number;
        /** @description With groupBy: which groups are the largest */
        topBy?: 'calls' | 'tokens' | 'credits' | 'cost';
        /** @description One project; default: all that may be seen */
        appDid?: string;
        /** @description Format of the file */
        format: 'csv' | 'xlsx' | 'ndjson';
        /** @description What separates fields; only of csv, default comma */
        delimiter?: 'comma' | 'semicolon';
        /** @description What separates decimals; only of csv, default point */
        decimal?: 'point' | 'comma';
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The file, of one state of the database; only a complete one ends with `complete` */
      200: {
        headers: {
          /** @description The name of the file */
          'Content-Disposition'?: string;
          [name: string]: unknown;
        };
        content: {
          'text/csv': string;
          'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': string;
          'application/x-ndjson': string;
        };
      };
      /** @description A parameter is unknown, repeated, out of range or not in its form */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description No user is signed in, or the token is not valid any more */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description Outside the token's scopes, projects or origins */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The user has no such project */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description Too many requests, or another export in progress */
      429: {
        headers: {
          /** @description Seconds after which to try again */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description Something went wrong; the request id names it in the log */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description Too many exports in progress, or no ledger */
      503: {
        headers: {
          /** @description Seconds after which to try again */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  modelsExport: {
    parameters: {
      query: {
        /** @description RFC 3339 instant or epoch milliseconds */
        from?: string;
        /** @description RFC 3339 instant or epoch milliseconds */
        to?: string;
        /** @description IANA zone that days and months are cut in */
        timeZone?: string;
        /** @description One project; default: all that may be seen */
        appDid?: string;
        /** @description Format of the file */
        format: 'csv' | 'xlsx' | 'ndjson';
        /** @description What separates fields; only of csv, default comma */
        delimiter?: 'comma' | 'semicolon';
        /** @description What separates decimals; only of csv, default point */
        decimal?: 'point' | 'comma';
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The file, of one state of the database; only a complete one ends with `complete` */
      200: {
        headers: {
          /** @description The name of the file */
          'Content-Disposition'?: string;
          [name: string]: unknown;
        };
        content: {
          'text/csv': string;
          'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': string;
          'application/x-ndjson': string;
        };
      };
      /** @description A parameter is unknown, repeated, out of range or not in its form */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description No user is signed in, or the token is not valid any more */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description Outside the token's scopes, projects or origins */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The user has no such project */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description Too many requests, or another export in progress */
      429: {
        headers: {
          /** @description Seconds after which to try again */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description Something went wrong; the request id names it in the log */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description Too many exports in progress, or no ledger */
      503: {
        headers: {
          /** @description Seconds after which to try again */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  ledgerExport: {
    parameters: {
      query: {
        /** @description Only this kind */
        kind?: 'grant' | 'consumption' | 'adjustment' | 'expiration';
        /** @description RFC 3339 instant or epoch milliseconds */
        from?: string;
        /** @description RFC 3339 instant or epoch milliseconds */
        to?: string;
        /** @description Format of the file */
        format: 'csv' | 'xlsx' | 'ndjson';
        /** @description What separates fields; only of csv, default comma */
        delimiter?: 'comma' | 'semicolon';
        /** @description What separates decimals; only of csv, default point */
        decimal?: 'point' | 'comma';
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The file, of one state of the database; only a complete one ends with `complete` */
      200: {
        headers: {
          /** @description The name of the file */
          'Content-Disposition'?: string;
          [name: string]: unknown;
        };
        content: {
          'text/csv': string;
          'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': string;
          'application/x-ndjson': string;
        };
      };
      /** @description A parameter is unknown, repeated, out of range or not in its form */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description No user is signed in, or the token is not valid any more */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description Outside the token's scopes, projects or origins */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The user has no such project */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description Too many requests, or another export in progress */
      429: {
        headers: {
          /** @description Seconds after which to try again */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description Something went wrong; the request id names it in the log */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description Too many exports in progress, or no ledger */
      503: {
        headers: {
          /** @description Seconds after which to try again */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
}
