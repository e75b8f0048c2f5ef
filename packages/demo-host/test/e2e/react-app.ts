// What people do on the React app at /usage, for its tests.
import type { Projects } from '@usage-kit/server-sdk/contract';
import type { BrowserContextOptions, Locator, Page } from 'playwright-core';
import { expect } from 'vitest';
import { readJson, waitUntilIdle } from './demo-browser.js';

/** A phone as its browser sees it. */
export const PHONE = { viewport: { width: 375, height: 812 } } satisfies BrowserContextOptions;
/** What both pages are used on. */
export const SCREENS = [
  { name: 'desktop', options: {} },
  { name: 'phone', options: PHONE },
] as const;

/** The page of a project. */
export const toProjectPath = (appDid: string) => `/usage/projects/${encodeURIComponent(appDid)}`;
/** The project at the top of the list. */
export const readFirstProject = async (page: Page) =>
  (await readJson<Projects>(page, '/projects?pageSize=1')).items[0]!;
/** The names in the list of projects, in order. */
export const locateProjectNames = (page: Page) =>
  page.locator('usage-projects [part~=project-link]').allInnerTexts();
/** The statuses, models and durations of the calls that are listed. */
export const locateCallRows = (page: Page) =>
  page.locator('usage-call-history [part~=row]').allInnerTexts();

/** Sorts a table as a person does: by its heading, or where it is a list of cards by the choice above it. */
export async function sortBy(page: Page, table: string, column: string): Promise<void> {
  const heading = page.locator(table).getByRole('columnheader', { name: column });
  if (await heading.isVisible()) await heading.getByRole('button').click();
  else await page.locator(table).getByLabel('Sort by').selectOption({ label: column });
}

/** Where the filters of the call history are: in its head, or on a phone in a sheet that is opened first. */
export async function openFilters(page: Page): Promise<Locator> {
  const history = page.locator('usage-call-history');
  const button = history.getByRole('button', { name: /^Filters/ });
  if (!(await button.isVisible())) return history;
  await button.click();
  return page.getByRole('dialog', { name: 'Filters' });
}

/** Ticks a value in the menu of a filter. */
export async function chooseValue(filters: Locator, filter: string, value: string): Promise<void> {
  await filters.getByRole('button', { name: `${filter}: ` }).click();
  await filters.getByRole('group', { name: filter }).getByLabel(value).check();
  await filters.page().keyboard.press('Escape');
}

export async function closeFilters(page: Page): Promise<void> {
  const done = page.getByRole('dialog').getByRole('button', { name: 'Show calls' });
  if (!(await done.isVisible())) return;
  await done.click();
  await expect.poll(() => page.getByRole('dialog').count()).toBe(0);
}

/** Loads the page again and finds what `read` found before. */
export async function reloadsTheSame(page: Page, read: () => Promise<unknown>): Promise<void> {
  await waitUntilIdle(page);
  const before = await read();
  const address = page.url();
  await page.reload();
  await expect.poll(read).toEqual(before);
  expect(page.url()).toBe(address);
}
