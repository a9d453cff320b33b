import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { Client } from 'pg';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../helpers/folder.ts';
import { hasPostgres, postgresDatabase } from '../../helpers/postgres.ts';
import { type Answer, send, testServer } from '../../helpers/server.ts';
import { readState } from '../../helpers/state.ts';

// A release adds a dump of its database to this folder, with each kind of job, ended and at work, in it.
const DUMPS = join(import.meta.dirname, '../../fixtures/databases');
const SECRETS_KEY = 'a key of a test, which seals nothing of worth';

const load = {
  sqlite: async (dump: string): Promise<string> => {
    const file = join(temporaryFolder(), 'backend.db');
    const database = new DatabaseSync(file);
    database.exec(dump);
    database.close();
    return file;
  },
  postgres: async (dump: string): Promise<string> => {
    const url = await postgresDatabase();
    const client = new Client({ connectionString: url });
    await client.connect();
    await client.query(dump);
    await client.end();
    return url;
  },
};

const dumps = readdirSync(DUMPS).map((file) => {
  const [, release = '', dialect = ''] = /^(.+)\.(sqlite|postgres)\.sql$/.exec(file) ?? [];
  return { file, release, dialect: dialect as keyof typeof load };
});

it('has a dump of each database of each release', () => {
  for (const { release } of dumps) {
    const dialects = dumps.filter((dump) => dump.release === release).map(({ dialect }) => dialect);
    expect(dialects.sort()).toEqual(['postgres', 'sqlite']);
  }
  expect(dumps.length).toBeGreaterThan(0);
});

describe.each(dumps)('a database of $release on $dialect', ({ file, dialect }) => {
  const open = async () => {
    const database = await load[dialect](readFileSync(join(DUMPS, file), 'utf8'));
    return testServer({ database, secretsKey: SECRETS_KEY, lease: 1000 });
  };
  const jobs = async (url: string, appId: string, environment: string): Promise<Answer['body'][]> =>
    (await send(`${url}/backend/${appId}/job/${environment}`, {})).body.jobs;

  it.skipIf(dialect === 'postgres' && !hasPostgres)('is brought to this version, and its jobs end', async () => {
    const { url, services } = await open();
    await expect
      .poll(async () => (await readState(services.store)).job.filter(({ status }) => status === 'RUNNING'), {
        timeout: 15_000,
      })
      .toEqual([]);

    const details = async (appId: string) =>
      (await send(`${url}/backend/${appId}/details`, {})).body.backendEnvironmentList;
    expect(await details('copied')).toEqual(['staging', 'copy']);
    expect(await details('cloning')).toEqual(['staging', 'copy']);
    expect(await details('removing')).toEqual([]);
    const config = async (appId: string) =>
      (await send(`${url}/backend/${appId}/auth/staging/details`, { resourceName: 'auth' })).body.resourceConfig;
    expect((await config('done')).userPoolConfigs.passwordPolicy.minimumLength).toBe(20);
    expect((await config('updating')).userPoolConfigs.passwordPolicy.minimumLength).toBe(33);

    const operations = async (appId: string, environment: string) =>
      (await jobs(url, appId, environment)).map(({ operation, status }) => `${operation} ${status}`);
    expect(await operations('done', 'staging')).toEqual([
      'UpdateBackendAuth COMPLETED',
      'CreateBackendAuth COMPLETED',
      'CreateBackend COMPLETED',
    ]);
    expect(await operations('gone', 'one')).toEqual([
      'RemoveAllBackends COMPLETED',
      'CreateBackendAuth COMPLETED',
      'CreateBackend COMPLETED',
    ]);
    expect(await operations('gone', 'two')).toEqual(['RemoveAllBackends COMPLETED', 'CreateBackend COMPLETED']);
    expect((await operations('removing', 'other'))[0]).toBe('RemoveAllBackends COMPLETED');
    expect((await operations('cloning', 'staging'))[0]).toBe('CloneBackend COMPLETED');
  });

  it.skipIf(dialect === 'postgres' && !hasPostgres)('keeps no hold and no work of a job that has ended', async () => {
    const { url, services } = await open();
    await expect.poll(async () => (await readState(services.store)).hold, { timeout: 15_000 }).toEqual([]);
    expect((await readState(services.store)).job.map(({ work }) => work)).not.toContainEqual(
      expect.stringContaining('put-auth'),
    );
    for (const [appId, environment] of [
      ['cloning', 'copy'],
      ['updating', 'staging'],
    ]) {
      const again = await send(`${url}/backend/${appId}/environments/${environment}/remove`);
      expect(again.status).toBe(200);
    }
  });
});
