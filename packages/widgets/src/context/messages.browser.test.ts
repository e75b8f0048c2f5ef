import { expect } from '@open-wc/testing';
import { html } from 'lit';
import { mount, update } from '../../test/mount.js';

describe('texts of a page', () => {
  it('go from the provider to everything below, and from an element over those', async () => {
    const { element, provider, text } = await mount(html`<usage-overview></usage-overview>`);
    expect(text()).to.contain('Credits').and.contain('Tokens');
    provider.messages = { credits: 'Points', tokens: 'Words' };
    await update(element);
    expect(text()).to.contain('Points').and.contain('Words').and.not.contain('Credits');
    element.messages = { credits: 'Coins' };
    await update(element);
    expect(text()).to.contain('Coins').and.contain('Words');
  });

  it('can be JSON in an attribute; what is none changes nothing', async () => {
    const { element, query } = await mount(
      html`<usage-projects messages='{"searchProjectsHint":"Name or ID"}'></usage-projects>`,
    );
    expect(query<HTMLInputElement>('input').placeholder).to.equal('Name or ID');
    element.setAttribute('messages', '{"searchProjectsHint":');
    await update(element);
    expect(query<HTMLInputElement>('input').placeholder).to.equal('Name or DID');
  });
});
