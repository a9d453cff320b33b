// Written by `npm run gen` from admin.yaml. Changes made here are lost.

import { ResetState } from './ResetState.ts';
import { ExportState } from './ExportState.ts';
import { ImportState } from './ImportState.ts';
import { HoldJobs } from './HoldJobs.ts';
import { ReleaseJobs } from './ReleaseJobs.ts';
import { FailNextJob } from './FailNextJob.ts';
import { PlanUpdate } from './PlanUpdate.ts';
import { ListFaults } from './ListFaults.ts';
import { AddFault } from './AddFault.ts';
import { ClearFaults } from './ClearFaults.ts';
import { SetSeed } from './SetSeed.ts';
import { AdvanceClock } from './AdvanceClock.ts';
import { ListRequests } from './ListRequests.ts';
import type { Handlers } from './handler.ts';

/** Every operation's handler. One that is missing, or has the wrong type, does not compile. */
export const handlers = {
  ResetState,
  ExportState,
  ImportState,
  HoldJobs,
  ReleaseJobs,
  FailNextJob,
  PlanUpdate,
  ListFaults,
  AddFault,
  ClearFaults,
  SetSeed,
  AdvanceClock,
  ListRequests,
} satisfies Handlers;
