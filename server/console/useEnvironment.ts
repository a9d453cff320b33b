import { readEnvironment } from './environment.ts';
import { useSession } from './session.tsx';
import { useReading } from './useReading.ts';

export interface At {
  readonly app: string;
  readonly environment: string;
}

/** Reads an environment and its authentication. */
export function useEnvironment({ app, environment }: At) {
  const { client } = useSession();
  return useReading(['environment', app, environment], (signal) => readEnvironment(client, app, environment, signal));
}
