import type { QuotaDetails, QuotaDetailsParams } from '@usage-kit/server-sdk/contract';
import type { TemplateResult } from 'lit';
import type { RequestOptions, UsageClient } from '../../client/usage-client.js';
import { UsageRequestError, type UsageErrorCode } from '../../client/usage-request-error.js';
import type { Localizer } from '../../locales/localizer.js';
import { ledgerMessages } from '../../locales/en/ledger.js';
import { renderSegments } from '../../templates/segments.js';

/** In the view state: each entry is a row. */
export const UNGROUPED = 'none';

const REFUSED: UsageErrorCode = 'PARAMETER_INVALID';

/**
 * Reads a page of the ledger by day; of a server that knows no days, and so refuses the parameter, each entry.
 *
 * @throws UsageRequestError
 */
export async function readDays(
  client: UsageClient,
  { groupBy, timeZone, ...rows }: QuotaDetailsParams,
  options: RequestOptions,
): Promise<QuotaDetails> {
  if (groupBy === undefined) return client.getQuotaDetails(rows, options);
  try {
    return await client.getQuotaDetails({ ...rows, groupBy, timeZone }, options);
  } catch (error) {
    if (!(error instanceof UsageRequestError && error.code === REFUSED)) throw error;
    return client.getQuotaDetails(rows, options);
  }
}

/** The choice between days of use and each of its entries. */
export function renderGrouping(
  { t }: Localizer,
  isEach: boolean,
  onChoose: (isEach: boolean) => void,
): TemplateResult {
  return renderSegments(
    t(ledgerMessages.ledgerGrouping),
    [
      { value: '', label: t(ledgerMessages.ledgerByDay) },
      { value: UNGROUPED, label: t(ledgerMessages.ledgerEachEntry) },
    ],
    isEach ? UNGROUPED : '',
    (value) => onChoose(value === UNGROUPED),
  );
}
