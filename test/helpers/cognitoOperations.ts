import type { Patience } from '../../server/provisioners/cognito/api.ts';
import { configs } from './cognitoConfigs.ts';
import type { CognitoFake } from './cognitoFake.ts';
import { type Answer, type Place, send, type TestServer } from './server.ts';

/** An operation that changes Cognito, with the state that it starts from. */
export interface Operation {
  readonly before: object | undefined;
  /** A change made directly in Cognito beforehand. */
  readonly byHand?: (fake: CognitoFake) => void;
  /** Prepares the server beforehand. */
  readonly prepare?: (scene: Prepared) => Promise<void>;
  readonly start: (url: string, place: Place) => Promise<Answer>;
}

interface Prepared {
  readonly fake: CognitoFake;
  readonly place: Place;
  readonly server: TestServer;
}

const path = (url: string, { appId, environment }: Place) => `${url}/backend/${appId}/auth/${environment}`;

const update =
  (resourceConfig: object): Operation['start'] =>
  (url, place) =>
    send(path(url, place), { resourceName: 'auth', resourceConfig });

export const start = {
  create:
    (resourceConfig: object): Operation['start'] =>
    (url, { appId, environment }) =>
      send(`${url}/backend/${appId}/auth`, {
        backendEnvironmentName: environment,
        resourceName: 'auth',
        resourceConfig,
      }),
  update,
  remove: ((url, place) => send(`${path(url, place)}/remove`, { resourceName: 'auth' })) satisfies Operation['start'],
};

/** Between them they make every call there is. */
export const operations = {
  CreateBackendAuth: { before: undefined, start: start.create(configs.whole) },
  'UpdateBackendAuth of everything': { before: configs.whole, start: update(configs.other) },
  'UpdateBackendAuth that adds all there is': { before: configs.little, start: update(configs.more) },
  'UpdateBackendAuth that takes it away': { before: configs.whole, start: update(configs.less) },
  DeleteBackendAuth: { before: configs.whole, start: start.remove },
} as const satisfies Record<string, Operation>;

/** Whether Cognito is another after the call. */
export const isWrite = (call: string): boolean => !/^(Describe|List|Get)/.test(call);

/** Asks again soon: the fake has no need of rest. */
export const patience: Patience = { attempts: 4, firstDelay: 1, timeout: 10_000 };

export const roles = {
  authenticated: 'arn:aws:iam::123456789012:role/users',
  unauthenticated: 'arn:aws:iam::123456789012:role/guests',
};
