import { join } from 'node:path';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { isBuilt } from '../../scripts/built.ts';
import { buildConsole } from '../../scripts/console/build.ts';
import { CONSOLE } from '../../scripts/console/console.ts';

const root = join(import.meta.dirname, '../..');

/** Builds the console where what is there is not built of the code at hand. */
export async function builtConsole(): Promise<void> {
  if (!isBuilt(root, CONSOLE)) await buildConsole(root);
}

export interface Opened {
  readonly page: Page;
  /** Errors that the page logged, violations of its policy, and its requests to other hosts. */
  readonly complaints: string[];
}

/** Opens the console. A refusal of the API, which Chromium logs by itself, is no complaint: the page shows it. */
export async function openConsole(browser: Browser, url: string, options: BrowserContextOptions = {}): Promise<Opened> {
  const complaints: string[] = [];
  const context = await browser.newContext({ serviceWorkers: 'block', ...options });
  context.on('request', (request) => {
    if (!request.url().startsWith(`${url}/`)) complaints.push(`asked another host: ${request.url()}`);
  });
  context.on('console', (message) => {
    if (message.type() === 'error' && !isRefusal(message.text())) complaints.push(message.text());
  });
  context.on('weberror', (error) => complaints.push(String(error.error())));
  const page = await context.newPage();
  page.setDefaultTimeout(30_000);
  await page.goto(`${url}/console/`);
  return { page, complaints };
}

const isRefusal = (text: string): boolean =>
  /^Failed to load resource: the server responded with a status of (400|403|404|429) /.test(text);
