import { useQueryClient } from '@tanstack/react-query';
import { createContext, type ReactNode, useContext, useMemo, useState } from 'react';
import type { Client } from '../../client/index.ts';
import type { OpenApiDocument } from '../../pipeline/forms/document.ts';
import { type Call, callFor, clientFor, type Signer } from './calls.ts';

/** State that all views share. */
export interface Session {
  readonly document: OpenApiDocument;
  readonly signer: Signer | undefined;
  readonly sign: (signer: Signer | undefined) => void;
  /** Whether the server has refused an unsigned request, so that signing in makes sense. */
  readonly wantsSigning: boolean;
  readonly client: Client;
  /** Calls an operation. After a success, every view reads again. */
  readonly call: Call;
  /** Makes every view read again, since what it shows may have changed. */
  readonly changed: () => void;
}

const Context = createContext<Session | undefined>(undefined);

export function SessionOf({ document, children }: { document: OpenApiDocument; children: ReactNode }) {
  const queries = useQueryClient();
  const [signer, setSigner] = useState<Signer>();
  const [wantsSigning, setWantsSigning] = useState(false);
  const session = useMemo((): Session => {
    const changed = () => void queries.invalidateQueries();
    const watched: typeof fetch = async (...request) => {
      const answer = await fetch(...request);
      if (answer.headers.get('x-amzn-ErrorType')?.startsWith('MissingAuthenticationToken')) setWantsSigning(true);
      return answer;
    };
    const callOnce = callFor(signer, watched);
    return {
      document,
      signer,
      wantsSigning,
      sign(next) {
        setSigner(next);
        // One key's view of the data is not shown to the next.
        queries.clear();
      },
      client: clientFor(signer, watched),
      async call(operationId, input) {
        const outcome = await callOnce(operationId, input);
        if (outcome.ok) changed();
        return outcome;
      },
      changed,
    };
  }, [document, signer, wantsSigning, queries]);
  return (
    // With another signer, every view starts over.
    <Context.Provider value={session} key={signer?.credentials.accessKeyId}>
      {children}
    </Context.Provider>
  );
}

export function useSession(): Session {
  const session = useContext(Context);
  if (session === undefined) throw new Error('There is no session here.');
  return session;
}
