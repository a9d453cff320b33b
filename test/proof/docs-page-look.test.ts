import { createRequire } from 'node:module';
import type axe from 'axe-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { type Server, startServer } from '../../server/index.ts';
import { consoleInBrowser } from '../helpers/consoleInBrowser.ts';

const axeFile = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

/**
 * Findings in Redoc's own components that no style can fix: headings that skip a rank, a label that differs from a button's
 * text, and no title while the page is far below it, since only what is in view is rendered.
 */
const REDOCS_OWN = ['heading-order', 'label-content-name-mismatch', 'page-has-heading-one'];

const operation = ['#/authentication/updatebackendauth', 'UpdateBackendAuth'] as const;
const schema = ['#/schemas/updatebackendauthuserpoolconfig', 'UpdateBackendAuthUserPoolConfig'] as const;
const views = [
  { width: 1280, places: [operation] },
  { width: 390, places: [operation, schema] },
];

const openConsole = consoleInBrowser();
let server: Server;

beforeAll(async () => {
  server = await startServer({ demo: true });
});
afterAll(() => server.stop());

describe.each(['light', 'dark'] as const)('the reference page, %s,', (colorScheme) => {
  it.each(views)(
    'has no fault that axe finds, and no heading that breaks or is covered, on $width px',
    async ({ width, places }) => {
      // axe is no file of the page's, which its policy would refuse.
      const { page } = await openConsole(server.url, {
        colorScheme,
        bypassCSP: true,
        viewport: { width, height: 844 },
      });
      const faults: string[] = [];
      for (const [hash, seen] of places) {
        await page.goto(`${server.url}/docs?${hash.length}${hash}`);
        const heading = page
          .getByRole('heading')
          .filter({ hasText: new RegExp(`^${seen}`) })
          .first();
        await heading.waitFor();
        await expect.poll(() => heading.evaluate((one) => one.scrollWidth <= one.clientWidth)).toBe(true);
        const [box, line] = await heading.evaluate((one) => [
          one.clientHeight,
          parseFloat(getComputedStyle(one).lineHeight),
        ]);
        expect(box).toBeLessThan(2 * (line ?? 0));
        expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
        await page.addScriptTag({ path: axeFile });
        const { violations } = await page.evaluate(() => (globalThis as unknown as { axe: typeof axe }).axe.run());
        for (const { id, nodes } of violations.filter((one) => !REDOCS_OWN.includes(one.id)))
          faults.push(...nodes.map(({ html, failureSummary }) => `${seen}: ${id}: ${html} ${failureSummary}`));
      }
      expect(faults).toEqual([]);
    },
  );
});

it('each operation of the reference page leads to its form, preflights to none', async () => {
  const { page, complaints } = await openConsole(server.url, { viewport: { width: 1280, height: 844 } });
  await page.goto(`${server.url}/docs#/authentication/updatebackendauth`);
  await page.locator('[id="authentication/updatebackendauth"]').getByRole('link', { name: 'Try it' }).click();
  await page.getByRole('main').getByText('UpdateBackendAuth', { exact: true }).first().waitFor();
  expect(page.url()).toContain('/console/');
  const text = await (await fetch(`${server.url}/docs`)).text();
  expect(text).toContain('[Try it](/console/#view=operations&operation=DeleteBackend)');
  expect(text).not.toMatch(/\[Try it\]\([^)]*operation=Preflight/i);
  expect(complaints).toEqual([]);
});

it('the document can be downloaded from its page, as JSON and as YAML', async () => {
  const { page } = await openConsole(server.url);
  await page.goto(`${server.url}/docs`);
  for (const name of ['openapi.json', 'openapi.yaml']) {
    const link = page.getByRole('link', { name, exact: true });
    const response = await fetch(await link.evaluate((one) => (one as HTMLAnchorElement).href));
    expect(response.status).toBe(200);
    expect(parse(await response.text()).info.title).toBe('Amplify Backend authentication control plane');
  }
});
