import { type Client, waitForJob } from 'amplify-backend-auth-client';

export interface Place {
  readonly appId: string;
  readonly backendEnvironmentName: string;
  readonly resourceName: string;
}

/** Raises the least length of passwords to `length`, where it is shorter, and waits for that. Answers whether it was. */
export async function lengthenPasswords(client: Client, place: Place, length: number): Promise<boolean> {
  const { resourceConfig } = await client.getBackendAuth(place);
  if ((resourceConfig?.userPoolConfigs.passwordPolicy?.minimumLength ?? 0) >= length) return false;
  const started = await client.updateBackendAuth({
    ...place,
    resourceConfig: {
      authResources: 'USER_POOL_ONLY',
      service: 'COGNITO',
      userPoolConfigs: { passwordPolicy: { minimumLength: length } },
    },
  });
  await waitForJob(client, started);
  return true;
}
