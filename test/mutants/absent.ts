import { answers, badRequest, type Mutant } from './mutant.ts';

const OPERATIONS = [
  'GetBackend',
  'CloneBackend',
  'DeleteBackend',
  'RemoveAllBackends',
  'CreateBackendAuth',
  'GetBackendAuth',
  'ImportBackendAuth',
  'DeleteBackendAuth',
  'ListBackendJobs',
  'GetBackendJob',
  'UpdateBackendJob',
];

/** A 404 becomes another status, in each operation. */
export const absentMutants: readonly Mutant[] = [
  ...OPERATIONS.map((operation) => ({
    fault: `what is missing is a 400 in ${operation}`,
    only: [operation],
    behaviour: answers(operation, 404, () => badRequest('Not found.')),
  })),
  ...['GetBackend', 'GetBackendAuth', 'ListBackendJobs', 'GetBackendJob'].map((operation) => ({
    fault: `what is missing is a 500 in ${operation}`,
    only: [operation],
    behaviour: answers(operation, 404, () => ({ status: 500 })),
  })),
  {
    fault: 'another resource is a 400',
    only: ['absent'],
    behaviour: answers('GetBackendAuth', 404, () => badRequest('There is no such resource.')),
  },
  {
    fault: 'an environment that a body names and is not there is a 400',
    only: ['absent'],
    behaviour: answers('CreateBackendAuth', 404, () => badRequest('There is no such environment.')),
  },
];
