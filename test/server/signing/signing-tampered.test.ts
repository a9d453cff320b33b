import { createHash } from 'node:crypto';
import { type Request, sign } from 'aws4';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseCredentials } from '../../../server/signing/credentials.ts';
import { checkApp } from '../../../server/signing/identity.ts';
import { Refusal } from '../../../server/signing/refusal.ts';
import { type SignedRequest, Verifier } from '../../../server/signing/verify.ts';

const NAMES = [
  'IncompleteSignatureException',
  'InvalidSignatureException',
  'MissingAuthenticationTokenException',
  'UnrecognizedClientException',
];

const key = {
  accessKeyId: 'ASIATEMPORARY',
  secretAccessKey: 'Ea3Q9sl+pRfiCY/K7MDENGbPxEXAMPLEKEYwJalr',
  sessionToken: 'IQoJb3JpZ2luX2VjEXAMPLE//token==',
};
const plain = { accessKeyId: 'AKIDPLAIN', secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY' };
const { credentials } = parseCredentials(
  `[temporary]
  aws_access_key_id = ${key.accessKeyId}
  aws_secret_access_key = ${key.secretAccessKey}
  aws_session_token = ${key.sessionToken}
  app_ids = d1, d2
  [plain]
  aws_access_key_id = ${plain.accessKeyId}
  aws_secret_access_key = ${plain.secretAccessKey}`,
  'credentials',
);

const now = Date.UTC(2026, 10, 23, 12, 0, 0);
const basic = (time: number) => new Date(time).toISOString().replaceAll(/[-:]|\.\d+/g, '');
const verifier = new Verifier({ credentials, clock: () => now });

type Headers = Record<string, string>;
interface Signed extends Omit<SignedRequest, 'headers'> {
  readonly headers: Headers;
}

/** A request as aws4 signs it, with every part that there may be. */
function signed(changes: Request = {}, signer: Parameters<typeof sign>[1] = key): Signed {
  const method = changes.method ?? 'POST';
  const request = sign(
    {
      service: 'amplifybackend',
      region: 'us-east-1',
      method,
      host: 'localhost:3000',
      path: '/prod/backend/d1/auth/staging?page=2&limit=10&page=1',
      body: '{"resourceName":"auth"}',
      ...changes,
      headers: {
        'Content-Type': 'application/json',
        'X-Amz-Date': basic(now),
        'x-amz-custom': 'one  two',
        'amz-sdk-request': 'attempt=1',
        ...changes.headers,
      },
    },
    signer,
  );
  const headers = Object.entries(request.headers ?? {}).map(([name, value]) => [name.toLowerCase(), String(value)]);
  const body = typeof request.body === 'string' ? Buffer.from(request.body) : undefined;
  return { method, rawUrl: request.path ?? '', headers: Object.fromEntries(headers), body };
}

const verify = ({ headers, ...request }: Signed, more: readonly string[] = []) =>
  verifier.verify({ ...request, headers: [...Object.entries(headers).flat(), ...more] });

/** The name of the refusal, or `accepted`; anything else that is thrown is a bug. */
function outcome(attempt: () => unknown): string {
  try {
    attempt();
    return 'accepted';
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    expect(error).toMatchObject({ status: 403, expose: true, type: error.name });
    expect(error.message).not.toContain(key.secretAccessKey);
    expect(error.message).not.toContain(key.sessionToken);
    return error.type;
  }
}

const base = signed();
const authorization = base.headers.authorization ?? '';
const withHeaders = (headers: Headers): Signed => ({ ...base, headers: { ...base.headers, ...headers } });
const withAuthorization = (from: string | RegExp, to: string) => {
  const changed = authorization.replace(from, to);
  expect(changed).not.toBe(authorization);
  return withHeaders({ authorization: changed });
};
const without = (name: string): Signed => {
  const { [name]: _, ...headers } = base.headers;
  return { ...base, headers };
};

const signedNames = (/SignedHeaders=([^,]*)/.exec(authorization)?.[1] ?? '').split(';');

describe('a signed request', () => {
  it('is accepted, and accepted again when it is sent again', () => {
    expect(signedNames).toEqual([
      'amz-sdk-request',
      'content-length',
      'content-type',
      'host',
      'x-amz-custom',
      'x-amz-date',
      'x-amz-security-token',
    ]);
    expect(verify(base)).toEqual({ accessKeyId: key.accessKeyId, appIds: new Set(['d1', 'd2']) });
    expect(verify(base)).toEqual(verify(base));
  });

  it('is accepted with what its signature does not cover: white space in headers, the form of the query, other headers', () => {
    expect(outcome(() => verify(withHeaders({ 'x-amz-custom': ' one \t two ', 'user-agent': 'any' })))).toBe(
      'accepted',
    );
    const rawUrl = '/prod/backend/d1/auth/staging?page=%31&&limit=10&page=2';
    expect(outcome(() => verify({ ...base, rawUrl }))).toBe('accepted');
  });

  it.each([
    ['another method', { ...base, method: 'PUT' }],
    ['the method in lower case', { ...base, method: 'post' }],
    ['another app', { ...base, rawUrl: base.rawUrl.replace('d1', 'd2') }],
    ['another environment', { ...base, rawUrl: base.rawUrl.replace('staging', 'production') }],
    ['no prefix', { ...base, rawUrl: base.rawUrl.replace('/prod', '') }],
    ['a slash at the end of the path', { ...base, rawUrl: base.rawUrl.replace('?', '/?') }],
    ['an escaped letter in the path', { ...base, rawUrl: base.rawUrl.replace('d1', '%641') }],
    ['an escaped slash', { ...base, rawUrl: base.rawUrl.replace('/staging', '%2Fstaging') }],
    ['no query', { ...base, rawUrl: base.rawUrl.replace(/\?.*/, '') }],
    ['another value in the query', { ...base, rawUrl: base.rawUrl.replace('limit=10', 'limit=11') }],
    ['another name in the query', { ...base, rawUrl: base.rawUrl.replace('limit', 'Limit') }],
    ['one more in the query', { ...base, rawUrl: `${base.rawUrl}&a=1` }],
    ['a presigned signature in the query', { ...base, rawUrl: `${base.rawUrl}&X-Amz-Signature=0` }],
    ['another body', { ...base, body: Buffer.from('{"resourceName":"auti"}') }],
    ['a byte more', { ...base, body: Buffer.from('{"resourceName":"auth"} ') }],
    ['an empty body', { ...base, body: Buffer.alloc(0) }],
    ['no body', { ...base, body: undefined }],
  ])('is refused with %s', (_, request) => {
    expect(outcome(() => verify(request))).toBe('InvalidSignatureException');
  });

  // The signature covers the normalised path, which is the same for all of these.
  it.each([
    '/prod/./backend/d1/auth/staging',
    '/prod/backend//d1/auth/staging',
    '/x/../prod/backend/d1/auth/staging',
    '//prod/backend/d1/auth/staging',
    '/prod/backend/d1/auth/staging/.',
    '/prod/backend/d1/auth/staging/x/..',
    '/..',
  ])('is refused at %s, even when it was signed for that', async (path) => {
    const { rawUrl } = base;
    const query = rawUrl.slice(rawUrl.indexOf('?'));
    expect(outcome(() => verify({ ...base, rawUrl: path + query }))).toBe('InvalidSignatureException');
    const request = { ...signed({ path }), rawUrl: path };
    expect(() => verify(request)).toThrow("The path of a signed request can't have empty, '.' or '..' segments.");
  });

  it.each(['', 'http://localhost:3000/prod', '*', 'prod', '/a#b', '/a?b=%23#c', '/ü', '/a b', '/\u0000', '/\ud800'])(
    'is refused at the url %j',
    (rawUrl) => {
      expect(() => verify({ ...base, rawUrl })).toThrow(/must be an absolute path in ASCII/);
    },
  );

  describe.each(signedNames)('whose signed header %s', (name) => {
    const value = base.headers[name] ?? '';
    it.each([
      ['has another value', withHeaders({ [name]: `${value}0` })],
      ['has an empty value', withHeaders({ [name]: '' })],
      [
        'has other letter case',
        withHeaders({ [name]: value === value.toLowerCase() ? `${value}A` : value.toLowerCase() }),
      ],
      ['is missing', without(name)],
      ['is no longer said to be signed', withAuthorization(new RegExp(`(=|;)${name};?`), '$1')],
    ])('%s is refused', (_, request) => {
      expect(['InvalidSignatureException', 'IncompleteSignatureException']).toContain(outcome(() => verify(request)));
    });

    it('comes twice is refused', () => {
      expect(outcome(() => verify(base, [name, value]))).toBe('InvalidSignatureException');
      expect(outcome(() => verify(base, [name.toUpperCase(), 'other']))).toBe('InvalidSignatureException');
    });
  });

  it.each(['authorization', 'date'])(
    'is refused with another %s, of which readers take the first or the last',
    (name) => {
      expect(() => verify(withHeaders({ date: 'any' }), [name, 'any'])).toThrow(
        `has the header '${name}' more than once`,
      );
    },
  );

  it('is refused when a signed header that was empty is taken away', () => {
    const request = signed({ headers: { 'x-empty': '' } });
    expect(outcome(() => verify(request))).toBe('accepted');
    const { 'x-empty': _, ...headers } = request.headers;
    expect(() => verify({ ...request, headers })).toThrow("The signed header 'x-empty' is not in the request.");
  });

  it.each(['x-amz-meta', 'X-Amz-Target', 'x-amz-content-sha256', 'x-amz-'])('is refused with %s added', (name) => {
    expect(() => verify(base, [name, 'any'])).toThrow(`'${name.toLowerCase()}' must be a 'signed' header in the AWS`);
  });

  it('is refused when its host is not signed', () => {
    const request = withAuthorization('host;', '');
    expect(() => verify(request)).toThrow("'Host' or ':authority' must be a 'signed' header in the AWS Authorization.");
  });

  it.each([
    ['other letter case', 'content-type', 'Content-Type'],
    ['another order', 'content-length;content-type', 'content-type;content-length'],
    ['one of them twice', 'content-type', 'content-type;content-type'],
    ['an empty name', 'content-type', 'content-type;'],
  ])('is refused when its signed headers name %s', (_, from, to) => {
    expect(outcome(() => verify(withAuthorization(from, to)))).toBe('InvalidSignatureException');
    expect(() => verify(withAuthorization(from, to))).toThrow(/^SignedHeaders must be names in lower case, sorted/);
  });

  it.each([
    ['another day', '20261123', '20261124', /Date in Credential scope does not match/],
    ['another region', 'us-east-1', 'us-east-2', /does not match the signature/],
    ['a malformed region', 'us-east-1', 'US_EAST', /scoped to a valid region, not 'US_EAST'/],
    ['another service', 'amplifybackend', 'amplify', /scoped to correct service: 'amplifybackend'/],
    ['another terminator', 'aws4_request', 'aws5_request', /valid terminator: 'aws4_request', not 'aws5_request'/],
    ['another known key', key.accessKeyId, plain.accessKeyId, /does not match the signature/],
  ])('is refused with %s in its scope', (_, from, to, message) => {
    const request = withAuthorization(from, to);
    expect(outcome(() => verify(request))).toBe('InvalidSignatureException');
    expect(() => verify(request)).toThrow(message);
  });

  it.each(['AKIDUNKNOWN', '__proto__', 'x', 'AKIDPLAIN2', 'akidplain'])('is refused with the unknown key %s', (id) => {
    expect(outcome(() => verify(withAuthorization(key.accessKeyId, id)))).toBe('UnrecognizedClientException');
    const rightlySigned = signed({}, { ...key, accessKeyId: id });
    expect(outcome(() => verify(rightlySigned))).toBe('UnrecognizedClientException');
  });

  it('is refused when it is signed with another secret', () => {
    const request = signed({}, { ...key, secretAccessKey: key.secretAccessKey.toLowerCase() });
    expect(outcome(() => verify(request))).toBe('InvalidSignatureException');
  });

  it('is refused when it is rightly signed with another session token, with none, or with one that the key has not', () => {
    const { sessionToken: _, ...withoutToken } = key;
    for (const signer of [{ ...key, sessionToken: 'IQoJb3' }, withoutToken, { ...plain, sessionToken: 'IQoJb3' }]) {
      expect(outcome(() => verify(signed({}, signer)))).toBe('UnrecognizedClientException');
    }
    expect(outcome(() => verify(signed({}, plain)))).toBe('accepted');
  });

  it.each([
    [-300, 'accepted'],
    [300, 'accepted'],
    [-301, 'InvalidSignatureException'],
    [301, 'InvalidSignatureException'],
    [-86_400, 'InvalidSignatureException'],
    [365 * 86_400, 'InvalidSignatureException'],
  ])('whose date is %i seconds off is %s', (seconds, expected) => {
    const time = now + seconds * 1000;
    expect(outcome(() => verify(signed({ headers: { 'X-Amz-Date': basic(time) } })))).toBe(expected);
    const byDate = { service: 'amplifybackend', region: 'us-east-1', host: 'h', path: '/', doNotModifyHeaders: true };
    const { headers = {} } = sign({ ...byDate, headers: { Date: new Date(time).toUTCString() } } as Request, plain);
    const sent = Object.entries(headers).flatMap(([name, value]) => [name, String(value)]);
    const verified = () => verifier.verify({ method: 'GET', rawUrl: '/', headers: sent, body: undefined });
    expect(outcome(verified)).toBe(expected);
  });

  it("says how far its date is off, in AWS's words", () => {
    const dated = (time: number) => () => verify(signed({ headers: { 'X-Amz-Date': basic(time) } }));
    expect(dated(now - 301_000)).toThrow(
      'Signature expired: 20261123T115459Z is now earlier than 20261123T115500Z (20261123T120000Z - 5 min.)',
    );
    expect(dated(now + 301_000)).toThrow(
      'Signature not yet current: 20261123T120501Z is still later than 20261123T120500Z (20261123T120000Z + 5 min.)',
    );
  });

  it.each([
    '20261123T120000',
    '2026-11-23T12:00:00Z',
    '20261323T120000Z',
    '20261123T250000Z',
    '00001123T120000Z',
    'now',
    'Mon, 23 Nov 2026 12:00:00 GMT',
  ])('is refused with the date %s', (date) => {
    expect(outcome(() => verify(withHeaders({ 'x-amz-date': date })))).toBe('IncompleteSignatureException');
  });

  it('is refused without a date', () => {
    const headers = { ...without('x-amz-date').headers };
    headers.authorization = authorization.replace('x-amz-date;', '');
    expect(() => verify({ ...base, headers })).toThrow(
      "Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header.",
    );
  });

  it('is accepted with the hash of its body in x-amz-content-sha256, and refused with anything else in it', () => {
    const hash = (text: string) => createHash('sha256').update(text).digest('hex');
    const right = hash('{"resourceName":"auth"}');
    const given = (text: string) => outcome(() => verify(signed({ headers: { 'x-amz-content-sha256': text } })));
    expect(given(right)).toBe('accepted');
    expect(given(hash(''))).toBe('InvalidSignatureException');
    for (const other of [right.toUpperCase(), 'UNSIGNED-PAYLOAD', 'STREAMING-UNSIGNED-PAYLOAD-TRAILER', '']) {
      const request = signed({ headers: { 'x-amz-content-sha256': other } });
      expect(() => verify(request)).toThrow(/^The body must be signed: the header 'x-amz-content-sha256' must be/);
    }
  });

  it('is refused with any one character of its signature changed', () => {
    const start = authorization.indexOf('Signature=') + 'Signature='.length;
    for (let at = start; at < authorization.length; at++) {
      const other = authorization[at] === '0' ? '1' : '0';
      const changed = authorization.slice(0, at) + other + authorization.slice(at + 1);
      expect(outcome(() => verify(withHeaders({ authorization: changed })))).toBe('InvalidSignatureException');
    }
  });

  it.each([
    ['in upper case', (signature: string) => signature.toUpperCase()],
    ['a digit short', (signature: string) => signature.slice(1)],
    ['a digit longer', (signature: string) => `${signature}0`],
    ['that is nothing but zeros', () => '0'.repeat(64)],
    ['that is not hexadecimal', () => 'g'.repeat(64)],
  ])('is refused with a signature %s', (_, change) => {
    const signature = /Signature=(.*)/.exec(authorization)?.[1] ?? '';
    expect(outcome(() => verify(withAuthorization(signature, change(signature))))).toBe('InvalidSignatureException');
  });

  it('is refused with any one letter changed anywhere', () => {
    const places = fc.constantFrom('method', 'rawUrl', 'body', ...Object.keys(base.headers));
    const letters = fc.constantFrom(...'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789');
    fc.assert(
      fc.property(places, fc.nat(), letters, (place, position, letter) => {
        const changed = (text: string) => {
          const at = position % text.length;
          fc.pre(text[at] !== letter);
          return text.slice(0, at) + letter + text.slice(at + 1);
        };
        const request =
          place === 'method' || place === 'rawUrl'
            ? { ...base, [place]: changed(base[place]) }
            : place === 'body'
              ? { ...base, body: Buffer.from(changed(String(base.body))) }
              : withHeaders({ [place]: changed(base.headers[place] ?? '') });
        expect(NAMES).toContain(outcome(() => verify(request)));
      }),
      { numRuns: 3000 },
    );
  });
});

describe('a request that is not signed by the header Authorization', () => {
  it.each([
    ['no header Authorization', without('authorization')],
    ['an empty one', withHeaders({ authorization: '' })],
  ])('is told that it lacks a token, with %s', (_, request) => {
    expect(outcome(() => verify(request))).toBe('MissingAuthenticationTokenException');
    expect(() => verify(request)).toThrow(/^Missing Authentication Token$/);
  });

  it('is told that presigned urls are not accepted', async () => {
    const { rawUrl } = signed({ signQuery: true });
    expect(rawUrl).toContain('X-Amz-Signature=');
    expect(() => verify({ ...without('authorization'), rawUrl })).toThrow(
      'Missing Authentication Token: presigned URLs are not accepted, sign by the header Authorization',
    );
  });

  it.each([
    ['Bearer token', 'Authorization header requires the algorithm AWS4-HMAC-SHA256.'],
    ['Basic dXNlcjpwYXNzd29yZA==', 'Authorization header requires the algorithm AWS4-HMAC-SHA256.'],
    [
      authorization.replace('HMAC-SHA256', 'ECDSA-P256-SHA256'),
      'Authorization header requires the algorithm AWS4-HMAC-SHA256.',
    ],
    [authorization.toLowerCase(), 'Authorization header requires the algorithm AWS4-HMAC-SHA256.'],
    [' ', 'Authorization header requires the algorithm AWS4-HMAC-SHA256.'],
    ['AWS4-HMAC-SHA256', 'Authorization header must be made of Credential=…, SignedHeaders=… and Signature=… alone.'],
    [
      'AWS4-HMAC-SHA256 Credential=a/b/c/d/e',
      "Authorization header requires 'SignedHeaders' parameter. Authorization header requires 'Signature' parameter.",
    ],
    [authorization.replace(/Credential=[^,]*/, 'Credential='), "Authorization header requires 'Credential' parameter."],
    [`${authorization}, Signature=0`, "Authorization header has the parameter 'Signature' twice."],
    [
      `${authorization}, More=0`,
      'Authorization header must be made of Credential=…, SignedHeaders=… and Signature=… alone.',
    ],
    [`${authorization},`, 'Authorization header must be made of Credential=…, SignedHeaders=… and Signature=… alone.'],
    [
      authorization.replace('/us-east-1', ''),
      'Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/aws4_request.',
    ],
    [authorization.padEnd(8193, '0'), 'Authorization header is longer than 8192 characters.'],
  ])('is told what %s lacks', (header, message) => {
    const request = withHeaders({ authorization: header });
    expect(outcome(() => verify(request))).toBe('IncompleteSignatureException');
    expect(() => verify(request)).toThrow(message);
  });

  it('is accepted without spaces after the commas, and in another order', () => {
    const [, credential, names, signature] = /(Credential.*), (Signed.*), (Signature.*)/.exec(authorization) ?? [];
    for (const text of [`${credential},${names},${signature}`, `${signature} , ${names},\t${credential}`]) {
      expect(outcome(() => verify(withHeaders({ authorization: `AWS4-HMAC-SHA256 ${text}` })))).toBe('accepted');
    }
  });

  it('is refused when its head is too large, or signs too many headers', () => {
    expect(outcome(() => verify(base, ['x-filler', 'a'.repeat(65_536)]))).toBe('InvalidSignatureException');
    const names = Array.from({ length: 101 }, (_, index) => `x-${String(index).padStart(3, '0')}`).join(';');
    const request = withAuthorization('x-amz-security-token', `x-amz-security-token;${names}`);
    expect(() => verify(request)).toThrow('No more than 100 headers can be signed.');
  });

  it('is refused by a documented name, whatever it holds', () => {
    const piece = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.string({ unit: fc.nat(0xffff).map((code) => String.fromCharCode(code)) }),
      fc.constantFrom(
        'AWS4-HMAC-SHA256',
        ' ',
        ', ',
        'Credential=',
        'SignedHeaders=',
        'Signature=',
        ';',
        '/',
        'host',
        'x-amz-date',
      ),
      fc.constantFrom(key.accessKeyId, '20261123', 'us-east-1', 'amplifybackend', 'aws4_request', '0'.repeat(64)),
    );
    const header = fc.oneof(
      fc.array(piece).map((pieces) => pieces.join('')),
      fc.tuple(fc.nat(), fc.nat(20), piece).map(([position, length, text]) => {
        const at = position % authorization.length;
        return authorization.slice(0, at) + text + authorization.slice(at + length);
      }),
    );
    const headerName = fc.oneof(fc.constantFrom('authorization', 'host', 'x-amz-date', 'date', '__proto__'), piece);
    const garbage = fc.record({
      method: piece,
      rawUrl: fc.oneof(
        piece,
        piece.map((text) => `/${text}`),
        fc.constant(base.rawUrl),
      ),
      headers: fc.oneof(
        fc.array(fc.oneof(headerName, piece)),
        header.map((text) => Object.entries({ ...base.headers, authorization: text }).flat()),
      ),
      body: fc.option(
        fc.uint8Array().map((bytes) => Buffer.from(bytes)),
        { nil: undefined },
      ),
    });
    fc.assert(
      // Nothing that is made by chance carries a right signature but the request that it is made of.
      fc.property(garbage, (request) => {
        expect(NAMES).toContain(outcome(() => verifier.verify({ ...request, method: `x${request.method}` })));
      }),
      { numRuns: 5000 },
    );
  });
});

describe('a signed head', () => {
  it('is refused before the body is read, where the body does not matter', () => {
    const head = { ...base, headers: Object.entries(base.headers).flat() };
    expect(verifier.verifyHead(head).verify(base.body).accessKeyId).toBe(key.accessKeyId);
    expect(() => verifier.verifyHead({ ...head, headers: [] })).toThrow('Missing Authentication Token');
    expect(() => new Verifier({ credentials, clock: () => now + 301_000 }).verifyHead(head)).toThrow(
      'Signature expired',
    );
    expect(() => verifier.verifyHead(head).verify(Buffer.from('{}'))).toThrow(/does not match the signature/);
  });
});

describe('a key that is limited to some apps', () => {
  const limited = { accessKeyId: 'AKIDLIMITED', appIds: new Set(['d1', 'd2']) };

  it('may touch these and no others', () => {
    checkApp(limited, 'd1');
    expect(outcome(() => checkApp(limited, 'd3'))).toBe('AccessDeniedException');
    expect(() => checkApp(limited, 'D1')).toThrow("The access key AKIDLIMITED may not touch the app 'D1'.");
    for (const id of ['', 'd1 ', 'd1,d2', 'constructor']) expect(() => checkApp(limited, id)).toThrow(Refusal);
  });

  it('is another one than a key that has no limit', () => {
    checkApp({ accessKeyId: 'AKID', appIds: undefined }, 'd3');
  });
});
