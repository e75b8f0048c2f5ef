import { expect } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import type { TemplateResult } from 'lit';
import type { UsageClient } from '../src/client/usage-client.js';
import { UsageRequestError } from '../src/client/usage-request-error.js';
import { expectAccessible } from './expect-accessible.js';
import { mount, update, type Mounted, type MountOptions } from './mount.js';
import type { RuleElement } from '../src/base/rule-card-element.js';
import { waitUntil } from '../src/test-support/wait-until.js';

/** A call of a method of the client: its name and arguments. */
export type Sent = [name: string, ...args: unknown[]];

/** What differs between alerts and budgets in what can be done with both. */
export interface RuleSuiteOptions {
  render: () => TemplateResult;
  create: 'createAlert' | 'createBudget';
  change: 'changeAlert' | 'changeBudget';
  remove: 'deleteAlert' | 'deleteBudget';
  /** The rule that is shown first, which is the user's. */
  firstName: string;
  /** What is typed into the form of a new one, by field. */
  fill: Readonly<Record<string, string>>;
  /** A field that is wrong. */
  wrong: Readonly<Record<string, string>>;
  /** What the server is asked then. */
  input: object;
}

/** A method that fails as the server does. */
export const refuse =
  (
    code: 'TOO_MANY_RULES' | 'SCOPE_FORBIDDEN' | 'RULE_NOT_FOUND' | 'NETWORK',
    status: number | null,
  ) =>
  (): Promise<never> =>
    Promise.reject(new UsageRequestError('No.', { code, status, retryable: status === null }));

const key = (sent: Sent | undefined): string =>
  (sent?.at(-1) as { idempotencyKey: string }).idempotencyKey;

async function openForm(mounted: Mounted<RuleElement>, button: string): Promise<void> {
  mounted.query(button).click();
  await waitUntil(() => mounted.queryAll('form').length > 0, 'the form');
  await update(mounted.element);
}

/** Types into the fields of the open form. */
async function type(
  { element, query }: Mounted<RuleElement>,
  fields: Readonly<Record<string, string>>,
): Promise<void> {
  for (const [name, value] of Object.entries(fields)) {
    const field = query<HTMLInputElement>(`.editor [name="${name}"]`);
    field.value = value;
    field.dispatchEvent(new Event('input', { bubbles: true }));
    await update(element);
  }
}

/** What a person can do with alerts and budgets alike. */
export function describeRules(tag: string, options: RuleSuiteOptions): void {
  const { render, create, change, remove, firstName, fill, wrong, input } = options;
  const open = (overrides: Partial<UsageClient> = {}, more: MountOptions = {}) =>
    mount<RuleElement>(render(), { overrides, ...more });
  const active = ({ element }: Mounted<RuleElement>): Element | null | undefined =>
    element.shadowRoot?.activeElement;

  describe(`${tag}, its rules`, () => {
    it('are made by a form, once, with the same key for every attempt', async () => {
      const sent: Sent[] = [];
      let fails = true;
      const mounted = await open({
        [create]: (...args: unknown[]) => {
          sent.push([create, ...args]);
          return fails ? refuse('NETWORK', null)() : Promise.resolve();
        },
      });
      await openForm(mounted, '[data-focus="new"]');
      expect(active(mounted)?.getAttribute('name')).to.equal('name');
      await expectAccessible(mounted.element);
      await type(mounted, fill);
      await sendKeys({ press: 'Enter' });
      await update(mounted.element);
      expect(mounted.text()).to.contain('The server did not respond.');
      await expectAccessible(mounted.element);
      fails = false;
      mounted.query('[type="submit"]').click();
      await update(mounted.element);
      expect(sent.map(([, body]) => body)).to.deep.equal([input, input]);
      expect(key(sent[0])).to.match(/^[0-9a-f]{32}$/);
      expect(key(sent[1])).to.equal(key(sent[0]));
      // The form is closed, and the focus is where it came from.
      expect(mounted.queryAll('form')).to.have.length(0);
      expect(active(mounted)?.getAttribute('data-focus')).to.equal('new');
      // Another one is another wish, also with the same words.
      await openForm(mounted, '[data-focus="new"]');
      await type(mounted, fill);
      mounted.query('[type="submit"]').click();
      await update(mounted.element);
      expect(sent).to.have.length(3);
      expect(key(sent[2])).not.to.equal(key(sent[0]));
    });

    it('are changed in their place, with another key for another input', async () => {
      const sent: Sent[] = [];
      const mounted = await open({
        [change]: (...args: unknown[]) => {
          sent.push([change, ...args]);
          return sent.length < 2 ? refuse('NETWORK', null)() : Promise.resolve();
        },
      });
      await openForm(mounted, '[data-focus="edit"]');
      expect(mounted.query<HTMLInputElement>('[name="name"]').value).to.equal(firstName);
      await type(mounted, { name: 'Renamed' });
      mounted.query('[type="submit"]').click();
      await update(mounted.element);
      await type(mounted, { name: 'Renamed again' });
      mounted.query('[type="submit"]').click();
      await update(mounted.element);
      expect(sent.map(([, , body]) => (body as { name: string }).name)).to.deep.equal([
        'Renamed',
        'Renamed again',
      ]);
      expect(key(sent[0])).not.to.equal(key(sent[1]));
      expect(active(mounted)?.getAttribute('aria-label')).to.equal(`Change: ${firstName}`);
    });

    it('say what is wrong at the field, and the focus goes there', async () => {
      const mounted = await open();
      await openForm(mounted, '[data-focus="new"]');
      await type(mounted, { ...fill, ...wrong });
      mounted.query('[type="submit"]').click();
      await update(mounted.element);
      const [field] = Object.keys(wrong);
      expect(active(mounted)?.getAttribute('name')).to.equal(field);
      expect(active(mounted)?.getAttribute('aria-invalid')).to.equal('true');
      expect(mounted.query(`#hint-${field}`).className).to.contain('fault');
      await expectAccessible(mounted.element);
      await sendKeys({ press: 'Escape' });
      await update(mounted.element);
      expect(mounted.queryAll('form')).to.have.length(0);
      expect(active(mounted)?.getAttribute('data-focus')).to.equal('new');
    });

    it('are deleted when it is confirmed, and the next one gets the focus', async () => {
      const sent: Sent[] = [];
      const mounted = await open({
        [remove]: (...args: unknown[]) => {
          sent.push([remove, ...args]);
          return Promise.resolve();
        },
      });
      const before = mounted.queryAll('.rule').length;
      mounted.query('[data-focus="delete"]').click();
      await update(mounted.element);
      // What can be undone is chosen first.
      expect(active(mounted)?.textContent?.trim()).to.equal('Cancel');
      expect(mounted.text()).to.contain(`Delete “${firstName}”?`);
      await sendKeys({ press: 'Enter' });
      await update(mounted.element);
      expect(sent).to.deep.equal([]);
      expect(active(mounted)?.getAttribute('data-focus')).to.equal('delete');
      await sendKeys({ press: 'Enter' });
      await update(mounted.element);
      await sendKeys({ press: 'Tab' });
      await sendKeys({ press: 'Enter' });
      await update(mounted.element);
      expect(sent).to.have.length(1);
      expect(active(mounted)?.closest('.rule')).not.to.equal(null);
      expect(before).to.be.greaterThan(1);
    });

    it('can only be read where the page says so, and where the server does', async () => {
      const quiet = await open();
      quiet.element.toggleAttribute('read-only', true);
      await update(quiet.element);
      expect(quiet.queryAll('.choices button, [data-focus="new"]')).to.have.length(0);
      const mounted = await open({ [remove]: refuse('SCOPE_FORBIDDEN', 403) });
      mounted.query('[data-focus="delete"]').click();
      await update(mounted.element);
      mounted.query('[data-focus="confirm"]').click();
      await update(mounted.element);
      expect(mounted.text()).to.contain('You may see these rules, not change them.');
      expect(mounted.queryAll('.choices button, [data-focus="new"]')).to.have.length(0);
      await expectAccessible(mounted.element);
    });

    it('fit a phone with their form, in Chinese too', async () => {
      for (const locale of ['en', 'zh']) {
        const mounted = await open({}, { locale });
        mounted.element.style.setProperty('width', '320px');
        await openForm(mounted, '[data-focus="edit"]');
        for (const part of mounted.queryAll('.card, .editor, .field')) {
          expect(part.scrollWidth).to.be.at.most(part.clientWidth + 1);
        }
        await expectAccessible(mounted.element);
      }
    });
  });
}
