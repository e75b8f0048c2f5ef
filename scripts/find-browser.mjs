/**
 * Finds a Chromium for tests and screenshots: the headless shell from npm where it runs, else an installed one.
 * A page takes the headless shell half of the processor time of a whole Chromium. It also runs on a bare Debian, because it
 * brings its own NSS libraries and a font.
 */
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const INSTALLED_BROWSERS = [
  '/usr/bin/chromium-headless-shell',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:/Program Files/Google/Chrome/Application/chrome.exe',
];

/** Unpacks the browser of `@sparticuz/chromium` into a folder named by its version. */
async function unpackBrowser() {
  // The package reuses any file it finds in the temporary folder whatever its version, so it gets a versioned one.
  const directory = fileURLToPath(new URL('../.cache/chromium-147', import.meta.url));
  mkdirSync(directory, { recursive: true });
  const previousTmpdir = process.env.TMPDIR;
  process.env.TMPDIR = directory;
  // Only when it believes it is in Lambda does the package unpack the libraries a bare machine lacks.
  process.env.AWS_EXECUTION_ENV ??= 'AWS_Lambda_nodejs20.x';
  try {
    const { default: chromium } = await import('@sparticuz/chromium');
    const executable = await chromium.executablePath();
    useFonts(join(directory, 'fonts'));
    return executable;
  } finally {
    if (previousTmpdir === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = previousTmpdir;
  }
}

/**
 * Lets the unpacked browser find its font, and those of the system where there are any: the configuration that comes
 * with it looks in other places, and without a font no text has a width.
 */
function useFonts(directory) {
  writeFontConfiguration(directory, [directory], '/etc/fonts/fonts.conf');
  process.env.FONTCONFIG_PATH = directory;
}

/** Writes which fonts a browser has: those of some folders, and those that another configuration names. */
function writeFontConfiguration(directory, fontFolders, included) {
  const include = included && `<include ignore_missing="yes">${included}</include>`;
  const configuration = `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  ${[include ?? '', ...fontFolders.map((folder) => `<dir>${folder}</dir>`)].join('\n  ')}
  <cachedir>${directory}/cache</cachedir>
  ${['sans-serif', 'system-ui'].map(preferOpenSans).join('\n  ')}
</fontconfig>
`;
  mkdirSync(directory, { recursive: true });
  writeFileSync(join(directory, 'fonts.conf'), configuration);
}

/** Pictures look alike on every machine that uses this browser. */
function preferOpenSans(family) {
  return `<match target="pattern"><test name="family"><string>${family}</string></test>
    <edit name="family" mode="prepend" binding="strong"><string>Open Sans</string></edit></match>`;
}

/** Whether the browser from npm runs here: it is built for these only. */
const RUNS_NPM_BROWSER = process.platform === 'linux' && process.arch === 'x64';

/**
 * The path of a Chromium that runs here.
 * `CHROME_PATH` names one.
 * @returns {Promise<string>} an executable file
 */
export async function findBrowser() {
  if (process.env.CHROME_PATH) return process.env.CHROME_PATH;
  if (RUNS_NPM_BROWSER) return unpackBrowser();
  const installed = INSTALLED_BROWSERS.find((path) => existsSync(path));
  if (installed === undefined) throw new Error('No Chromium here: CHROME_PATH names one');
  return installed;
}

/**
 * The browser from npm, whatever is installed, with fonts from npm and no other: its pictures are the same on every machine.
 *
 * @param {string} fontFolder of fonts for what its own font lacks: arrows, code
 * @returns {Promise<{ executablePath: string, env: NodeJS.ProcessEnv }>} how to start it
 */
export async function findPinnedBrowser(fontFolder) {
  const executablePath = await unpackBrowser();
  const own = join(process.env.FONTCONFIG_PATH, 'fonts');
  const directory = join(process.env.FONTCONFIG_PATH, 'pinned');
  writeFontConfiguration(directory, [own, fontFolder]);
  return { executablePath, env: { ...process.env, FONTCONFIG_PATH: directory } };
}

/** Arguments that make Chromium start as root, in a container, and leave the network alone. */
export const CHROMIUM_ARGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-dev-shm-usage',
];
