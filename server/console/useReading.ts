import { useCallback, useEffect, useRef, useState } from 'react';
import { type Refusal, refusalOf } from './calls.ts';

export interface Reading<Value> {
  /** What was read last; kept while it is read anew. */
  readonly value?: Value;
  readonly refusal?: Refusal;
  readonly isBusy: boolean;
  readonly again: () => void;
}

interface More<Value> {
  /** Reads again with each new turn; what is there is shown meanwhile. */
  readonly turn?: number;
  /** After how many ms to read again, as long as the page is looked at; not by itself unless told. */
  readonly every?: (value: Value | undefined) => number;
}

/** Reads something; anew, and with nothing shown meanwhile, whenever one of `of` changes. */
export function useReading<Value>(
  read: (signal: AbortSignal) => Promise<Value>,
  of: readonly unknown[],
  { turn = 0, every }: More<Value> = {},
): Reading<Value> {
  const [state, setState] = useState<{ of: string; value?: Value; refusal?: Refusal }>({ of: '' });
  const [isBusy, setBusy] = useState(true);
  const [asked, setAsked] = useState(0);
  const latest = useRef({ read, every });
  latest.current = { read, every };
  const key = JSON.stringify(of);

  useEffect(() => {
    const stop = new AbortController();
    let next: ReturnType<typeof setTimeout> | undefined;
    const once = async () => {
      if (document.hidden && next !== undefined) return wait(undefined);
      setBusy(true);
      let value: Value | undefined;
      try {
        value = await latest.current.read(stop.signal);
        if (!stop.signal.aborted) setState({ of: key, value });
      } catch (error) {
        if (!stop.signal.aborted) {
          const refusal = refusalOf(error);
          setState((last) => (last.of === key ? { ...last, refusal } : { of: key, refusal }));
        }
      }
      if (stop.signal.aborted) return;
      setBusy(false);
      wait(value);
    };
    const wait = (value: Value | undefined) => {
      const pause = latest.current.every?.(value);
      if (pause !== undefined) next = setTimeout(once, pause);
    };
    once();
    return () => {
      stop.abort();
      clearTimeout(next);
    };
  }, [key, turn, asked]);

  const again = useCallback(() => setAsked((last) => last + 1), []);
  // What was read of something else is not shown for this.
  const { value, refusal } = state.of === key ? state : {};
  return { ...(value !== undefined && { value }), ...(refusal && { refusal }), isBusy, again };
}
