import { readEnvironment } from './environment.ts';
import { useSession } from './session.tsx';
import { useReading } from './useReading.ts';

export interface At {
  readonly app: string;
  readonly environment: string;
}

/** The reading of an environment, and of its authentication. */
export function useEnvironment({ app, environment }: At) {
  const { client, turn } = useSession();
  return useReading((signal) => readEnvironment(client, app, environment, signal), [app, environment], { turn });
}
