import { createRequire } from 'node:module';
import type axe from 'axe-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Server, startServer } from '../../server/index.ts';
import { consoleInBrowser } from '../helpers/consoleInBrowser.ts';

const axeFile = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
const at = 'app=d1a2b3c4d5e6f7&environment=staging';

/** Each view, and what is seen once it is there. */
const views = [
  ['welcome', '', 'Which app?'],
  ['environments', `view=environments&app=d1a2b3c4d5e6f7`, 'staging'],
  ['an app that is not there', 'view=environments&app=none', 'There is no such app yet'],
  ['configuration', `view=configuration&${at}`, 'What was made'],
  ['change', `view=change&${at}`, 'What will change'],
  ['jobs', `view=jobs&${at}`, 'CreateBackendAuth'],
  ['operations', `view=operations&${at}`, 'UpdateBackendJob'],
  ['form', `view=operations&operation=CreateBackendAuth&${at}`, 'CreateBackendAuth'],
] as const;

const openConsole = consoleInBrowser();
let server: Server;
let signing: Server;

beforeAll(async () => {
  server = await startServer({ demo: true });
  signing = await startServer({ credentials: [{ accessKeyId: 'AKIDAXE', secretAccessKey: 'a secret for this test' }] });
});
afterAll(async () => {
  await Promise.all([server.stop(), signing.stop()]);
});

describe.each(['light', 'dark'] as const)('the console, %s,', (colorScheme) => {
  it('has no fault that axe finds, in any view, wide or narrow, and never scrolls sideways', async () => {
    // axe is no file of the console's, which its policy would refuse.
    const { page } = await openConsole(server.url, { colorScheme, bypassCSP: true });
    const faults: string[] = [];
    const check = async (name: string) => {
      await page.addScriptTag({ path: axeFile });
      const { violations } = await page.evaluate(() => (globalThis as unknown as { axe: typeof axe }).axe.run());
      for (const { id, nodes } of violations) {
        faults.push(...nodes.map(({ html, failureSummary }) => `${name}: ${id}: ${html} ${failureSummary}`));
      }
    };
    for (const [name, hash, seen] of views) {
      for (const width of [1280, 390]) {
        await page.setViewportSize({ width, height: 844 });
        await page.goto(`${server.url}/console/?${name.length}${width}#${hash}`);
        await page.getByRole('main').getByText(seen, { exact: true }).first().waitFor();
        const inner = await page.evaluate(() => document.documentElement.scrollWidth);
        if (inner > width) faults.push(`${name}: is ${inner} px wide on ${width}`);
        await check(`${name} on ${width}`);
      }
    }
    for (const guide of ['', 'update.html', 'security.html']) {
      await page.goto(`${server.url}/console/guides/${guide}`);
      await check(`guide ${guide}`);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
    }
    await page.getByRole('searchbox', { name: 'Search the guides' }).fill('deletion protection');
    await page.getByRole('search').getByRole('link').first().waitFor();
    await check('guide search');
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
    await page.getByRole('search').getByRole('link').first().click();
    await page.waitForURL(/\/guides\/\w+\.html#/);
    await page.goto(`${server.url}/console/?sent#view=change&${at}`);
    await page.getByLabel('minimumLength').fill(colorScheme === 'light' ? '12' : '14');
    await page.getByText('See', { exact: true }).waitFor();
    await check('difference');
    await page.getByRole('button', { name: 'Update the authentication of an environment' }).click();
    await page.getByText('✓ COMPLETED', { exact: true }).waitFor();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
    await check('sent');
    await page.getByRole('button', { name: 'Menu' }).click();
    await check('menu');
    await page.goto(`${signing.url}/console/#view=environments&app=shop1`);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('dialog').waitFor();
    await check('dialog');
    expect(faults).toEqual([]);
  });

  it('has targets of 40 px at least on a narrow screen', async () => {
    const { page } = await openConsole(server.url, {
      colorScheme,
      viewport: { width: 390, height: 844 },
    });
    await page.getByRole('button', { name: 'Menu' }).click();
    const small: unknown[] = [];
    for (const target of await page.locator('button:visible, a.item:visible, a.button:visible, input:visible').all()) {
      if ((await target.getAttribute('class')) === 'skip') continue;
      const box = await target.boundingBox();
      if ((box?.height ?? 0) < 40) small.push(await target.textContent());
    }
    expect(small).toEqual([]);
  });
});
