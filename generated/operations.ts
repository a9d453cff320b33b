// Written by `npm run gen` from openapi.yaml. Changes made here are lost.

export const operations = {
  /** Create a backend environment */
  CreateBackend: {
    method: 'POST',
    path: '/backend',
    pathParams: [],
    queryParams: [],
    headerParams: [],
    body: 'members',
    status: 200,
  },
  /** Read a backend */
  GetBackend: {
    method: 'POST',
    path: '/backend/{appId}/details',
    pathParams: ['appId'],
    queryParams: [],
    headerParams: [],
    body: 'members',
    status: 200,
  },
  /** Copy an environment */
  CloneBackend: {
    method: 'POST',
    path: '/backend/{appId}/environments/{backendEnvironmentName}/clone',
    pathParams: ['appId', 'backendEnvironmentName'],
    queryParams: [],
    headerParams: [],
    body: 'members',
    status: 200,
  },
  /** Delete an environment */
  DeleteBackend: {
    method: 'POST',
    path: '/backend/{appId}/environments/{backendEnvironmentName}/remove',
    pathParams: ['appId', 'backendEnvironmentName'],
    queryParams: [],
    headerParams: [],
    body: 'none',
    status: 200,
  },
  /** Delete all environments of an app */
  RemoveAllBackends: {
    method: 'POST',
    path: '/backend/{appId}/remove',
    pathParams: ['appId'],
    queryParams: [],
    headerParams: [],
    body: 'members',
    status: 200,
  },
  /** Create the authentication of an environment */
  CreateBackendAuth: {
    method: 'POST',
    path: '/backend/{appId}/auth',
    pathParams: ['appId'],
    queryParams: [],
    headerParams: [],
    body: 'members',
    status: 200,
  },
  /** Update the authentication of an environment */
  UpdateBackendAuth: {
    method: 'POST',
    path: '/backend/{appId}/auth/{backendEnvironmentName}',
    pathParams: ['appId', 'backendEnvironmentName'],
    queryParams: [],
    headerParams: [],
    body: 'members',
    status: 200,
  },
  /** Read the authentication of an environment */
  GetBackendAuth: {
    method: 'POST',
    path: '/backend/{appId}/auth/{backendEnvironmentName}/details',
    pathParams: ['appId', 'backendEnvironmentName'],
    queryParams: [],
    headerParams: [],
    body: 'members',
    status: 200,
  },
  /** Take over an existing user pool */
  ImportBackendAuth: {
    method: 'POST',
    path: '/backend/{appId}/auth/{backendEnvironmentName}/import',
    pathParams: ['appId', 'backendEnvironmentName'],
    queryParams: [],
    headerParams: [],
    body: 'members',
    status: 200,
  },
  /** Delete the authentication of an environment */
  DeleteBackendAuth: {
    method: 'POST',
    path: '/backend/{appId}/auth/{backendEnvironmentName}/remove',
    pathParams: ['appId', 'backendEnvironmentName'],
    queryParams: [],
    headerParams: [],
    body: 'members',
    status: 200,
  },
  /** List the jobs of an environment */
  ListBackendJobs: {
    method: 'POST',
    path: '/backend/{appId}/job/{backendEnvironmentName}',
    pathParams: ['appId', 'backendEnvironmentName'],
    queryParams: [],
    headerParams: [],
    body: 'members',
    status: 200,
  },
  /** Read a job */
  GetBackendJob: {
    method: 'GET',
    path: '/backend/{appId}/job/{backendEnvironmentName}/{jobId}',
    pathParams: ['appId', 'backendEnvironmentName', 'jobId'],
    queryParams: [],
    headerParams: [],
    body: 'none',
    status: 200,
  },
  /** End a job */
  UpdateBackendJob: {
    method: 'POST',
    path: '/backend/{appId}/job/{backendEnvironmentName}/{jobId}',
    pathParams: ['appId', 'backendEnvironmentName', 'jobId'],
    queryParams: [],
    headerParams: [],
    body: 'members',
    status: 200,
  },
} as const;

export type OperationId = keyof typeof operations;
