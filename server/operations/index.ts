// Written by `npm run gen` from openapi.yaml. Changes made here are lost.

import { CreateBackend } from './CreateBackend.ts';
import { GetBackend } from './GetBackend.ts';
import { CloneBackend } from './CloneBackend.ts';
import { DeleteBackend } from './DeleteBackend.ts';
import { RemoveAllBackends } from './RemoveAllBackends.ts';
import { CreateBackendAuth } from './CreateBackendAuth.ts';
import { UpdateBackendAuth } from './UpdateBackendAuth.ts';
import { GetBackendAuth } from './GetBackendAuth.ts';
import { ImportBackendAuth } from './ImportBackendAuth.ts';
import { DeleteBackendAuth } from './DeleteBackendAuth.ts';
import { ListBackendJobs } from './ListBackendJobs.ts';
import { GetBackendJob } from './GetBackendJob.ts';
import { UpdateBackendJob } from './UpdateBackendJob.ts';
import type { Handlers } from './handler.ts';

/** Every operation's handler. One that is missing, or has the wrong type, does not compile. */
export const handlers = {
  CreateBackend,
  GetBackend,
  CloneBackend,
  DeleteBackend,
  RemoveAllBackends,
  CreateBackendAuth,
  UpdateBackendAuth,
  GetBackendAuth,
  ImportBackendAuth,
  DeleteBackendAuth,
  ListBackendJobs,
  GetBackendJob,
  UpdateBackendJob,
} satisfies Handlers;
