import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Secrets } from '../../../server/auth/secrets.ts';
import { command } from '../../helpers/command.ts';
import { temporaryFolder } from '../../helpers/folder.ts';
import { postgresDatabase } from '../../helpers/postgres.ts';
import { ended, send, testServer, update, withAuth } from '../../helpers/server.ts';

const OLD = 'the-old-key-of-32-characters-old';
const NEW = 'the-new-key-of-32-characters-new';
const HUSH = 'hush-this-is-secret';
const oAuth = {
  oAuthGrantType: 'CODE',
  oAuthScopes: ['OPENID'],
  redirectSignInURIs: ['https://shop.example/'],
  redirectSignOutURIs: ['https://shop.example/'],
  socialProviderSettings: { Google: { client_id: 'id', client_secret: HUSH } },
};

describe('secrets with several keys', () => {
  const key = fc.string({ minLength: 32, maxLength: 40 });

  it('open what any of the keys sealed, and seal with the first', () => {
    fc.assert(
      fc.property(key, key, fc.string(), (one, other, text) => {
        fc.pre(one !== other);
        const both = new Secrets(one, other);
        expect(both.open(new Secrets(other).seal(text))).toBe(text);
        expect(new Secrets(one).open(both.seal(text))).toBe(text);
      }),
    );
  });

  it('seal again whatever another key sealed, wherever it is in a text, and change nothing else', () => {
    fc.assert(
      fc.property(key, key, fc.array(fc.string()), (one, other, texts) => {
        fc.pre(one !== other);
        const foreign = new Secrets('another key that is not one of both').seal('text');
        const json = JSON.stringify([...texts.map((text) => new Secrets(other).seal(text)), foreign, 'v1.no', 7]);
        const resealed = JSON.parse(new Secrets(one, other).reseal(json));
        expect(resealed.slice(texts.length)).toEqual([foreign, 'v1.no', 7]);
        const opened = resealed.slice(0, texts.length).map((sealed: string) => new Secrets(one).open(sealed));
        expect(opened).toEqual(texts);
        expect(new Secrets(one, other).reseal(JSON.stringify(resealed))).toBe(JSON.stringify(resealed));
      }),
    );
  });
});

describe('state rekey', () => {
  const databases = {
    SQLite: async () => join(temporaryFolder(), 'backend.db'),
    PostgreSQL: postgresDatabase,
  };

  it.each(Object.entries(databases))('makes the new key enough for a database of %s', async (_name, create) => {
    const database = await create();
    const first = await testServer({ database, secretsKey: OLD });
    const place = await withAuth(first.url);
    await ended(first.url, await send(place.auth, update({ oAuth })));
    await first.stop();
    await expect(testServer({ database, secretsKey: NEW })).rejects.toThrow(/encrypted with another key/);

    const ran = await command(['state', 'rekey', '--database', database], { SECRETS_KEY: `${NEW},${OLD}` });
    expect(ran).toMatchObject({
      code: 0,
      stderr: '',
      stdout: expect.stringMatching(/^Sealed the secrets in \d+ rows/),
    });
    await expect(testServer({ database, secretsKey: OLD })).rejects.toThrow(/encrypted with another key/);
    const renamed = { ...oAuth, socialProviderSettings: { Google: { client_id: 'new' } } };
    const second = await testServer({ database, secretsKey: NEW });
    const moved = { ...place, auth: place.auth.replace(first.url, second.url) };
    // The stored secret is opened and kept: an update that leaves it out would fail otherwise.
    expect((await ended(second.url, await send(moved.auth, update({ oAuth: renamed })))).status).toBe('COMPLETED');
  });

  it.each([
    [{}, 2, 'SECRETS_KEY must be set: the new key, a comma, and the old one.'],
    [{ SECRETS_KEY: `${NEW},short` }, 2, 'Each key in SECRETS_KEY must have at least 32 characters'],
    [{ SECRETS_KEY: NEW }, 1, 'are encrypted with another key. Set the key that it was created with'],
  ])('says in one sentence what is wrong with %j', async (env, code, sentence) => {
    const database = join(temporaryFolder(), 'backend.db');
    await (await testServer({ database, secretsKey: OLD })).stop();
    const ran = await command(['state', 'rekey', '--database', database], env);
    expect(ran).toMatchObject({ code, stdout: '' });
    expect(ran.stderr.trim().split('\n')).toEqual([expect.stringContaining(sentence)]);
  });

  it('replaces a key file', async () => {
    const database = join(temporaryFolder(), 'backend.db');
    await (await testServer({ database })).stop();
    const file = readFileSync(`${database}.key`, 'utf8').trim();
    const ran = await command(['state', 'rekey', '--database', database], { SECRETS_KEY: `${NEW},${file}` });
    expect(ran.code).toBe(0);
    await (await testServer({ database, secretsKey: NEW })).stop();
  });
});

describe('the key file', () => {
  it.skipIf(process.platform === 'win32')(
    'can be read by its owner alone, and is whole once it has its name',
    async () => {
      const database = join(temporaryFolder(), 'backend.db');
      await (await testServer({ database })).stop();
      expect(statSync(`${database}.key`).mode & 0o777).toBe(0o600);
      expect(statSync(`${database}.key.new`, { throwIfNoEntry: false })).toBeUndefined();
      expect(readFileSync(`${database}.key`, 'utf8').trim()).toHaveLength(44);
    },
  );
});
