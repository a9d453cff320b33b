// Written by `npm run gen` from the document in spec/. Changes made here are lost.

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
  /** Take up no more jobs */
  HoldJobs: {
    method: 'POST',
    path: '/admin/jobs/hold',
    pathParams: [],
    queryParams: [],
    headerParams: [],
    body: 'none',
    status: 200,
  },
  /** Take up jobs again */
  ReleaseJobs: {
    method: 'POST',
    path: '/admin/jobs/release',
    pathParams: [],
    queryParams: [],
    headerParams: [],
    body: 'none',
    status: 200,
  },
  /** Have the next jobs fail */
  FailNextJob: {
    method: 'POST',
    path: '/admin/jobs/fail',
    pathParams: [],
    queryParams: [],
    headerParams: [],
    body: 'members',
    status: 200,
  },
  /** List the faults that are still to come */
  ListFaults: {
    method: 'GET',
    path: '/admin/faults',
    pathParams: [],
    queryParams: [],
    headerParams: [],
    body: 'none',
    status: 200,
  },
  /** Have the next calls of an operation fail or wait */
  AddFault: {
    method: 'POST',
    path: '/admin/faults',
    pathParams: [],
    queryParams: [],
    headerParams: [],
    body: 'members',
    status: 200,
  },
  /** Take back all faults */
  ClearFaults: {
    method: 'DELETE',
    path: '/admin/faults',
    pathParams: [],
    queryParams: [],
    headerParams: [],
    body: 'none',
    status: 200,
  },
  /** Make ids and times the same each time */
  SetSeed: {
    method: 'POST',
    path: '/admin/seed',
    pathParams: [],
    queryParams: [],
    headerParams: [],
    body: 'members',
    status: 200,
  },
  /** Let time pass */
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
