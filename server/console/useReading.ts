import { useQuery } from '@tanstack/react-query';
import { type Refusal, refusalOf } from './calls.ts';

export interface Reading<Value> {
  /** The last value that was read. A failed read keeps it. */
  readonly value?: Value;
  /** Why the last read failed. */
  readonly refusal?: Refusal;
  readonly isBusy: boolean;
  readonly again: () => void;
}

interface Options<Value> {
  /** Pause before the next read, in ms, while the page is visible. @default reads only after a change */
  readonly every?: (value: Value | undefined) => number;
  /** Whether to read at all. @default true */
  readonly enabled?: boolean;
}

/**
 * Reads from the server. Readings with equal keys share one request and its result; all of them are read again after a
 * change (`Session.changed`).
 */
export function useReading<Value>(
  key: readonly unknown[],
  read: (signal: AbortSignal) => Promise<Value>,
  { every, enabled = true }: Options<Value> = {},
): Reading<Value> {
  const query = useQuery({
    queryKey: key,
    queryFn: ({ signal }) => read(signal),
    enabled,
    refetchInterval: ({ state }) => every?.(state.data),
  });
  const { data, error, isFetching, refetch } = query;
  return {
    ...(data !== undefined && { value: data }),
    ...(error !== null && { refusal: refusalOf(error) }),
    isBusy: isFetching,
    again: () => void refetch(),
  };
}
