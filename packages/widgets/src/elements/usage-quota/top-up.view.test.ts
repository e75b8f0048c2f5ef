import type { AutoRecharge, Quota } from '@usage-kit/server-sdk/contract';
import { describe, expect, it } from 'vitest';
import { QUOTA, QUOTA_UNAVAILABLE } from '@usage-kit/testing/fixtures/quota';
import { getLocalizer } from '../../locales/localizer.js';
import { toTopUpView, type HostTopUp, type TopUpView } from './top-up.view.js';

const NO_HOST: HostTopUp = { hasDialog: false, url: undefined };
const DIALOG: HostTopUp = { hasDialog: true, url: undefined };
const ON: AutoRecharge = { enabled: true, threshold: '50', creditsPerPurchase: '100' };
const OFF: AutoRecharge = { enabled: false, threshold: null, creditsPerPurchase: null };

const view = (quota: Quota | null, host = NO_HOST): TopUpView | null =>
  toTopUpView(quota, host, getLocalizer('en'));

describe('toTopUpView', () => {
  it.each([
    ['https://pay.example.com/up', 'https://pay.example.com/up'],
    ['http://pay.example.com/up', 'http://pay.example.com/up'],
    ['javascript:alert(1)', null],
    ['//pay.example.com', null],
    [null, null],
  ])('lets a top-up to %s lead to %s', (topUpUrl, expected) => {
    expect(view({ ...QUOTA, topUpUrl })?.url).toBe(expected);
  });

  it.each([
    ['Top up', '', null],
    ['Auto top-up', 'On below 50.00', ON],
    ['Auto top-up', 'Off', OFF],
    ['Auto top-up', '', { ...ON, threshold: null }],
  ])('calls the provider’s button %s %s', (label, text, autoRecharge) => {
    expect(view({ ...QUOTA, autoRecharge })).toMatchObject({ label, text });
  });

  it.each([
    ['Not set up', null],
    ['On below 50.00', ON],
    ['Off', OFF],
  ])('is always there where the page has a dialog, and says %s', (text, autoRecharge) => {
    const quota = { ...QUOTA, topUpUrl: null, autoRecharge };
    expect(view(quota, DIALOG)).toEqual({ label: 'Auto top-up', text, url: null });
  });

  it('says no state that is not known', () => {
    const expected = { label: 'Auto top-up', text: '' };
    expect(view(null, DIALOG)).toMatchObject(expected);
    expect(view({ ...QUOTA_UNAVAILABLE, autoRecharge: null }, DIALOG)).toMatchObject(expected);
  });

  it('leads to the page’s own link before the provider’s, unless that is unsafe', () => {
    const own = { hasDialog: false, url: '/billing/top-up' };
    expect(view(QUOTA, own)?.url).toBe('/billing/top-up');
    expect(view(null, own)).toMatchObject({ label: 'Auto top-up', url: '/billing/top-up' });
    const unsafe = { hasDialog: false, url: 'javascript:alert(1)' };
    expect(view(QUOTA, unsafe)?.url).toBe(QUOTA.topUpUrl);
    expect(view({ ...QUOTA, topUpUrl: null, autoRecharge: null }, unsafe)).toBeNull();
  });

  it('is not there where neither the page nor the provider has any', () => {
    expect(view({ ...QUOTA, topUpUrl: null, autoRecharge: null })).toBeNull();
    expect(view(null)).toBeNull();
  });
});
