import { type AuthResource, findAuth, listEnvironments } from '../auth/backends.ts';
import { getApp, getEnvironment } from '../auth/lookUp.ts';
import type { Input, Output, Services } from './handler.ts';

/** Reads an app and, for an environment that is named, what was made for it. */
export async function GetBackend(
  { appId, backendEnvironmentName }: Input<'GetBackend'>,
  { store }: Services,
): Promise<Output<'GetBackend'>> {
  const { appName } = await getApp(store.db, appId);
  const backendEnvironmentList = await listEnvironments(store.db, appId);
  if (backendEnvironmentName === undefined) return { appId, appName, backendEnvironmentList };
  await getEnvironment(store.db, appId, backendEnvironmentName);
  const auth = await findAuth(store.db, appId, backendEnvironmentName);
  return {
    appId,
    appName,
    backendEnvironmentList,
    backendEnvironmentName,
    amplifyFeatureFlags: JSON.stringify({ features: {} }),
    amplifyMetaConfig: JSON.stringify({ auth: auth === undefined ? {} : { [auth.resourceName]: metaOf(auth) } }),
  };
}

/** In the form of the Amplify CLI's amplify-meta.json, which scripts read. */
function metaOf({ config, resources }: AuthResource) {
  return {
    service: 'Cognito',
    serviceType: resources.adopted.includes('userPool') ? 'imported' : 'managed',
    output: {
      UserPoolId: resources.userPoolId,
      UserPoolArn: resources.userPoolArn,
      UserPoolName: config.userPoolConfigs.userPoolName,
      AppClientID: resources.nativeClientId,
      AppClientIDWeb: resources.webClientId,
      ...(resources.identityPoolId !== undefined && {
        IdentityPoolId: resources.identityPoolId,
        IdentityPoolName: config.identityPoolConfigs?.identityPoolName,
      }),
      ...(config.userPoolConfigs.oAuth?.domainPrefix !== undefined && {
        HostedUIDomain: config.userPoolConfigs.oAuth.domainPrefix,
      }),
    },
  };
}
