import { mount } from 'svelte';
import '@usage-kit/widgets/define';
import App from './App.svelte';

const target = document.getElementById('app');
if (target !== null) mount(App, { target });
