import { createContext, type ReactNode, useCallback, useContext, useMemo, useState } from 'react';
import type { Client } from '../../client/index.ts';
import type { OpenApiDocument } from '../../pipeline/forms/document.ts';
import { type Call, callFor, clientFor, type Signer } from './calls.ts';

/** What all pages share. */
export interface Session {
  readonly document: OpenApiDocument;
  readonly signer: Signer | undefined;
  readonly sign: (signer: Signer | undefined) => void;
  readonly client: Client;
  /** Calls an operation; afterwards everyone reads again, since it may have changed what they show. */
  readonly call: Call;
  /** Grows with each change and each signer: what is read of this need not be true of the next one. */
  readonly turn: number;
  readonly changed: () => void;
}

const Context = createContext<Session | undefined>(undefined);

export function SessionOf({ document, children }: { document: OpenApiDocument; children: ReactNode }) {
  const [signer, setSigner] = useState<Signer>();
  const [turn, setTurn] = useState(0);
  const changed = useCallback(() => setTurn((last) => last + 1), []);
  const session = useMemo(() => {
    const callOnce = callFor(signer);
    const call: Call = async (operationId, input) => {
      const outcome = await callOnce(operationId, input);
      if (outcome.ok) changed();
      return outcome;
    };
    const sign = (next: Signer | undefined) => {
      setSigner(next);
      changed();
    };
    return { document, signer, sign, client: clientFor(signer), call, turn, changed };
  }, [document, signer, turn, changed]);
  return <Context.Provider value={session}>{children}</Context.Provider>;
}

export function useSession(): Session {
  const session = useContext(Context);
  if (session === undefined) throw new Error('There is no session here.');
  return session;
}
