/*
 * Where the document and the SDK's schema differ on purpose, and why. What is not listed here must be equal, but for
 * names of schemas: there the reference pages count, and the SDK has other ones (BackendAuthRespObj is its
 * UpdateBackendAuthResponse, LimitExceededException its TooManyRequestsException).
 */

/** Enums of the document that are free strings in the SDK. */
export const ownEnums: Readonly<Record<string, string>> = {
  JobStatus: 'These three are all that the service was ever seen to answer, and what a caller waits for.',
};

/** Members of the body of every error that no exception of the SDK has. */
export const ownErrorMembers: Readonly<Record<string, string>> = {
  __type: 'The name of the error. SDKs look for it there when the header is missing.',
};
