import { request as httpRequest } from 'node:http';
import { expect, it } from 'vitest';
import { parseCredentials } from '../../../server/signing/credentials.ts';
import { basicDate } from '../../../server/signing/date.ts';
import { testServer } from '../../helpers/server.ts';

const { credentials } = parseCredentials(
  '[one]\naws_access_key_id = AKIDONE\naws_secret_access_key = secretsecretsecretsecretsecretsecretsecr\napp_ids = d1\n',
  'keys',
);

/** The name of the error that answers a request whose body is announced, and never sent. */
function refusal(url: string, accessKeyId: string, more: Record<string, string> = {}): Promise<unknown> {
  const date = basicDate(Date.now());
  const names = ['host', 'x-amz-date', ...Object.keys(more)].sort().join(';');
  const scope = `${accessKeyId}/${date.slice(0, 8)}/us-east-1/amplifybackend/aws4_request`;
  const authorization = `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=${names}, Signature=${'0'.repeat(64)}`;
  const headers = {
    authorization,
    'x-amz-date': date,
    'content-type': 'application/json',
    'content-length': 67_000_000,
  };
  return new Promise((resolve, reject) => {
    const request = httpRequest(url, { method: 'POST', headers: { ...headers, ...more } }, (response) => {
      resolve(response.headers['x-amzn-errortype']);
      request.destroy();
    });
    request.on('error', reject);
    request.flushHeaders();
  });
}

it.each([
  ['an unknown key', '/admin/state/import', 'AKIDOTHER', {}, 'UnrecognizedClientException'],
  ['a key that may not touch all apps', '/admin/state/import', 'AKIDONE', {}, 'AccessDeniedException'],
  ["a key that may not touch the path's app", '/backend/d2/details', 'AKIDONE', {}, 'AccessDeniedException'],
  [
    'a wrong signature of a body whose hash is given',
    '/backend/d1/details',
    'AKIDONE',
    { 'x-amz-content-sha256': '0'.repeat(64) },
    'InvalidSignatureException',
  ],
])('%s is refused before its body is sent', async (_title, path, key, more, name) => {
  const { url } = await testServer({ credentials, admin: true });
  expect(await refusal(`${url}${path}`, key, more)).toBe(name);
});
