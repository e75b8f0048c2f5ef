import {
  createRequest,
  toCurl,
  type ConsoleField,
  type ConsoleRequest,
} from './console-request.ts';

/** Longer responses are cut: a page of text is read, not a file. */
const SHOWN_CHARACTERS = 100_000;
const SERVER_KEY = 'usage-docs-server';

/** Lets every console of the page send requests. */
export function startConsoles(): void {
  for (const form of document.querySelectorAll<HTMLFormElement>('[data-console]')) {
    restoreServer(form);
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      void send(form);
    });
    const copy = form.querySelector<HTMLButtonElement>('[data-copy]');
    copy?.addEventListener('click', () => void copyCommand(form));
  }
}

/** The server of the last request: a reader names it once, not on every page. */
function restoreServer(form: HTMLFormElement): void {
  const server = form.querySelector<HTMLInputElement>('[name="server"]');
  const stored = sessionStorage.getItem(SERVER_KEY);
  if (server !== null && stored !== null) server.value = stored;
}

function readRequest(form: HTMLFormElement): ConsoleRequest {
  const read = (name: string): string =>
    form.querySelector<HTMLInputElement>(`[name="${name}"]`)?.value.trim() ?? '';
  const inputs = form.querySelectorAll<HTMLInputElement | HTMLSelectElement>('[data-where]');
  const fields: ConsoleField[] = [...inputs].map(({ name, value, dataset }) => ({
    name,
    value: value.trim(),
    where: dataset['where'] ?? 'query',
  }));
  return createRequest({
    method: form.dataset['method'] ?? 'GET',
    path: form.dataset['path'] ?? '/',
    server: read('server'),
    token: read('token'),
    fields,
    body: form.querySelector<HTMLTextAreaElement>('[name="body"]')?.value,
    page: location.href,
  });
}

async function send(form: HTMLFormElement): Promise<void> {
  const request = readRequest(form);
  sessionStorage.setItem(
    SERVER_KEY,
    form.querySelector<HTMLInputElement>('[name="server"]')?.value ?? '',
  );
  show(form, form.dataset['sending'] ?? '', '');
  const startedAt = performance.now();
  try {
    const response = await fetch(request.url, {
      method: request.method,
      headers: request.headers,
      // A token stands for a user by itself; a session counts on its own origin.
      credentials: 'authorization' in request.headers ? 'omit' : 'same-origin',
      ...(request.body !== undefined && { body: request.body }),
    });
    const text = await readText(response, form);
    const ms = Math.round(performance.now() - startedAt);
    show(form, `${response.status} ${response.statusText} · ${ms} ms`, text);
  } catch {
    show(form, form.dataset['refused'] ?? '', '');
  }
}

/** The body as a person reads it: JSON in lines, text as it is, a workbook as its size. */
async function readText(response: Response, form: HTMLFormElement): Promise<string> {
  const type = response.headers.get('content-type') ?? '';
  if (!/json|text/.test(type)) {
    const { byteLength } = await response.arrayBuffer();
    return byteLength === 0 ? '' : fill(form.dataset['binary'], byteLength);
  }
  const text = await response.text();
  const readable = /[/+]json\b/.test(type) ? JSON.stringify(JSON.parse(text), null, 2) : text;
  if (readable.length <= SHOWN_CHARACTERS) return readable;
  return `${readable.slice(0, SHOWN_CHARACTERS)}\n\n${fill(form.dataset['cut'], readable.length)}`;
}

function fill(message: string | undefined, length: number): string {
  return (message ?? '').replace('{length}', length.toLocaleString('en'));
}

function show(form: HTMLFormElement, line: string, text: string): void {
  const output = form.querySelector('[data-line]');
  const response = form.querySelector<HTMLElement>('[data-response]');
  if (output !== null) output.textContent = line;
  if (response === null) return;
  response.textContent = text;
  response.hidden = text === '';
}

async function copyCommand(form: HTMLFormElement): Promise<void> {
  await navigator.clipboard.writeText(toCurl(readRequest(form)));
  show(form, form.dataset['copied'] ?? '', '');
}
