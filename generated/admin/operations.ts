// Written by `npm run gen` from admin.yaml. Changes made here are lost.

export const operations = {
  /** Empty the state */
  ResetState: {
    method: 'POST',
    path: '/admin/state/reset',
    pathParams: [],
    queryParams: [],
    headerParams: [],
    body: 'none',
    status: 200,
  },
  /** Save the whole state */
  ExportState: {
    method: 'POST',
    path: '/admin/state/export',
    pathParams: [],
    queryParams: [],
    headerParams: [],
    body: 'members',
    status: 200,
  },
  /** Replace the whole state */
  ImportState: {
    method: 'POST',
    path: '/admin/state/import',
    pathParams: [],
    queryParams: [],
    headerParams: [],
    body: 'members',
    status: 200,
  },
  /** Hold jobs */
  HoldJobs: {
    method: 'POST',
    path: '/admin/jobs/hold',
    pathParams: [],
    queryParams: [],
    headerParams: [],
    body: 'none',
    status: 200,
  },
  /** Release held jobs */
  ReleaseJobs: {
    method: 'POST',
    path: '/admin/jobs/release',
    pathParams: [],
    queryParams: [],
    headerParams: [],
    body: 'none',
    status: 200,
  },
  /** Make the next jobs fail */
  FailNextJob: {
    method: 'POST',
    path: '/admin/jobs/fail',
    pathParams: [],
    queryParams: [],
    headerParams: [],
    body: 'members',
    status: 200,
  },
  /** Preview an update */
  PlanUpdate: {
    method: 'POST',
    path: '/admin/auth/plan',
    pathParams: [],
    queryParams: [],
    headerParams: [],
    body: 'members',
    status: 200,
  },
  /** List the pending faults */
  ListFaults: {
    method: 'GET',
    path: '/admin/faults',
    pathParams: [],
    queryParams: [],
    headerParams: [],
    body: 'none',
    status: 200,
  },
  /** Make the next calls of an operation fail or wait */
  AddFault: {
    method: 'POST',
    path: '/admin/faults',
    pathParams: [],
    queryParams: [],
    headerParams: [],
    body: 'members',
    status: 200,
  },
  /** Remove all faults */
  ClearFaults: {
    method: 'DELETE',
    path: '/admin/faults',
    pathParams: [],
    queryParams: [],
    headerParams: [],
    body: 'none',
    status: 200,
  },
  /** Make ids and times reproducible */
  SetSeed: {
    method: 'POST',
    path: '/admin/seed',
    pathParams: [],
    queryParams: [],
    headerParams: [],
    body: 'members',
    status: 200,
  },
  /** Advance the clock */
  AdvanceClock: {
    method: 'POST',
    path: '/admin/clock/advance',
    pathParams: [],
    queryParams: [],
    headerParams: [],
    body: 'members',
    status: 200,
  },
  /** List the last requests */
  ListRequests: {
    method: 'GET',
    path: '/admin/requests',
    pathParams: [],
    queryParams: ['operation', 'limit'],
    headerParams: [],
    body: 'none',
    status: 200,
  },
} as const;

export type OperationId = keyof typeof operations;
