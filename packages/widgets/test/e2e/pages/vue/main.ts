import { createApp } from 'vue';
import '@usage-kit/widgets/define';
import App from './App.vue';

createApp(App).mount('#app');
