import { expect, it } from 'vitest';
import { html } from './html.js';

it('escapes values and keeps markup', () => {
  const name = `<b title="x">&'`;
  const items = ['1', '<2'].map((item) => html`<li>${item}</li>`);
  expect(
    html`<p>${name}</p>
      ${items}${null}${false}${0}`.text,
  ).toBe('<p>&lt;b title=&quot;x&quot;&gt;&amp;&#39;</p><li>1</li><li>&lt;2</li>0');
});
