import { expect, test } from 'vitest';
import { parseWebhookUrl } from './webhook-url.js';

test.each([
  ['http://hooks.example.com/', 'https'],
  ['ftp://hooks.example.com/', 'https'],
  ['file:///etc/passwd', 'https'],
  ['hooks.example.com', 'URL'],
  ['', 'URL'],
  ['https://user:pass@hooks.example.com/', 'credentials'],
  ['https://user@hooks.example.com/', 'credentials'],
  ['https://127.0.0.1/', 'address'],
  ['https://2130706433/', 'address'],
  ['https://0x7f000001/', 'address'],
  ['https://0x7f.1/', 'address'],
  ['https://017700000001/', 'address'],
  ['https://127.1/', 'address'],
  ['https://1.1.1.1./', 'address'],
  ['https://8.8.8.8/', 'address'],
  ['https://①②⑦.⓪.⓪.①/', 'address'],
  ['https://[::1]/', 'address'],
  ['https://[::ffff:127.0.0.1]/', 'address'],
  ['https://[64:ff9b::7f00:1]/', 'address'],
  ['https://[fe80::1%25eth0]/', 'URL'],
  ['https://localhost/', 'full name'],
  ['https://LOCALHOST/', 'full name'],
  ['https://a.localhost/', 'full name'],
  ['https://metadata/', 'full name'],
  ['https://hooks.example.com./', 'full name'],
  ['https://hooks.example.com:22/', 'port'],
  ['https://hooks.example.com:0/', 'port'],
  ['https://hooks.example.com:80/', 'port'],
  [`https://hooks.example.com/${'a'.repeat(2100)}`, 'too long'],
])('%s is refused', (url, message) => {
  expect(() => parseWebhookUrl(url)).toThrow(message);
});

test.each([
  ['https://hooks.example.com/a?b=c#d', 'https://hooks.example.com/a?b=c'],
  ['https://HOOKS.example.com:443/', 'https://hooks.example.com/'],
  ['https://hooks.example.com:8443/x', 'https://hooks.example.com:8443/x'],
  ['https://bücher.example/x', 'https://xn--bcher-kva.example/x'],
])('%s is taken as %s', (url, href) => {
  expect(parseWebhookUrl(url).href).toBe(href);
});
