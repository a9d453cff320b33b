import type { NewAuth, Provisioner, Resources } from '../../server/provisioners/provisioner.ts';

/** Applies a configuration, new or changed. */
export type Apply = (auth: NewAuth, signal: AbortSignal) => Promise<Partial<Resources>>;

const RESOURCES: Resources = {
  provisioner: 'local',
  userPoolId: 'us-east-1_test',
  userPoolArn: 'arn:aws:cognito-idp:us-east-1:000000000000:userpool/us-east-1_test',
  webClientId: 'web',
  nativeClientId: 'native',
  adopted: [],
};

/** An outside world that does what the test says when a configuration is applied, and nothing else. */
export const applying = (apply: Apply): Provisioner => ({
  provision: async (auth, { signal }) => ({ ...RESOURCES, ...(await apply(auth, signal)) }),
  update: async (auth, { signal }) => ({ ...RESOURCES, ...(await apply(auth, signal)) }),
  putBack: async ({ resources }) => ({ resources, left: undefined }),
  preview: async () => [],
  remove: async () => {},
  tellRemoved: async () => {},
  import: () => Promise.reject(new Error('The test imports nothing.')),
});

/** Hangs until it is told to stop, as a call that never returns. */
export const untilStopped = (signal: AbortSignal, onStop = () => {}): Promise<never> =>
  new Promise((_resolve, reject) =>
    signal.addEventListener('abort', () => {
      onStop();
      reject(signal.reason);
    }),
  );
