import { defineConfig } from 'openapi-strict';

/** The documents of this repository: Amplify's API, and the admin surface of its server. */
export default defineConfig({
  documents: [
    {
      spec: 'spec/openapi.yaml',
      client: 'client/api.ts',
      // Signature Version 4 is the caller's choice: client/sigv4.ts.
      clientOptions: { protocol: './protocol.ts', security: false },
      server: false,
      redocly: 'redocly.yaml',
      tryIt: '/console/#view=operations&operation={operationId}',
      api: 'main',
      handleOptions: false,
      errorHeader: 'x-amzn-ErrorType',
      protocolHeaders: ['x-amzn-ErrorType', 'x-amzn-RequestId', 'Retry-After'],
    },
    {
      spec: 'spec/admin.yaml',
      generated: 'generated/admin',
      handlers: 'server/admin/operations',
      client: 'client/admin.ts',
      clientOptions: { protocol: './protocol.ts', security: false },
      server: false,
      redocly: 'redocly.yaml',
      api: 'admin',
      handleOptions: false,
      errorHeader: 'x-amzn-ErrorType',
      protocolHeaders: ['x-amzn-ErrorType', 'x-amzn-RequestId', 'Retry-After'],
    },
  ],
});
