import { describe, expect, it, onTestFinished } from 'vitest';
import { createClient } from '../../client/index.ts';
import { type StartOptions, startServer } from '../../server/index.ts';
import { consoleInBrowser } from '../helpers/consoleInBrowser.ts';

const openConsole = consoleInBrowser();

async function opened(options: StartOptions) {
  const server = await startServer(options);
  onTestFinished(() => server.stop());
  const { page, complaints } = await openConsole(server.url);
  onTestFinished(() => page.context().close());
  const main = page.getByRole('main');
  const button = (name: string) => page.getByRole('button', { name, exact: true });
  const link = (name: string) => page.getByRole('link', { name, exact: true });
  return { server, page, main, button, link, complaints };
}

describe('the console, in a browser,', () => {
  it('makes an environment and its authentication, shows what an update would change, and follows it', async () => {
    const { server, page, main, button, link, complaints } = await opened({ jobTime: 200 });
    const completed = main.getByRole('status').getByText('COMPLETED');

    await main.getByLabel('App ID').fill('shop1');
    await main.getByRole('button', { name: 'Open' }).click();
    await main.getByText('There is no such app yet').waitFor();
    await link('Create an environment').click();
    await page.getByLabel('appName').fill('shop');
    await page.getByLabel('backendEnvironmentName').fill('dev');
    await button('Create a backend environment').click();
    await main.getByRole('status').getByText('RUNNING').first().waitFor();
    await completed.waitFor();

    await page.getByRole('navigation').getByText('dev').click();
    await link('Create authentication').click();
    // Faults are reported before anything is sent, at the field concerned.
    await button('Create the authentication of an environment').click();
    const poolName = page.getByRole('textbox', { name: 'userPoolName' });
    await expect.poll(() => poolName.getAttribute('aria-invalid')).toBe('true');
    const problem = await poolName.getAttribute('aria-errormessage');
    expect(await page.locator(`[id="${problem}"]`).textContent()).toBe('userPoolName is required.');

    await page.getByRole('textbox', { name: 'resourceName' }).fill('shopauth');
    await page.getByRole('combobox', { name: 'authResources' }).selectOption('USER_POOL_ONLY');
    await page.getByRole('combobox', { name: 'service' }).selectOption('COGNITO');
    await page.getByRole('combobox', { name: 'signInMethod' }).selectOption('EMAIL');
    await page.getByRole('group', { name: 'requiredSignUpAttributes' }).getByLabel('EMAIL', { exact: true }).check();
    await poolName.fill('shop_users');
    await button('Create the authentication of an environment').click();
    await completed.waitFor();

    await page.getByRole('navigation').getByText('Change', { exact: true }).click();
    await main.getByText('Nothing so far.').waitFor();
    await page.getByLabel('minimumLength').fill('12');
    await main.getByRole('status').getByText('1 setting changes.').waitFor();
    const row = page.getByRole('row', { name: /minimumLength/ });
    expect(await row.getByRole('cell').allTextContents()).toEqual(['8', '12']);
    expect(await row.getByRole('rowheader').textContent()).toContain('changed');
    const client = createClient({ baseUrl: server.url });
    const read = () =>
      client.getBackendAuth({ appId: 'shop1', backendEnvironmentName: 'dev', resourceName: 'shopauth' });
    expect((await read()).resourceConfig?.userPoolConfigs.passwordPolicy?.minimumLength).toBe(8);
    await button('Update the authentication of an environment').click();
    await completed.waitFor();
    // The column `after` has become the present state, and nothing is left to change.
    await main.getByText('Nothing so far.').waitFor();
    expect(await row.getByRole('cell').allTextContents()).toEqual(['12', '12']);
    expect((await read()).resourceConfig?.userPoolConfigs.passwordPolicy?.minimumLength).toBe(12);

    await page.getByRole('navigation').getByText('Jobs').click();
    await main.getByText('CreateBackendAuth').waitFor();
    const listed = await main.getByRole('rowheader').allTextContents();
    expect(listed.map((text) => /^[A-Z]\w+?Backend(Auth)?/.exec(text)?.[0])).toEqual([
      'UpdateBackendAuth',
      'CreateBackendAuth',
      'CreateBackend',
    ]);
    expect(complaints).toEqual([]);
  });

  it("says the server's own refusal at the field that it is about", async () => {
    const { page, main, button, complaints } = await opened({ demo: true });
    await page.goto(`${page.url()}#view=change&app=d1a2b3c4d5e6f7&environment=staging`);
    await page.getByLabel('minimumLength').fill('3');
    await button('Update the authentication of an environment').click();
    await main.getByText('BadRequestException', { exact: true }).waitFor();
    expect(await page.getByLabel('minimumLength').getAttribute('aria-invalid')).toBe('true');
    expect(complaints).toEqual([]);
  });

  it('shows a job that begins elsewhere, while it runs and when it has failed', async () => {
    const { server, page, main, complaints } = await opened({ demo: true, admin: true });
    const job = { appId: 'd1a2b3c4d5e6f7', backendEnvironmentName: 'staging' };
    const client = createClient({ baseUrl: server.url });
    await page.goto(`${page.url()}#view=jobs&app=${job.appId}&environment=${job.backendEnvironmentName}`);
    await main.getByText('CreateBackendAuth').waitFor();
    await fetch(`${server.url}/admin/jobs/hold`, { method: 'POST' });
    const { jobId } = await client.deleteBackendAuth({ ...job, resourceName: 'shopauth' });
    await page.reload();
    await main.getByText('◔ RUNNING', { exact: true }).waitFor();
    await client.updateBackendJob({ ...job, jobId: String(jobId), operation: 'DeleteBackendAuth', status: 'FAILED' });
    await main.getByText('DeleteBackendAuth: FAILED').waitFor({ state: 'attached' });
    expect(complaints).toEqual([]);
  });
});

describe('the console, of a server that wants signatures,', () => {
  const key = { accessKeyId: 'AKIDCONSOLE', secretAccessKey: 'a secret of forty characters, or nearly so' };

  it('shows why it is refused, takes no wrong key, and forgets the right one with the page', async () => {
    const { page, main, button, complaints } = await opened({ credentials: [key] });
    await page.goto(`${page.url()}#view=environments&app=shop1`);
    await main.getByText('MissingAuthenticationTokenException').waitFor();
    const state = page.locator('.signing-state');
    expect(await state.textContent()).toBe('Unsigned');

    const dialog = page.getByRole('dialog', { name: 'Sign requests' });
    await button('Sign in').click();
    await dialog.getByLabel('Access key ID').fill(key.accessKeyId);
    await dialog.getByLabel('Secret access key').fill('wrong');
    await button('Sign requests').click();
    await dialog.getByText('InvalidSignatureException').waitFor();
    expect(await state.textContent()).toBe('Unsigned');

    await dialog.getByLabel('Secret access key').fill(key.secretAccessKey);
    await button('Sign requests').click();
    await dialog.waitFor({ state: 'detached' });
    expect(await state.textContent()).toBe('Signed as AKIDCONSOLE · us-east-1');
    await main.getByText('There is no such app yet').waitFor();

    const kept = await page.evaluate(() =>
      JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie]),
    );
    expect(kept).toBe('[{},{},""]');
    await page.reload();
    await main.getByText('MissingAuthenticationTokenException').waitFor();
    expect(complaints).toEqual([]);
  });
});
