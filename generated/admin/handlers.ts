// Written by `npm run gen` from admin.yaml. Changes made here are lost.

import type { Answer } from 'openapi-strict-express';
import type { operations } from './schema.ts';

/** The input of each handler. */
export interface Inputs {
  /** Empty the state */
  ResetState: object;
  /** Save the whole state */
  ExportState: NonNullable<operations['ExportState']['requestBody']>['content']['application/json'];
  /** Replace the whole state */
  ImportState: NonNullable<operations['ImportState']['requestBody']>['content']['application/json'];
  /** Hold jobs */
  HoldJobs: object;
  /** Release held jobs */
  ReleaseJobs: object;
  /** Make the next jobs fail */
  FailNextJob: NonNullable<operations['FailNextJob']['requestBody']>['content']['application/json'];
  /** Preview an update */
  PlanUpdate: NonNullable<operations['PlanUpdate']['requestBody']>['content']['application/json'];
  /** List the pending faults */
  ListFaults: object;
  /** Make the next calls of an operation fail or wait */
  AddFault: NonNullable<operations['AddFault']['requestBody']>['content']['application/json'];
  /** Remove all faults */
  ClearFaults: object;
  /** Make ids and times reproducible */
  SetSeed: NonNullable<operations['SetSeed']['requestBody']>['content']['application/json'];
  /** Advance the clock */
  AdvanceClock: NonNullable<operations['AdvanceClock']['requestBody']>['content']['application/json'];
  /** List the last requests */
  ListRequests: { operation?: NonNullable<operations['ListRequests']['parameters']['query']>['operation']; limit?: NonNullable<operations['ListRequests']['parameters']['query']>['limit'] };
}

/** The possible answers of each handler: the body of the only success, if that needs no headers, or any answer that the document gives. */
export interface Results {
  /** Empty the state */
  ResetState: operations['ResetState']['responses'][200]['content']['application/json'] | Answer<200, operations['ResetState']['responses'][200]['content']['application/json'], undefined, 'application/json' | undefined> | Answer<400, operations['ResetState']['responses'][400]['content']['application/json'], undefined, 'application/json' | undefined> | Answer<504, operations['ResetState']['responses'][504]['content']['application/json'], undefined, 'application/json' | undefined> | Answer<number, operations['ResetState']['responses']['default']['content']['application/json'], undefined, 'application/json' | undefined>;
  /** Save the whole state */
  ExportState: operations['ExportState']['responses'][200]['content']['application/json'] | Answer<200, operations['ExportState']['responses'][200]['content']['application/json'], undefined, 'application/json' | undefined> | Answer<400, operations['ExportState']['responses'][400]['content']['application/json'], undefined, 'application/json' | undefined> | Answer<504, operations['ExportState']['responses'][504]['content']['application/json'], undefined, 'application/json' | undefined> | Answer<number, operations['ExportState']['responses']['default']['content']['application/json'], undefined, 'application/json' | undefined>;
  /** Replace the whole state */
  ImportState: operations['ImportState']['responses'][200]['content']['application/json'] | Answer<200, operations['ImportState']['responses'][200]['content']['application/json'], undefined, 'application/json' | undefined> | Answer<400, operations['ImportState']['responses'][400]['content']['application/json'], undefined, 'application/json' | undefined> | Answer<504, operations['ImportState']['responses'][504]['content']['application/json'], undefined, 'application/json' | undefined> | Answer<number, operations['ImportState']['responses']['default']['content']['application/json'], undefined, 'application/json' | undefined>;
  /** Hold jobs */
  HoldJobs: operations['HoldJobs']['responses'][200]['content']['application/json'] | Answer<200, operations['HoldJobs']['responses'][200]['content']['application/json'], undefined, 'application/json' | undefined> | Answer<400, operations['HoldJobs']['responses'][400]['content']['application/json'], undefined, 'application/json' | undefined> | Answer<504, operations['HoldJobs']['responses'][504]['content']['application/json'], undefined, 'application/json' | undefined> | Answer<number, operations['HoldJobs']['responses']['default']['content']['application/json'], undefined, 'application/json' | undefined>;
  /** Release held jobs */
  ReleaseJobs: operations['ReleaseJobs']['responses'][200]['content']['application/json'] | Answer<200, operations['ReleaseJobs']['responses'][200]['content']['application/json'], undefined, 'application/json' | undefined> | Answer<400, operations['ReleaseJobs']['responses'][400]['content']['application/json'], undefined, 'application/json' | undefined> | Answer<504, operations['ReleaseJobs']['responses'][504]['content']['application/json'], undefined, 'application/json' | undefined> | Answer<number, operations['ReleaseJobs']['responses']['default']['content']['application/json'], undefined, 'application/json' | undefined>;
  /** Make the next jobs fail */
  FailNextJob: operations['FailNextJob']['responses'][200]['content']['application/json'] | Answer<200, operations['FailNextJob']['responses'][200]['content']['application/json'], undefined, 'application/json' | undefined> | Answer<400, operations['FailNextJob']['responses'][400]['content']['application/json'], undefined, 'application/json' | undefined> | Answer<504, operations['FailNextJob']['responses'][504]['content']['application/json'], undefined, 'application/json' | undefined> | Answer<number, operations['FailNextJob']['responses']['default']['content']['application/json'], undefined, 'application/json' | undefined>;
  /** Preview an update */
  PlanUpdate: operations['PlanUpdate']['responses'][200]['content']['application/json'] | Answer<200, operations['PlanUpdate']['responses'][200]['content']['application/json'], undefined, 'application/json' | undefined> | Answer<400, operations['PlanUpdate']['responses'][400]['content']['application/json'], undefined, 'application/json' | undefined> | Answer<404, operations['PlanUpdate']['responses'][404]['content']['application/json'], undefined, 'application/json' | undefined> | Answer<504, operations['PlanUpdate']['responses'][504]['content']['application/json'], undefined, 'application/json' | undefined> | Answer<number, operations['PlanUpdate']['responses']['default']['content']['application/json'], undefined, 'application/json' | undefined>;
  /** List the pending faults */
  ListFaults: operations['ListFaults']['responses'][200]['content']['application/json'] | Answer<200, operations['ListFaults']['responses'][200]['content']['application/json'], undefined, 'application/json' | undefined> | Answer<400, operations['ListFaults']['responses'][400]['content']['application/json'], undefined, 'application/json' | undefined> | Answer<504, operations['ListFaults']['responses'][504]['content']['application/json'], undefined, 'application/json' | undefined> | Answer<number, operations['ListFaults']['responses']['default']['content']['application/json'], undefined, 'application/json' | undefined>;
  /** Make the next calls of an operation fail or wait */
  AddFault: operations['AddFault']['responses'][200]['content']['application/json'] | Answer<200, operations['AddFault']['responses'][200]['content']['application/json'], undefined, 'application/json' | undefined> | Answer<400, operations['AddFault']['responses'][400]['content']['application/json'], undefined, 'application/json' | undefined> | Answer<504, operations['AddFault']['responses'][504]['content']['application/json'], undefined, 'application/json' | undefined> | Answer<number, operations['AddFault']['responses']['default']['content']['application/json'], undefined, 'application/json' | undefined>;
  /** Remove all faults */
  ClearFaults: operations['ClearFaults']['responses'][200]['content']['application/json'] | Answer<200, operations['ClearFaults']['responses'][200]['content']['application/json'], undefined, 'application/json' | undefined> | Answer<400, operations['ClearFaults']['responses'][400]['content']['application/json'], undefined, 'application/json' | undefined> | Answer<504, operations['ClearFaults']['responses'][504]['content']['application/json'], undefined, 'application/json' | undefined> | Answer<number, operations['ClearFaults']['responses']['default']['content']['application/json'], undefined, 'application/json' | undefined>;
  /** Make ids and times reproducible */
  SetSeed: operations['SetSeed']['responses'][200]['content']['application/json'] | Answer<200, operations['SetSeed']['responses'][200]['content']['application/json'], undefined, 'application/json' | undefined> | Answer<400, operations['SetSeed']['responses'][400]['content']['application/json'], undefined, 'application/json' | undefined> | Answer<504, operations['SetSeed']['responses'][504]['content']['application/json'], undefined, 'application/json' | undefined> | Answer<number, operations['SetSeed']['responses']['default']['content']['application/json'], undefined, 'application/json' | undefined>;
  /** Advance the clock */
  AdvanceClock: operations['AdvanceClock']['responses'][200]['content']['application/json'] | Answer<200, operations['AdvanceClock']['responses'][200]['content']['application/json'], undefined, 'application/json' | undefined> | Answer<400, operations['AdvanceClock']['responses'][400]['content']['application/json'], undefined, 'application/json' | undefined> | Answer<504, operations['AdvanceClock']['responses'][504]['content']['application/json'], undefined, 'application/json' | undefined> | Answer<number, operations['AdvanceClock']['responses']['default']['content']['application/json'], undefined, 'application/json' | undefined>;
  /** List the last requests */
  ListRequests: operations['ListRequests']['responses'][200]['content']['application/json'] | Answer<200, operations['ListRequests']['responses'][200]['content']['application/json'], undefined, 'application/json' | undefined> | Answer<400, operations['ListRequests']['responses'][400]['content']['application/json'], undefined, 'application/json' | undefined> | Answer<504, operations['ListRequests']['responses'][504]['content']['application/json'], undefined, 'application/json' | undefined> | Answer<number, operations['ListRequests']['responses']['default']['content']['application/json'], undefined, 'application/json' | undefined>;
}

export type OperationId = keyof Inputs;
