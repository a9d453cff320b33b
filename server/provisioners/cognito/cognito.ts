import type { Provisioner, Resources, Work } from '../provisioner.ts';
import { type CallWork, type CognitoOptions, connect } from './api.ts';
import { importAuth } from './import.ts';
import { provision } from './provision.ts';
import { preview, putBack } from './putBack.ts';
import { remove, tellRemoved } from './remove.ts';
import { update } from './update.ts';

/** In ms: long enough for several calls that Cognito answers only after all their repetitions. */
const UNDO_TIME = 180_000;

/** Configures Amazon Cognito, with the credentials of the SDK's default chain. */
export function cognito(options: CognitoOptions): Provisioner {
  const bind = connect(options);
  return {
    outside: 'Amazon Cognito',
    provision(auth, work) {
      const calls = undoable(work);
      return provision(bind(calls), auth, work, calls.mayUndo);
    },
    async update(auth, work) {
      checkExists(auth.resources);
      const calls = undoable(work);
      return update(bind(calls), auth, work.journal, calls.mayUndo);
    },
    putBack: (auth, work) => putBack(bind(work), auth),
    async preview(auth, left, signal) {
      checkExists(auth.resources);
      return preview(bind({ signal, beforeWrite: () => {} }), auth, left);
    },
    async remove({ resources }, work) {
      // Invented ids stand for nothing at Cognito.
      if (resources.provisioner === 'cognito') await remove(bind(work), resources, work.journal);
    },
    tellRemoved(work) {
      const calls = undoable(work);
      return tellRemoved(bind(calls), work, calls.mayUndo);
    },
    import: (_place, ids, work) => importAuth(bind(work), ids),
  };
}

/** Throws where the ids were invented. Those that were imported without Cognito may well be real. */
function checkExists({ provisioner, adopted }: Resources): void {
  if (provisioner === 'cognito' || adopted.includes('userPool')) return;
  throw new Error(
    'The local provisioner made this authentication resource, so Cognito has nothing of it: delete it and create it again.',
  );
}

/**
 * The calls of a job and, once it may undo, of what puts things back: that goes on when the job is to stop. A job that
 * runs again is left as it is, since the next run finds its journal.
 */
function undoable({ signal, beforeWrite, runsAgain }: Work): CallWork & { readonly mayUndo: () => boolean } {
  let undo: AbortSignal | undefined;
  return {
    get signal() {
      return undo ?? signal;
    },
    beforeWrite,
    mayUndo: () => {
      if (signal.aborted && runsAgain()) return false;
      undo ??= AbortSignal.timeout(UNDO_TIME);
      return true;
    },
  };
}
