// Written by `npm run gen` from the document in spec/. Changes made here are lost.

import { CreateBackend } from './CreateBackend.ts';
import { CreateBackendAuth } from './CreateBackendAuth.ts';
import { UpdateBackendAuth } from './UpdateBackendAuth.ts';
import { GetBackendAuth } from './GetBackendAuth.ts';
import { GetBackendJob } from './GetBackendJob.ts';
import type { Handlers } from './handler.ts';

/** Every operation's handler. One that is missing, or has the wrong type, does not compile. */
export const handlers = {
  CreateBackend,
  CreateBackendAuth,
  UpdateBackendAuth,
  GetBackendAuth,
  GetBackendJob,
} satisfies Handlers;
