import type { Page } from 'playwright-core';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createClient } from '../../client/index.ts';
import { type StartOptions, startServer } from '../../server/index.ts';
import { consoleInBrowser } from '../helpers/consoleInBrowser.ts';

const app = 'd1a2b3c4d5e6f7';
const at = `app=${app}&environment=staging`;
const SEND = 'Update the authentication of an environment';

const openConsole = consoleInBrowser();

async function serve(options: StartOptions = { demo: true }) {
  const server = await startServer(options);
  onTestFinished(() => server.stop());
  const client = createClient({ baseUrl: server.url });
  const open = async (hash: string): Promise<Page> => {
    const { page } = await openConsole(server.url);
    onTestFinished(() => page.context().close());
    await page.goto(`${server.url}/console/?${Math.random()}#${hash}`);
    return page;
  };
  const policy = async () => {
    const read = { appId: app, backendEnvironmentName: 'staging', resourceName: 'shopauth' };
    return (await client.getBackendAuth(read)).resourceConfig?.userPoolConfigs;
  };
  return { server, client, open, policy };
}

const send = (page: Page) => page.getByRole('button', { name: SEND }).click();
const done = (page: Page) => page.getByRole('main').getByRole('status').getByText('COMPLETED').waitFor();

describe('two people at one console', () => {
  it('edit different groups, and neither undoes the other', async () => {
    const { open, policy } = await serve();
    const [one, two] = [await open(`view=change&${at}`), await open(`view=change&${at}`)];
    await one.getByLabel('minimumLength').fill('14');
    await two.getByRole('combobox', { name: 'MFAMode' }).selectOption('OFF');
    await send(one);
    await done(one);
    await send(two);
    const dialog = two.getByRole('dialog', { name: 'Someone else changed this configuration' });
    await dialog.getByRole('row', { name: /minimumLength/ }).waitFor();
    await dialog.getByRole('button', { name: 'Send my edits' }).click();
    await done(two);
    expect(await policy()).toMatchObject({ passwordPolicy: { minimumLength: 14 }, mfa: { MFAMode: 'OFF' } });
  });

  it('edit one group, and the second sees the first before anything is sent', async () => {
    const { open, policy } = await serve();
    const [one, two] = [await open(`view=change&${at}`), await open(`view=change&${at}`)];
    await one.getByLabel('minimumLength').fill('14');
    await two.getByLabel('minimumLength').fill('20');
    await send(one);
    await done(one);
    await send(two);
    await two.getByRole('dialog').getByRole('button', { name: "Don't send yet" }).click();
    expect((await policy())?.passwordPolicy?.minimumLength).toBe(14);
    await two.getByText('Nothing was sent.').first().waitFor();
    expect(await two.getByLabel('minimumLength').inputValue()).toBe('20');
  });
});

describe('the change page', () => {
  it('names its target as text, and sends to that and to no other', async () => {
    const { open } = await serve();
    const page = await open(`view=change&${at}`);
    await page.getByLabel('minimumLength').waitFor();
    expect(await page.getByLabel('Target of the update').textContent()).toContain('staging');
    expect(await page.getByRole('textbox', { name: 'backendEnvironmentName' }).count()).toBe(0);
  });

  it('sends no group that was not edited', async () => {
    const { open } = await serve();
    const page = await open(`view=change&${at}`);
    await page.getByLabel('minimumLength').fill('15');
    const request = page.waitForRequest((sent) => sent.method() === 'POST' && sent.url().endsWith('/auth/staging'));
    await send(page);
    expect(Object.keys((await request).postDataJSON().resourceConfig.userPoolConfigs)).toEqual(['passwordPolicy']);
  });

  it('keeps what was typed when reading fails after a job, and reads again on request', async () => {
    const { open, policy } = await serve();
    const page = await open(`view=change&${at}`);
    await page.getByLabel('minimumLength').fill('15');
    // Reads go through until the job was started: the page reads once more before it sends.
    let isSent = false;
    await page.route('**/auth/staging', (route) => {
      isSent = true;
      return route.continue();
    });
    await page.route('**/auth/staging/details', (route) => (isSent ? route.abort() : route.continue()));
    await send(page);
    await page.getByText('This may be out of date: reading the configuration failed.').waitFor();
    expect(await page.getByLabel('minimumLength').inputValue()).toBe('15');
    await page.getByRole('combobox', { name: 'MFAMode' }).selectOption('OFF');
    await page.unroute('**/auth/staging/details');
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByText('This may be out of date').waitFor({ state: 'detached' });
    expect(await page.getByLabel('minimumLength').inputValue()).toBe('15');
    expect(await page.getByRole('combobox', { name: 'MFAMode' }).inputValue()).toBe('OFF');
    expect((await policy())?.passwordPolicy?.minimumLength).toBe(15);
  });

  it('sends nothing, and keeps what was typed, when the state can not be read before', async () => {
    const { open, policy } = await serve();
    const page = await open(`view=change&${at}`);
    await page.getByLabel('minimumLength').fill('15');
    await page.route('**/auth/staging/details', (route) => route.abort());
    await send(page);
    await page.locator('.form-answer-failed').waitFor();
    expect(await page.getByLabel('minimumLength').inputValue()).toBe('15');
    expect((await policy())?.passwordPolicy?.minimumLength).toBe(8);
  });

  it('asks before it loses input that was not sent', async () => {
    const { open } = await serve();
    const page = await open(`view=change&${at}`);
    await page.getByLabel('minimumLength').fill('15');
    const asked: string[] = [];
    page.once('dialog', (dialog) => {
      asked.push(dialog.message());
      void dialog.dismiss();
    });
    await page.getByRole('navigation').getByText('Jobs').click();
    await expect.poll(() => asked).toEqual(['What you entered was not sent. Leave and lose it?']);
    expect(await page.getByLabel('minimumLength').inputValue()).toBe('15');
    page.once('dialog', (dialog) => dialog.accept());
    await page.getByRole('navigation').getByText('Jobs').click();
    await page.getByRole('heading', { name: 'Jobs' }).waitFor();
  });

  it('moves the focus to the summary, ten times of ten', async () => {
    const { open } = await serve();
    const page = await open(`view=change&${at}`);
    for (let time = 0; time < 10; time++) {
      await page.getByLabel('minimumLength').fill(String(time % 2 ? 'x' : 'y'));
      await send(page);
      await expect
        .poll(() => page.evaluate(() => document.activeElement?.getAttribute('aria-label')))
        .toBe('What to correct');
    }
  });
});

describe('operations that can not be undone', () => {
  it('are sent only once the name was typed, however often Enter is pressed', async () => {
    const { open, client } = await serve();
    const page = await open(`view=operations&operation=RemoveAllBackends&app=${app}`);
    const appId = page.getByRole('textbox', { name: 'appId' });
    for (let time = 0; time < 3; time++) await appId.press('Enter');
    await page.getByText(`Nothing was sent. Type ${app} first.`).waitFor();
    expect((await client.getBackend({ appId: app })).backendEnvironmentList).toEqual(['staging']);
    const button = page.getByRole('button', { name: 'Delete all environments of an app' });
    expect(await button.getAttribute('class')).toContain('form-destroy');
    await page.getByLabel(`This can't be undone. Type ${app} to confirm.`).fill(app);
    await button.click();
    await expect.poll(async () => (await client.getBackend({ appId: app })).backendEnvironmentList ?? []).toEqual([]);
  });

  it('want the name of the environment where one is deleted', async () => {
    const { open, client } = await serve();
    const page = await open(`view=operations&operation=DeleteBackend&${at}`);
    const remove = page.getByRole('button', { name: 'Delete an environment' });
    const name = page.getByLabel("This can't be undone. Type staging to confirm.");
    await name.fill('Staging');
    await name.press('Enter');
    await page.getByText('Nothing was sent. This is not staging.').waitFor();
    expect(await remove.getAttribute('class')).toContain('form-destroy');
    await name.fill('staging');
    await remove.click();
    await expect.poll(async () => (await client.getBackend({ appId: app })).backendEnvironmentList ?? []).toEqual([]);
  });
});

describe('lists', () => {
  it('keep what was read when the next read fails, and say so', async () => {
    const { open } = await serve();
    const page = await open(`view=jobs&${at}`);
    await page.getByRole('row', { name: /CreateBackendAuth/ }).waitFor();
    await page.route('**/job/staging', (route) => route.abort());
    await page.getByText('This may be out of date').waitFor({ timeout: 25_000 });
    expect(await page.getByRole('row', { name: /CreateBackendAuth/ }).count()).toBe(1);
    await page.unroute('**/job/staging');
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByText('This may be out of date').waitFor({ state: 'detached' });
  });

  it('keep their filter in the address', async () => {
    const { open } = await serve();
    const page = await open(`view=jobs&${at}`);
    await page.getByLabel('State').selectOption('FAILED');
    await page.getByText('No FAILED jobs here').waitFor();
    await page.reload();
    await page.getByText('No FAILED jobs here').waitFor();
    expect(await page.getByLabel('State').inputValue()).toBe('FAILED');
  });

  it('of environments open the current one, have a filter, and show the last job of each', async () => {
    const { open, client } = await serve();
    for (let n = 0; n < 30; n++)
      await client.createBackend({ appId: 'many', appName: 'many', backendEnvironmentName: `env${n}` });
    const page = await open('view=configuration&app=many&environment=env29');
    const navigation = page.getByRole('navigation');
    await navigation.getByText('env29').waitFor();
    expect(await navigation.getByText('Change', { exact: true }).count()).toBe(1);
    await expect
      .poll(() =>
        navigation.getByText('env29').evaluate((node) => {
          const { top, bottom } = node.getBoundingClientRect();
          return top >= 0 && bottom <= innerHeight;
        }),
      )
      .toBe(true);
    expect(await page.evaluate(() => document.documentElement.scrollHeight)).toBeLessThan(3 * 720);
    await navigation.getByText('Environments', { exact: true }).click();
    await page.getByRole('main').getByLabel('Filter').fill('env1');
    await page.getByText('11 of 30 environments').waitFor();
    await page.getByRole('main').getByText('COMPLETED').first().waitFor();
  });
});

describe('the frame', () => {
  it('titles each view, and closes the menu with Escape, which gives the focus back', async () => {
    const { server, open } = await serve();
    const page = await open(`view=jobs&${at}`);
    await expect.poll(() => page.title()).toBe(`Jobs · staging · ${app} · Auth console`);
    for (const [hash, title] of [
      [`view=environments&app=${app}`, `Environments · ${app} · Auth console`],
      [`view=configuration&${at}`, `Configuration · staging · ${app} · Auth console`],
      [`view=change&${at}`, `Change · staging · ${app} · Auth console`],
      ['view=operations&operation=CreateBackend', 'CreateBackend · Auth console'],
      ['view=operations', 'Operations · Auth console'],
    ]) {
      await page.goto(`${server.url}/console/#${hash}`);
      await expect.poll(() => page.title()).toBe(title);
    }
    await page.setViewportSize({ width: 390, height: 844 });
    await page.getByRole('button', { name: 'Menu' }).click();
    await page.keyboard.press('Escape');
    const menu = page.getByRole('button', { name: 'Menu' });
    expect(await menu.getAttribute('aria-expanded')).toBe('false');
    expect(await menu.evaluate((node) => node === document.activeElement)).toBe(true);
  });

  it("has the app's field on a phone's first page, and no sign-in where nothing is signed", async () => {
    const { open } = await serve();
    const page = await open('');
    await page.setViewportSize({ width: 390, height: 844 });
    await page.getByRole('main').getByLabel('App ID').waitFor();
    expect(await page.getByRole('button', { name: 'Sign in' }).count()).toBe(0);
  });
});
