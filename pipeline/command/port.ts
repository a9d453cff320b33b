import { UsageError } from './program.ts';

/** The port that an option names. Throws a `UsageError`. */
export function portOf(value: string): number {
  if (/^\d{1,5}$/.test(value) && Number(value) < 65_536) return Number(value);
  throw new UsageError(`--port must be a whole number from 0 to 65535, not ${JSON.stringify(value)}.`);
}

/** Why a server could not listen, in one sentence. */
export const listenFailure = ({ code, message }: NodeJS.ErrnoException, port: number): string =>
  code === 'EADDRINUSE'
    ? `Port ${port} is taken; --port names another one.`
    : `Port ${port} can't be used: ${message}.`;
