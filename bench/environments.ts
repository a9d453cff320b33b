import { copyFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { pino } from 'pino';
import type { Resources } from '../server/provisioners/provisioner.ts';
import { openStore } from '../server/store/store.ts';
import { TEMP } from './processes.ts';

/** More than 1,000 running jobs of one app are too many for the server. */
export const PER_APP = 500;

const config = {
  authResources: 'USER_POOL_ONLY',
  service: 'COGNITO',
  userPoolConfigs: {
    mfa: { MFAMode: 'OFF' },
    passwordPolicy: { minimumLength: 8, additionalConstraints: [] },
    requiredSignUpAttributes: ['EMAIL'],
    signInMethod: 'EMAIL',
    userPoolName: 'users',
  },
};
const resources: Resources = {
  provisioner: 'local',
  userPoolId: 'us-east-1_abcdefghi',
  userPoolArn: 'arn:aws:cognito-idp:us-east-1:000000000000:userpool/us-east-1_abcdefghi',
  webClientId: 'a'.repeat(26),
  nativeClientId: 'b'.repeat(26),
  adopted: [],
};

/** An update of what lies in each environment, as its user would send it. */
export const update = {
  resourceName: 'auth',
  resourceConfig: {
    authResources: 'USER_POOL_ONLY',
    service: 'COGNITO',
    userPoolConfigs: {
      mfa: { MFAMode: 'OPTIONAL', settings: { mfaTypes: ['TOTP'] } },
      passwordPolicy: { minimumLength: 12, additionalConstraints: ['REQUIRE_DIGIT', 'REQUIRE_LOWERCASE'] },
    },
  },
};

/** Makes `apps` apps of 500 environments with an authentication resource each, in a database that has none. */
export async function makeEnvironments(database: string, apps: number): Promise<void> {
  const store = await openStore(database, pino({ level: 'silent' }));
  const rest = {
    resource_name: 'auth',
    config: JSON.stringify(config),
    resources: JSON.stringify(resources),
    update_time: 1,
  };
  try {
    for (let app = 0; app < apps; app += 1) {
      const key = { app_id: `app${app}` };
      await store.write(async (db) => {
        await db
          .insertInto('app')
          .values({ ...key, app_name: 'bench', create_time: 1 })
          .execute();
        for (const names of chunksOfNames()) {
          const environments = names.map((name) => ({ ...key, name, create_time: 1 }));
          await db.insertInto('backend_environment').values(environments).execute();
          const auth = names.map((environment) => ({ ...key, environment, ...rest }));
          await db.insertInto('auth_resource').values(auth).execute();
        }
      });
    }
  } finally {
    await store.close();
  }
}

/** The names of an app's environments, as many at a time as a statement takes. */
export function chunksOfNames(): string[][] {
  return Array.from({ length: PER_APP / 100 }, (_, chunk) =>
    Array.from({ length: 100 }, (_, at) => `env${chunk * 100 + at}`),
  );
}

/** A SQLite file with environments in it, of which each server gets a fresh copy. */
export async function template(apps: number): Promise<{ copy(): string }> {
  const file = join(TEMP, 'template.sqlite');
  rmSync(file, { force: true });
  await makeEnvironments(file, apps);
  return {
    copy() {
      const copy = join(TEMP, 'ours.sqlite');
      for (const end of ['', '-wal', '-shm', '.key']) rmSync(copy + end, { force: true });
      copyFileSync(file, copy);
      return copy;
    },
  };
}
