import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import admin from '../../generated/admin/openapi.json' with { type: 'json' };
import document from '../../generated/openapi.json' with { type: 'json' };
import { type OpenApiDocument, operationOf } from '../../pipeline/forms/document.ts';
import { allFields, fieldsOf } from '../../pipeline/forms/fields.ts';
import { emptyOf, inputOf, jsonFrom, numberFrom, startOf, withMember } from '../../pipeline/forms/input.ts';
import { place, problemsOf } from '../../pipeline/forms/placement.ts';
import { clientCodeOf, curlOf, requestTexts } from '../../pipeline/forms/requests.ts';
import { quote } from '../../pipeline/forms/shell.ts';
import { createValidation } from '../../pipeline/forms/validation.ts';
import { cliCommand, inModelNames } from '../../server/console/awsNames.ts';
import { awsCli, awsCliOf, SIGNING_BY_CURL } from '../../server/console/awsRequests.ts';
import { sdkMemberNames, sdkOperation } from '../helpers/sdkFacts.ts';

function form(id: string, of: OpenApiDocument = document) {
  const operation = operationOf(of, id);
  const fields = fieldsOf(of, operation);
  const find = (pointer: string) => {
    const found = allFields(fields).find((field) => field.pointer === pointer);
    if (!found) throw new Error(`The form of ${id} has no ${pointer}.`);
    return found;
  };
  return { operation, fields, find, validate: createValidation(of, operation, fields) };
}
const idsOf = (of: OpenApiDocument) =>
  Object.values(of.paths).flatMap((item) =>
    Object.values(item as object).flatMap(({ operationId }) => (operationId ? [operationId as string] : [])),
  );
const update = form('UpdateBackendAuth');

describe('the fields of a form', () => {
  it.each([
    ['/appId', 'text'],
    ['/resourceConfig', 'object'],
    ['/resourceConfig/authResources', 'choice'],
    ['/resourceConfig/identityPoolConfigs/unauthenticatedLogin', 'boolean'],
    ['/resourceConfig/userPoolConfigs/passwordPolicy/minimumLength', 'number'],
    ['/resourceConfig/userPoolConfigs/passwordPolicy/additionalConstraints', 'choices'],
    ['/resourceConfig/userPoolConfigs/oAuth/redirectSignInURIs', 'lines'],
    ['/resourceConfig/userPoolConfigs/oAuth/socialProviderSettings/Google/client_id', 'text'],
  ])('edit %s as %s', (pointer, kind) => {
    expect(update.find(pointer)).toMatchObject({ kind });
  });

  it('know what is required, deprecated and secret', () => {
    expect(update.find('/appId')).toMatchObject({ required: true, deprecated: false, secret: false });
    expect(update.find('/resourceConfig/userPoolConfigs/forgotPassword')).toMatchObject({ deprecated: true });
    const google = '/resourceConfig/userPoolConfigs/oAuth/socialProviderSettings/Google';
    expect(update.find(`${google}/client_secret`)).toMatchObject({ required: false, secret: true });
  });

  it('show as JSON what has no form, such as a state to import', () => {
    expect(allFields(form('ImportState', admin).fields).map(({ kind }) => kind)).toContain('json');
  });

  it.each([...idsOf(document).map((id) => [id, document] as const), ...idsOf(admin).map((id) => [id, admin] as const)])(
    'are there for %s',
    (id, of) => {
      const { operation, fields } = form(id, of);
      expect(fields.map(({ name }) => name).sort()).toEqual(Object.keys(operation.input.properties ?? {}).sort());
    },
  );
});

describe('the input of a form', () => {
  const config = (of: ReturnType<typeof form>, ...path: string[]) =>
    of.find(`/resourceConfig${path.map((p) => `/${p}`).join('')}`);

  it('starts with what is required and needs no typing', () => {
    expect(startOf(update.fields)).toEqual({ resourceConfig: { service: 'COGNITO', userPoolConfigs: {} } });
  });

  it('keeps what it is given, members without a field too', () => {
    const given = { appId: 'a', resourceConfig: { userPoolConfigs: { mfa: { settings: { more: 1 } } } } };
    expect(startOf(update.fields, given)).toMatchObject(given);
  });

  it('leaves out texts that are empty, and keeps objects and lists that are', () => {
    const value = {
      appId: '',
      resourceConfig: { userPoolConfigs: { oAuth: {}, passwordPolicy: { additionalConstraints: [] } } },
    };
    const { appId: _, ...rest } = value;
    expect(inputOf(update.fields, value)).toEqual(rest);
  });

  it('has an empty object for an optional one without required members, and empty lists for those required', () => {
    expect(emptyOf(config(update, 'userPoolConfigs', 'oAuth'))).toEqual({});
    expect(emptyOf(config(form('CreateBackendAuth'), 'userPoolConfigs', 'oAuth'))).toEqual({
      oAuthScopes: [],
      redirectSignInURIs: [],
      redirectSignOutURIs: [],
    });
  });

  it('has the order of the fields, not that of the typing', () => {
    const typed = { more: 1, resourceName: 'shop', appId: 'a' };
    expect(Object.keys(inputOf(update.fields, typed))).toEqual(['appId', 'resourceName', 'more']);
  });

  it('leaves a member out that has no value, and sets one in its place', () => {
    expect(withMember({ a: 1, b: 2 }, 'a', undefined)).toEqual({ b: 2 });
    expect(Object.keys(withMember({ a: 1, b: 2 }, 'a', 3))).toEqual(['a', 'b']);
    expect(JSON.stringify(withMember({}, '__proto__', 3))).toBe('{"__proto__":3}');
  });

  it.each([
    ['12', 12],
    [' 1.50 ', 1.5],
    ['-1e3', -1000],
    ['', undefined],
    ['0x10', '0x10'],
    ['twelve', 'twelve'],
  ])('reads the number %j', (text, value) => expect(numberFrom(text)).toBe(value));

  it('sends JSON as it was typed, empty texts too', () => {
    const { fields } = form('ImportState', admin);
    const jobs = jsonFrom('[{"jobId":""}]');
    expect(inputOf(fields, { state: { jobs } })).toEqual({ state: { jobs: [{ jobId: '' }] } });
  });
});

describe('the check of an input', () => {
  const valid = {
    appId: 'a',
    backendEnvironmentName: 'staging',
    resourceName: 'shop',
    resourceConfig: { authResources: 'USER_POOL_ONLY', service: 'COGNITO', userPoolConfigs: {} },
  };
  const withPool = (userPoolConfigs: object) => ({
    ...valid,
    resourceConfig: { ...valid.resourceConfig, userPoolConfigs },
  });

  it('finds nothing wrong with a valid one', () => expect(update.validate(valid)).toEqual([]));

  it.each<[object, string, string]>([
    [{ ...valid, appId: '' }, '/appId', 'is required'],
    [
      withPool({ verificationMessage: {} }),
      '/resourceConfig/userPoolConfigs/verificationMessage/deliveryMethod',
      'is required',
    ],
    [
      withPool({ mfa: { MFAMode: 'on' } }),
      '/resourceConfig/userPoolConfigs/mfa/MFAMode',
      'must be one of: ON, OFF, OPTIONAL',
    ],
    [
      withPool({ passwordPolicy: { minimumLength: 'six' } }),
      '/resourceConfig/userPoolConfigs/passwordPolicy/minimumLength',
      'must be a number',
    ],
  ])('of %j says where and what is wrong', (value, pointer, message) => {
    expect(update.validate(value as never)).toEqual([{ pointer, message }]);
  });

  it('says that text is no JSON, and nothing else of it', () => {
    const { validate } = form('ImportState', admin);
    const found = validate({ state: { jobs: jsonFrom('[') } });
    expect(found.filter(({ pointer }) => pointer === '/state/jobs')).toEqual([
      { pointer: '/state/jobs', message: 'must be JSON' },
    ]);
  });

  it('takes every example of the document', () => {
    for (const item of Object.values(document.paths)) {
      for (const { operationId, requestBody } of Object.values(item) as {
        operationId?: string;
        requestBody?: unknown;
      }[]) {
        const { examples = {} } =
          (requestBody as never as { content: Record<string, { examples: object }> })?.content['application/json'] ??
          {};
        for (const { value } of Object.values(examples)) {
          const path = { appId: 'a', backendEnvironmentName: 'b', jobId: 'c' };
          const { fields, validate } = form(operationId as string);
          expect(inputOf(fields, startOf(fields, value)), operationId).toEqual(value);
          expect(validate({ ...path, ...value }), operationId).toEqual([]);
        }
      }
    }
  });
});

describe('the place of a problem', () => {
  const oAuth = '/resourceConfig/userPoolConfigs/oAuth';

  it("is the field of a line of the server's message", () => {
    const message = '/body/resourceName is required\n/path/appId must be longer\nToo many requests: wait.';
    const { at, elsewhere } = place(update.fields, problemsOf(message, update.operation));
    expect(Object.fromEntries(at)).toEqual({ '/resourceName': ['is required'], '/appId': ['must be longer'] });
    expect(elsewhere).toEqual(['Too many requests: wait.']);
  });

  it('is the list of a value that is wrong', () => {
    const problems = problemsOf(`/body${oAuth}/redirectSignInURIs/1 must be a URL`, update.operation);
    expect(Object.fromEntries(place(update.fields, problems).at)).toEqual({
      [`${oAuth}/redirectSignInURIs`]: ['Value 2 must be a URL'],
    });
  });

  it('is the nearest field of a member that has none, and none where nothing is near', () => {
    const { at, elsewhere } = place(
      update.fields,
      problemsOf(`/body${oAuth}/x/y is odd\n/body/z is odd`, update.operation),
    );
    expect(Object.fromEntries(at)).toEqual({ [oAuth]: ['x.y is odd'] });
    expect(elsewhere).toEqual(['/z is odd']);
  });

  it("is within the body's own field where the body is a value", () => {
    expect(problemsOf('/body/a must be string', { body: 'value', bodyName: 'body' })).toEqual([
      { pointer: '/body/a', message: 'must be string' },
    ]);
  });
});

describe('the request to copy', () => {
  const unsigned = { baseUrl: 'http://127.0.0.1:3000/prod/', signed: false };
  const target = { ...unsigned, curlArguments: SIGNING_BY_CURL };
  const input = { appId: 'a/b', backendEnvironmentName: 'staging', resourceName: "it's" };
  /** The words that a shell makes of a command, from the second on. */
  const words = (command: string): string[] =>
    execFileSync('sh', ['-c', `f() { printf '%s\\0' "$@"; }; f ${command.replace(/^\S+/, '')}`], {
      encoding: 'utf8',
      env: { AWS_ACCESS_KEY_ID: 'AKID', AWS_SECRET_ACCESS_KEY: 'secret' },
    })
      .split('\0')
      .slice(0, -1);

  it('is a command of curl, signed where the server wants it', () => {
    expect(words(curlOf(update.operation, input, target))).toEqual([
      '-X',
      'POST',
      'http://127.0.0.1:3000/prod/backend/a%2Fb/auth/staging',
      '--aws-sigv4',
      'aws:amz:us-east-1:amplifybackend',
      '--user',
      'AKID:secret',
      '-H',
      'Content-Type: application/json',
      '--data-raw',
      JSON.stringify({ resourceName: "it's" }, null, 2),
    ]);
    expect(curlOf(update.operation, input, unsigned)).not.toContain('sigv4');
  });

  it('has query parameters in the address, and no body where the operation has none', () => {
    const { operation } = form('ListRequests', admin);
    expect(curlOf(operation, { operation: 'A&B', limit: 2 }, { ...unsigned, baseUrl: '' })).toBe(
      "curl '/admin/requests?operation=A%26B&limit=2'",
    );
  });

  it('is a command of the AWS CLI, in its names', () => {
    const found = words(awsCliOf(update.operation, input, unsigned) ?? '');
    expect(found.slice(0, -1)).toEqual([
      'amplifybackend',
      'update-backend-auth',
      '--endpoint-url',
      'http://127.0.0.1:3000/prod',
      '--region',
      'us-east-1',
      '--no-sign-request',
      '--cli-input-json',
    ]);
    expect(JSON.parse(found.at(-1) ?? '')).toEqual({
      AppId: 'a/b',
      BackendEnvironmentName: 'staging',
      ResourceName: "it's",
    });
  });

  it('is code that gives the client the very input', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (value) => {
        const code = clientCodeOf(update.operation, value).replace('const answer = await ', 'return ');
        const made = new Function('client', code)({ updateBackendAuth: (sent: object = {}) => sent });
        expect(JSON.stringify(made)).toBe(JSON.stringify({ ...value }));
      }),
    );
  });

  it('reaches the program as it was, whatever is in it', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.string({ unit: 'binary' }).map((text) => text.replaceAll('\0', '')),
          { minLength: 40 },
        ),
        (texts) => {
          expect(words(`x ${texts.map(quote).join(' ')}`)).toEqual(texts.map((text) => text.toWellFormed()));
        },
      ),
      { numRuns: 15 },
    );
  });

  it('shows no secret, and copies it', () => {
    const secret = 'Tr0ub4dor';
    const socialProviderSettings = { Google: { client_secret: secret } };
    const sent = { resourceConfig: { userPoolConfigs: { oAuth: { socialProviderSettings } } } };
    for (const { shown, copied } of requestTexts(update.operation, update.fields, sent, target, [awsCli(true)])) {
      expect(shown).not.toContain(secret);
      expect(copied).toContain(secret);
    }
  });
});

describe("the AWS CLI's names", () => {
  it.each([...idsOf(document).map((id) => [id, document] as const), ...idsOf(admin).map((id) => [id, admin] as const)])(
    'of %s are those of the model, for each of its members',
    (id, of) => {
      const { operation, fields } = form(id, of);
      const command = cliCommand(operation);
      const model = sdkMemberNames(id);
      expect(command !== undefined).toBe(model !== undefined);
      if (model === undefined) return;
      expect(sdkOperation(id)?.method).toBe(operation.method);
      for (const { pointer } of allFields(fields)) {
        const names = pointer.slice(1).split('/');
        const inNames = names.map((name) => Object.keys(inModelNames({ [name]: 1 }) as object)[0]);
        expect(model.get(names.join('.')), pointer).toBe(inNames.join('.'));
      }
    },
  );
});
