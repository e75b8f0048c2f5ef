import { createSignal } from 'solid-js';
import h from 'solid-js/h';
import { render } from 'solid-js/web';
import '@usage-kit/widgets/define';
import type { UsageProjectSelectEvent } from '@usage-kit/widgets';
import { connection } from './connection.js';
import { Credits } from './credits.js';

/** Elements as Solid takes them: attributes, properties and `on:…`, which JSX writes the same. */
function Usage(): ReturnType<typeof h> {
  const [opened, setOpened] = createSignal('none');
  const [from, setFrom] = createSignal<string | null>('last-7-days');
  const isShown = (): boolean => from() !== null;
  const onSelect = (event: UsageProjectSelectEvent): void => {
    event.preventDefault();
    setOpened(event.detail.appDid);
  };
  return h('usage-provider', { 'attr:base-url': '/api/usage', 'attr:time-zone': 'UTC', ref }, [
    h('output', opened),
    h('usage-quota', { 'attr:heading-level': '3' }),
    h('usage-projects', { 'attr:page-size': '5', 'on:usage-project-select': onSelect }),
    () => (isShown() ? h(Credits, { from: () => from() ?? '' }) : null),
    h('button', { id: 'range', onClick: () => setFrom('last-90-days') }),
    h('button', { id: 'unmount', onClick: () => setFrom(null) }),
  ]);
}

/** Set by a reference: to Solid’s `h` a function without parameters is a figure that changes. */
function ref(provider: HTMLElementTagNameMap['usage-provider']): void {
  provider.getToken = connection.getToken;
}

const root = document.getElementById('app');
if (root !== null) render(() => h(Usage)(), root);
