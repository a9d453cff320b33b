import type { Browser, BrowserContextOptions } from 'playwright-core';
import { afterAll, beforeAll, beforeEach } from 'vitest';
import { launchBrowser } from './browser.ts';
import { builtConsole, type Opened, openConsole } from './consolePages.ts';

/**
 * Gives the tests of a file one browser and a built console, and skips them where no Chromium runs. Answers a function
 * that opens the console of a server, in a context of its own.
 */
export function consoleInBrowser(): (url: string, options?: BrowserContextOptions) => Promise<Opened> {
  let browser: Browser | undefined;
  beforeAll(async () => {
    [browser] = await Promise.all([launchBrowser(), builtConsole()]);
  });
  beforeEach(({ skip }) => skip(browser === undefined, 'no Chromium runs here'));
  afterAll(async () => {
    await browser?.close();
  });
  return (url, options) => openConsole(browser as Browser, url, options);
}
