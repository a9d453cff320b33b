import { randomUUID } from 'node:crypto';

/** A name of its own: what moto_server has is there for all tests. */
export const unique = (): string => `shop-${randomUUID().slice(0, 8)}`;

export const OAUTH = {
  oAuthGrantType: 'CODE',
  oAuthScopes: ['OPENID', 'EMAIL'],
  redirectSignInURIs: ['https://shop.example/in/'],
  redirectSignOutURIs: ['https://shop.example/out/'],
};

export const config = (oAuth?: object, more: object = {}) => ({
  authResources: 'USER_POOL_ONLY',
  service: 'COGNITO',
  userPoolConfigs: {
    userPoolName: unique(),
    signInMethod: 'EMAIL',
    requiredSignUpAttributes: ['EMAIL'],
    ...(oAuth !== undefined && { oAuth: { ...OAUTH, ...oAuth } }),
  },
  ...more,
});

export const update = (userPoolConfigs: object, authResources = 'USER_POOL_ONLY', more: object = {}) => ({
  authResources,
  service: 'COGNITO',
  userPoolConfigs,
  ...more,
});
