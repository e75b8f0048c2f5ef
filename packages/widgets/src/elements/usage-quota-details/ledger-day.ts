import type { LedgerEntry, QuotaDetailsParams } from '@usage-kit/server-sdk/contract';
import { html, nothing, type TemplateResult } from 'lit';
import type { UsageElement } from '../../base/usage-element.js';
import type { UsageClient } from '../../client/usage-client.js';
import { ledgerDayMessages } from '../../locales/en/ledger-day.js';

/** A row of the ledger that is a day. */
export type DayItem = LedgerEntry & { day: NonNullable<LedgerEntry['day']> };

/** What is shown below the row of an opened day. */
export interface OpenedDay {
  entries: readonly LedgerEntry[];
  /** Placeholders of entries that are being loaded. */
  waiting: number;
  /** Shows more entries, or loads them again; `nothing` where all are there, or are coming. */
  action: TemplateResult | typeof nothing;
}

/** What every card says while it loads and where it cannot. */
export type DayTexts = Readonly<Record<'loading' | 'retry', string>>;

/** Entries of one request. */
const DAY_PAGE_SIZE = 25;

interface Loaded {
  entries: LedgerEntry[];
  /** Pages that came. */
  pages: number;
  isLoading: boolean;
  hasFailed: boolean;
}

/** Loads the entries of opened days, 25 at a time. A day whose sum or number of entries has changed is loaded again. */
export class LedgerDays {
  readonly #host: UsageElement;
  readonly #getTexts: () => DayTexts;
  readonly #days = new Map<string, Loaded>();
  #client: UsageClient | null = null;

  constructor(host: UsageElement, getTexts: () => DayTexts) {
    this.#host = host;
    this.#getTexts = getTexts;
  }

  /** The entries of a day, whose first are requested where they are not known. @param name the day, ready to show */
  show(item: DayItem, name: string): OpenedDay {
    const { client } = this.#host.settings;
    if (client !== this.#client) this.#days.clear();
    this.#client = client;
    const key = [item.id, item.day.start, item.day.end, item.amount, item.day.entries].join(' ');
    const known = this.#days.get(key);
    const loaded = known ?? { entries: [], pages: 0, isLoading: false, hasFailed: false };
    if (known === undefined) {
      this.#days.set(key, loaded);
      void this.#load(item, loaded, client);
    }
    const { entries, isLoading } = loaded;
    const left = Math.max(0, item.day.entries - entries.length);
    return {
      entries,
      waiting: isLoading ? Math.min(left, DAY_PAGE_SIZE) : 0,
      action: this.#renderAction(item, loaded, name),
    };
  }

  #renderAction(item: DayItem, loaded: Loaded, day: string): TemplateResult | typeof nothing {
    const { localizer, settings } = this.#host;
    const { t, formatters } = localizer;
    if (loaded.isLoading) {
      return html`<span class="sr-only" role="status">${this.#getTexts().loading}</span>`;
    }
    const onClick = (): Promise<void> => this.#load(item, loaded, settings.client);
    if (loaded.hasFailed) {
      return html`<span class="day-action" role="status"
        >${t(ledgerDayMessages.ledgerDayFailed, { day })}
        <button class="button" part="day-retry" type="button" @click=${onClick}>
          ${this.#getTexts().retry}
        </button></span
      >`;
    }
    const more = Math.min(item.day.entries - loaded.entries.length, DAY_PAGE_SIZE);
    if (more <= 0) return nothing;
    const count = formatters.number({}).format(more);
    return html`<span class="day-action"
      ><button class="button quiet" part="day-more" type="button" @click=${onClick}>
        ${t(ledgerDayMessages.ledgerDayMore, { count }, more)}
      </button></span
    >`;
  }

  async #load({ day }: DayItem, loaded: Loaded, client: UsageClient): Promise<void> {
    Object.assign(loaded, { isLoading: true, hasFailed: false });
    this.#host.requestUpdate();
    const params: QuotaDetailsParams = {
      ...{ kind: 'consumption', from: day.start, to: day.end },
      ...{ page: loaded.pages + 1, pageSize: DAY_PAGE_SIZE },
    };
    try {
      const { status, items } = await client.getQuotaDetails(params);
      loaded.hasFailed = status === 'unavailable' || items.length === 0;
      if (!loaded.hasFailed) loaded.pages += 1;
      // An entry that was added meanwhile moves the others on.
      const known = new Set(loaded.entries.map(({ id }) => id));
      loaded.entries = [...loaded.entries, ...items.filter(({ id }) => !known.has(id))];
    } catch {
      loaded.hasFailed = true;
    }
    loaded.isLoading = false;
    this.#host.requestUpdate();
  }
}
