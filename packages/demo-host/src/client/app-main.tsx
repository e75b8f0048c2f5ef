import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import './app.css';
import { App } from './app/app.js';
import { readShell } from './app/shell.js';

const root = document.getElementById('root');
if (root) {
  const shell = readShell(root);
  createRoot(root).render(
    <StrictMode>
      <App shell={shell} />
    </StrictMode>,
  );
}
