import { expect, it } from 'vitest';
import { html } from './html.js';

it('escapes values and keeps markup', () => {
  const name = `<b title="x">&'`;
  expect(html`<p>${name}</p>`.text).toBe('<p>&lt;b title=&quot;x&quot;&gt;&amp;&#39;</p>');
  const items = ['1', '<2'].map((item) => html`<li>${item}</li>`);
  expect(
    html`<ul>
      ${items}
    </ul>`.text.replace(/\s+/g, ''),
  ).toBe('<ul><li>1</li><li>&lt;2</li></ul>');
});

it('writes nothing for what is missing, and zero as it is', () => {
  expect(html`<p>${null}${false}${0}</p>`.text).toBe('<p>0</p>');
});
