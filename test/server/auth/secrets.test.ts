import { readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Secrets } from '../../../server/auth/secrets.ts';
import type { NewAuth, Provisioner } from '../../../server/provisioners/provisioner.ts';
import { StoreError } from '../../../server/store/store.ts';
import { temporaryFolder } from '../../helpers/folder.ts';
import { applying } from '../../helpers/provisioner.ts';
import { ended, send, testServer, update, withAuth } from '../../helpers/server.ts';

const HUSH = 'hush-this-is-secret';
const oAuth = {
  oAuthGrantType: 'CODE',
  oAuthScopes: ['OPENID'],
  redirectSignInURIs: ['https://shop.example/'],
  redirectSignOutURIs: ['https://shop.example/'],
};
const withProviders = (socialProviderSettings: object) => update({ oAuth: { ...oAuth, socialProviderSettings } });
const google = { client_id: 'id', client_secret: HUSH };

/** Keeps the resources that were applied. */
function recorder(fail?: (auth: NewAuth) => Error): Provisioner & { applied: NewAuth[] } {
  const applied: NewAuth[] = [];
  const provisioner = applying(async (auth) => {
    applied.push(auth);
    if (fail !== undefined && auth.config.userPoolConfigs.oAuth !== undefined) throw fail(auth);
    return {};
  });
  return { ...provisioner, applied };
}

const providersOf = (target: NewAuth | undefined) => target?.config.userPoolConfigs.oAuth?.socialProviderSettings;

describe("a social provider's secret", () => {
  it('reaches the provisioner in clear, and the disk only sealed', async () => {
    const database = join(temporaryFolder(), 'backend.db');
    const provisioner = recorder();
    const { url, stop, logged } = await testServer({ database, provisioner });
    const place = await withAuth(url);
    await ended(
      url,
      await send(
        place.auth,
        withProviders({ Google: google, Other: { private_key: HUSH, nested: { password: [HUSH] } } }),
      ),
    );
    expect(providersOf(provisioner.applied.at(-1))?.Google).toEqual(google);
    await stop();
    for (const file of [database, `${database}-wal`]) {
      const bytes = statSync(file, { throwIfNoEntry: false }) === undefined ? '' : readFileSync(file, 'latin1');
      expect(bytes).not.toContain(HUSH);
    }
    expect(logged.join('')).not.toContain(HUSH);
  });

  it('is kept when the provider is sent without it, and gone when the provider is', async () => {
    const provisioner = recorder();
    const { url } = await testServer({ provisioner });
    const place = await withAuth(url);
    await ended(url, await send(place.auth, withProviders({ Google: google })));
    await ended(url, await send(place.auth, withProviders({ Google: { client_id: 'new' } })));
    expect(providersOf(provisioner.applied.at(-1))).toEqual({ Google: { client_id: 'new', client_secret: HUSH } });
    const facebook = { client_id: 'f', client_secret: 'other' };
    await ended(url, await send(place.auth, withProviders({ Facebook: facebook })));
    expect(providersOf(provisioner.applied.at(-1))).toEqual({ Facebook: facebook });
    expect((await send(place.auth, withProviders({ Google: { client_id: 'new' } }))).status).toBe(400);
  });

  it("is blotted out of a job's error and of the log", async () => {
    const provisioner = recorder((target) => new Error(`Wrong: ${JSON.stringify(providersOf(target))}`));
    const { url, logged } = await testServer({ provisioner });
    const place = await withAuth(url);
    const job = await ended(url, await send(place.auth, withProviders({ Google: google })));
    expect(job).toMatchObject({ status: 'FAILED', error: expect.stringContaining('"client_secret":"***"') });
    expect(logged.join('')).not.toContain(HUSH);
  });
});

describe('sealing', () => {
  it('opens to what was sealed, never looks the same twice, and opens with no other key', () => {
    const [one, other] = [new Secrets('a'.repeat(32)), new Secrets('b'.repeat(32))];
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const sealed = one.seal(text);
        expect(one.open(sealed)).toBe(text);
        expect(one.seal(text)).not.toBe(sealed);
        expect(() => other.open(sealed)).toThrow();
      }),
    );
  });

  it('does not open what was changed', () => {
    const secrets = new Secrets('a'.repeat(32));
    const sealed = secrets.seal('text');
    const bytes = Buffer.from(sealed.slice(3), 'base64url');
    for (let index = 0; index < bytes.length; index++) {
      const changed = Buffer.from(bytes);
      changed[index] = (changed[index] ?? 0) ^ 1;
      expect(() => secrets.open(`v1.${changed.toString('base64url')}`)).toThrow();
    }
  });
});

describe('the key', () => {
  it.skipIf(process.platform === 'win32')('is made at the first start, for its owner alone to read', async () => {
    const database = join(temporaryFolder(), 'backend.db');
    await (await testServer({ database })).stop();
    expect(statSync(`${database}.key`).mode & 0o777).toBe(0o600);
  });

  it('must be the one that the database was created with', async () => {
    const database = join(temporaryFolder(), 'backend.db');
    await (await testServer({ database })).stop();
    await (await testServer({ database })).stop();
    const wrong = testServer({ database, secretsKey: 'x'.repeat(32) });
    await expect(wrong).rejects.toThrow(StoreError);
    await expect(wrong).rejects.toThrow(/are encrypted with another key\. Set the key that it was created with/);
    rmSync(`${database}.key`);
    await expect(testServer({ database })).rejects.toThrow(/The key file .*backend\.db\.key is missing\. Restore it/);
    writeFileSync(`${database}.key`, '');
    await expect(testServer({ database })).rejects.toThrow(/holds no key/);
  });
});
