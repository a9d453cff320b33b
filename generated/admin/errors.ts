// Written by `npm run gen` from admin.yaml. Changes made here are lost.

export const errors = {
  /** The request is malformed, breaks the schema, or asks for what can't be done now. `message` has one line for each fault, with its place. */
  BadRequestException: { status: 400, type: 'BadRequestException' },
  /** The server could not process the request now. The AWS SDKs try again. */
  InternalServiceException: { status: 504, type: 'GatewayTimeoutException' },
  /** The app, environment, resource or job does not exist. */
  NotFoundException: { status: 404, type: 'NotFoundException' },
} as const;

export type ErrorName = keyof typeof errors;
