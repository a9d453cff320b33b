import type { Provisioner } from '../../server/provisioners/provisioner.ts';

/** An outside world that does what the test says when a configuration is applied, and nothing else. */
export const applying = (apply: Provisioner['apply']): Provisioner => ({
  apply,
  remove: async () => {},
  adopt: () => Promise.reject(new Error('The test imports nothing.')),
});

/** Hangs until it is told to stop, as a call that never returns. */
export const untilStopped = (signal: AbortSignal, onStop = () => {}): Promise<never> =>
  new Promise((_resolve, reject) =>
    signal.addEventListener('abort', () => {
      onStop();
      reject(signal.reason);
    }),
  );
