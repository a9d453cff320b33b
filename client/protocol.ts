import type { ClientProtocol } from 'openapi-strict-fetch';

/** AWS's dialect: how its services name errors and requests, and how its SDKs mark attempts. */
export const protocol = {
  requestId: (headers) => headers.get('x-amzn-RequestId'),
  describe(headers, body) {
    const { message, __type, code } = Object(body) as Record<string, unknown>;
    // "namespace#Name:address", read as the AWS SDKs do.
    const type = `${headers.get('x-amzn-ErrorType') || __type || code || ''}`.replace(/^[^:,]*#|[:,].*/gs, '');
    return { message, type };
  },
  // By this id the server makes one job of all attempts.
  idempotencyHeader: 'amz-sdk-invocation-id',
  mark(headers, { id, number, most }) {
    headers.set('amz-sdk-invocation-id', id);
    headers.set('amz-sdk-request', `attempt=${number}; max=${most}`);
  },
} satisfies ClientProtocol;
