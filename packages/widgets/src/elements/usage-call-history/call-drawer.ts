import type { CallItem } from '@usage-kit/server-sdk/contract';
import { html, nothing, type TemplateResult } from 'lit';
import type { UsageElement } from '../../base/usage-element.js';
import { runAfterFrame } from '../../controllers/task-timer.js';
import { callDrawerMessages } from '../../locales/en/call-drawer.js';
import { projectMessages } from '../../locales/en/projects.js';
import * as icons from '../../templates/icons.js';
import { adoptStyles } from '../../utils/adopt-styles.js';
import type { CallDrawerPort } from './call-drawer-controller.js';
import { callDrawerStyles } from './call-drawer.styles.js';
import { renderCallDetails } from './call-drawer-body.js';
import { renderCallHeading } from './call-drawer-heading.js';

/** A call of the list is at most this many characters of a search. */
const MAX_SEARCH_LENGTH = 128;

/** A call as the drawer shows it. */
interface Shown {
  item: CallItem;
  /** Index among the calls of the list; -1: not one of them. */
  index: number;
}

/**
 * The details of a call in a modal drawer at the end of the window; on a phone it is the whole window.
 *
 * Arrow keys go to the calls before and after it, Escape closes it, and the focus returns to the row of the call that was
 * shown last.
 */
export class CallDrawer {
  readonly #host: UsageElement;
  readonly #port: CallDrawerPort;
  /** A call that a link names and no loaded page has. */
  #found: CallItem | null = null;
  #soughtId: string | null = null;
  #lastId: string | null = null;
  #isStepping = false;
  /** Takes back that the dialog closes. */
  #keepOpen: (() => void) | null = null;

  constructor(host: UsageElement, port: CallDrawerPort) {
    this.#host = host;
    this.#port = port;
    adoptStyles(host, callDrawerStyles);
  }

  render(): TemplateResult {
    const shown = this.#shown;
    return html`<dialog
      class="drawer"
      part="drawer"
      tabindex="-1"
      aria-labelledby="drawer-title"
      @cancel=${this.#onCancel}
      @close=${this.#onClose}
      @click=${this.#onClick}
      @keydown=${this.#onKey}
    >
      ${shown === null ? nothing : this.#renderCall(shown)}
    </dialog>`;
  }

  /** Opens or closes the dialog as the host says; after each of its updates. */
  update(): void {
    const dialog = this.#dialog;
    if (dialog === null || !this.#host.isConnected) return;
    const id = this.#port.getOpenId();
    const shown = this.#shown;
    if (shown !== null) {
      this.#lastId = shown.item.id;
      this.#keepOpen?.();
      if (!dialog.open) {
        dialog.showModal();
        // Not its first button: the name of the dialog is read first, and arrow keys work from here.
        dialog.focus();
      }
    } else if (dialog.open) {
      this.#closeDialog(dialog);
    } else if (id !== null) void this.#seek(id);
    if (id === null) this.#soughtId = null;
  }

  /** Takes the dialog off the top layer; it opens again with the element. */
  disconnect(): void {
    this.#keepOpen?.();
    this.#dialog?.removeAttribute('open');
  }

  get #dialog(): HTMLDialogElement | null {
    return this.#host.renderRoot.querySelector<HTMLDialogElement>('.drawer');
  }

  get #shown(): Shown | null {
    const id = this.#port.getOpenId();
    if (id === null) return null;
    const items = this.#port.getFeed()?.items ?? [];
    const index = items.findIndex((item) => item.id === id);
    const item = items[index] ?? (this.#found?.id === id ? this.#found : null);
    return item && { item, index };
  }

  #renderCall({ item, index }: Shown): TemplateResult {
    const { localizer, settings } = this.#host;
    const row = this.#port.toRow(item);
    const calls = this.#port.getFeed();
    const isListed = index >= 0 && calls !== null;
    const hasNext = isListed && (index + 1 < calls.items.length || calls.nextCursor !== null);
    return html`${renderCallHeading(localizer, {
        row,
        level: Math.min(this.#host.headingLevel + 1, 6),
        position: isListed ? { index, total: calls.total } : null,
        hasPrevious: index > 0,
        hasNext,
        onStep: (by) => void this.#step(by),
        onClose: () => this.#close(),
      })}
      ${renderCallDetails(localizer, row, {
        timeZone: settings.timeZone,
        copy: this.#port.copy,
      })}
      <div class="drawer-foot">${this.#renderCopy(item)}</div>`;
  }

  #renderCopy(item: CallItem): TemplateResult {
    const { t } = this.#host.localizer;
    const { copy } = this.#port;
    const json = JSON.stringify(item, null, 2);
    const isCopied = copy.isCopied(json);
    return html`<button
      type="button"
      class="button"
      part="copy-json"
      @click=${() => void copy.copy(json)}
    >
      ${isCopied ? icons.check() : icons.copy()}<span role="status"
        >${t(isCopied ? projectMessages.copied : callDrawerMessages.copyCall)}</span
      >
    </button>`;
  }

  async #step(by: 1 | -1): Promise<void> {
    const index = this.#shown?.index ?? -1;
    if (index < 0 || index + by < 0 || this.#isStepping) return;
    const getItem = (): CallItem | undefined => this.#port.getFeed()?.items[index + by];
    if (getItem() === undefined) {
      this.#isStepping = true;
      await this.#port.onMore();
      this.#isStepping = false;
    }
    const next = getItem();
    if (next === undefined || this.#port.getOpenId() === null) return;
    this.#port.onOpen(next.id);
    await this.#host.updateComplete;
    this.#dialog?.querySelector('.drawer-body')?.scrollTo(0, 0);
  }

  /** A link may name a call that is on another page. */
  async #seek(id: string): Promise<void> {
    if (this.#port.getFeed() === null || this.#soughtId === id) return;
    this.#soughtId = id;
    if (id.length > MAX_SEARCH_LENGTH) return;
    this.#found = await this.#find(id);
    this.#host.requestUpdate();
  }

  /** A call of the range, whatever the filters are; `null` where there is none or the server does not answer. */
  async #find(id: string): Promise<CallItem | null> {
    const appDid = this.#port.getAppDid();
    const { timeZone, client } = this.#host.settings;
    const range = this.#port.getFeed()?.range;
    if (!appDid || range === undefined) return null;
    try {
      const params = { ...range, timeZone, search: id, limit: 1 };
      const { items } = await client.getProjectCalls(appDid, params);
      return items.find((item) => item.id === id) ?? null;
    } catch {
      return null;
    }
  }

  #close(): void {
    this.#port.onOpen(null);
  }

  /**
   * Hides the dialog in the next frame and closes it after that: the end of a modal dialog makes the browser work out the styles of
   * the whole page again.
   */
  #closeDialog(dialog: HTMLDialogElement): void {
    if (this.#keepOpen !== null) return;
    dialog.classList.add('closing');
    const cancel = runAfterFrame(() => {
      this.#keepOpen?.();
      dialog.close();
      this.#focusRow();
    });
    this.#keepOpen = () => {
      this.#keepOpen = null;
      cancel();
      dialog.classList.remove('closing');
    };
  }

  /** To the row of the call that was shown last. */
  #focusRow(): void {
    const buttons = this.#host.renderRoot.querySelectorAll<HTMLButtonElement>('.expand');
    [...buttons].find(({ value }) => value === this.#lastId)?.focus();
  }

  readonly #onCancel = (event: Event): void => {
    event.preventDefault();
    this.#close();
  };

  /** The browser may close the dialog by itself; by then another call may be open in it again. */
  readonly #onClose = (): void => {
    if (this.#dialog?.open !== false || this.#port.getOpenId() === null) return;
    this.#close();
    this.#focusRow();
  };

  /** What lies around the drawer is the dialog's, too. */
  readonly #onClick = (event: MouseEvent): void => {
    const dialog = this.#dialog;
    if (dialog === null || event.target !== dialog) return;
    const { left, right } = dialog.getBoundingClientRect();
    if (event.clientX < left || event.clientX > right) this.#close();
  };

  readonly #onKey = (event: KeyboardEvent): void => {
    if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const isRtl = getComputedStyle(this.#host).direction === 'rtl';
    // In the text, the arrows up and down scroll.
    const isReading = (event.target as Element).matches('.drawer-body');
    const by = {
      ArrowLeft: isRtl ? 1 : -1,
      ArrowRight: isRtl ? -1 : 1,
      ...(isReading ? {} : { ArrowUp: -1, ArrowDown: 1 }),
    }[event.key] as 1 | -1 | undefined;
    if (by === undefined) return;
    event.preventDefault();
    void this.#step(by);
  };
}
