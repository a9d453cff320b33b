import { join } from 'node:path';
import { pino } from 'pino';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type RunningServer, startServer } from '../../server/compose/server.ts';
import { launchBrowser } from '../helpers/browser.ts';
import { document, operations } from '../helpers/bundledDocument.ts';

// One page, read from its top to its end by the tests below, in their order.
let browser: Browser | undefined;
let server: RunningServer | undefined;
let page: Page;
const requests: string[] = [];
const complaints: string[] = [];

beforeAll(async () => {
  browser = await launchBrowser();
  if (!browser) return;
  server = await startServer({
    database: ':memory:',
    port: 0,
    host: '127.0.0.1',
    jobTime: 0,
    log: pino({ level: 'silent' }),
  });
  page = await open(browser, server.url);
});
beforeEach(({ skip }) => skip(browser === undefined, 'no Chromium runs here'));
afterAll(async () => {
  if (browser && process.env.SCREENSHOTS) await photograph(process.env.SCREENSHOTS);
  await browser?.close();
  await server?.stop(0);
});

describe('the reference page, in a browser,', () => {
  it.each(operations)('shows the operation $id, with its summary', async ({ id, summary, tags }) => {
    const section = await goTo(`${tags[0]}/${id}`);
    await heading(section, id).waitFor();
    // It may have become a sentence.
    await section
      .getByText(summary.replace(/[.!?]$/, ''))
      .first()
      .waitFor();
  });

  it.each(Object.entries(document.components.schemas))(
    'shows the schema %s, with all its values',
    async (name, schema) => {
      const section = await goTo(`Schemas/${name}`);
      await heading(section, name).waitFor();
      // Beside it is a sample, which has a value too.
      const described = section.getByTestId('middle-panel');
      for (const value of schema.enum ?? []) await described.getByText(`"${value}"`, { exact: true }).waitFor();
    },
  );

  it('finds a schema by its name', async () => {
    await page.keyboard.press('Control+K');
    await page.getByPlaceholder('Search docs...').fill('MfaTypesElement');
    await page.getByTestId('search-dialog').getByText('MfaTypesElement').first().click();
    await page.waitForURL('**/docs#/schemas/mfatypeselement');
  });

  it('has asked no other host for anything', () => {
    expect(requests.length).toBeGreaterThan(0);
    expect(requests.filter((url) => new URL(url).origin !== server?.url)).toEqual([]);
  });

  it('has logged no error', () => expect(complaints).toEqual([]));
});

async function open(browser: Browser, origin: string): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1400, height: 800 }, serviceWorkers: 'block' });
  await context.route(
    (url) => url.origin !== origin,
    (route) => route.abort(),
  );
  context.on('request', (request) => {
    // Data that is part of the page is no request to another host.
    if (!/^(data|blob):/.test(request.url())) requests.push(request.url());
  });
  context.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  context.on('weberror', (error) => complaints.push(String(error.error())));
  const page = await context.newPage();
  page.on('websocket', (socket) => requests.push(socket.url()));
  page.setDefaultTimeout(10_000);
  const response = await page.goto(`${origin}/docs`);
  expect(response?.status()).toBe(200);
  await takenOver(page);
  return page;
}

/** The page comes rendered; its buttons come when its script has taken it over. */
async function takenOver(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Show' }).first().waitFor();
}

/** A section is rendered when it comes into view; it has an address, which is its id as well. */
async function goTo(place: string): Promise<Locator> {
  const address = place.toLowerCase();
  await page.goto(`${server?.url}/docs#/${address}`);
  return page.locator(`[id="${address}"]`);
}

function heading(section: Locator, text: string): Locator {
  return section.getByRole('heading').filter({ hasText: new RegExp(`^${text}$`) });
}

async function photograph(folder: string): Promise<void> {
  for (const place of ['', 'Authentication/UpdateBackendAuth', 'Schemas/UpdateBackendAuthUserPoolConfig']) {
    await page.goto(`${server?.url}/docs`);
    await takenOver(page);
    if (place !== '') await heading(await goTo(place), place.replace(/.*\//, '')).waitFor();
    await page.screenshot({ path: join(folder, `docs-${place.replace('/', '-') || 'top'}.png`) });
  }
}
