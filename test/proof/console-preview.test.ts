import { describe, expect, it, onTestFinished } from 'vitest';
import { createClient } from '../../client/sigv4.ts';
import type { ServerOptions } from '../../server/compose/server.ts';
import { cognitoServer, created } from '../helpers/cognito.ts';
import { configs } from '../helpers/cognitoConfigs.ts';
import { cognitoFake } from '../helpers/cognitoFake.ts';
import { patience, roles } from '../helpers/cognitoOperations.ts';
import { consoleInBrowser } from '../helpers/consoleInBrowser.ts';
import { testServer } from '../helpers/server.ts';

const KEY = { accessKeyId: 'AKIDPREVIEW', secretAccessKey: 'a secret of forty characters, or nearly so' };
const CARD = 'In Amazon Cognito';

const openConsole = consoleInBrowser();

/** The page that changes an environment whose user pool is at a fake of Cognito. */
async function changing(options: Partial<ServerOptions>) {
  const fake = await cognitoFake();
  const server = await cognitoServer({ endpoint: fake.url, roles, patience, ...options });
  const { appId, environment } = await created(server.url, configs.whole);
  const { page, complaints } = await openConsole(server.url);
  onTestFinished(() => page.context().close());
  await page.goto(`${server.url}/console/?change#view=change&app=${appId}&environment=${environment}`);
  await page.getByLabel('minimumLength').waitFor();
  return { fake, page, complaints, card: page.getByRole('region', { name: CARD }) };
}

describe('the change page, of a server that configures Cognito and has /admin,', () => {
  it('shows what the update would change there, as it is typed, and changes nothing', async () => {
    const { fake, page, complaints, card } = await changing({ admin: true });
    await card.getByText('Nothing would change.').waitFor();
    const before = fake.snapshot();
    await page.getByLabel('minimumLength').fill('14');
    await card.getByText('1 change would be made.').waitFor();
    const row = card.getByRole('row', { name: /Policies\.PasswordPolicy\.MinimumLength/ });
    expect(await row.getByRole('cell').allTextContents()).toEqual(['12', '14']);
    expect(await card.getByRole('rowheader').first().textContent()).toMatch(/^user pool us-east-1_/);
    expect(fake.snapshot()).toEqual(before);
    expect(complaints).toEqual([]);
  });

  it('says what someone changed by hand there would become', async () => {
    const { fake, page, card } = await changing({ admin: true });
    await card.getByText('Nothing would change.').waitFor();
    const [pool] = fake.userPools.pools.values();
    if (pool) pool.fields.Policies.PasswordPolicy.MinimumLength = 20;
    await page.getByLabel('minimumLength').fill('16');
    const row = card.getByRole('row', { name: /MinimumLength/ });
    await row.waitFor();
    expect(await row.getByRole('cell').allTextContents()).toEqual(['20', '16']);
  });

  it('shows no secret, and why there is no preview where the update would be refused', async () => {
    const { page, card } = await changing({ admin: true });
    const secret = page.getByRole('group', { name: 'Facebook' }).getByLabel('client_secret', { exact: true });
    await secret.fill('a-new-secret');
    await card.getByRole('row', { name: /client_secret/ }).waitFor();
    expect(await card.textContent()).not.toContain('a-new-secret');
    await page.getByLabel('minimumLength').fill('3');
    await card.getByText('No preview.').waitFor();
    expect(await card.textContent()).toContain('minimumLength');
  });
});

describe('the change page', () => {
  it('has no preview without /admin, and none of a server that configures nothing', async () => {
    const { card, complaints } = await changing({});
    expect(await card.count()).toBe(0);
    const local = await testServer({ admin: true });
    const links = await (await fetch(local.url, { headers: { accept: 'application/json' } })).json();
    expect(links).not.toHaveProperty('updatePreview');
    expect(complaints).toEqual([]);
  });
});

it('the preview is signed as other requests are', async () => {
  const fake = await cognitoFake();
  const credentials = new Map([[KEY.accessKeyId, { ...KEY, sessionToken: undefined, appIds: undefined }]]);
  const server = await cognitoServer({
    endpoint: fake.url,
    roles,
    patience,
    admin: true,
    credentials,
  });
  const client = createClient({ baseUrl: server.url, credentials: KEY, region: 'us-east-1' });
  const at = { appId: 'signed', backendEnvironmentName: 'dev' };
  await client.createBackend({ ...at, appName: 'signed' });
  await client.createBackendAuth({ ...at, resourceName: 'auth', resourceConfig: configs.whole as never });
  const { page, complaints } = await openConsole(server.url);
  onTestFinished(() => page.context().close());
  await page.goto(`${server.url}/console/?signed#view=change&app=signed&environment=dev`);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByLabel('Access key ID').fill(KEY.accessKeyId);
  await page.getByLabel('Secret access key').fill(KEY.secretAccessKey);
  await page.getByRole('button', { name: 'Sign requests' }).click();
  await page.getByRole('region', { name: CARD }).getByText('Nothing would change.').waitFor();
  expect(complaints).toEqual([]);
});
