import { describe, expect, it } from 'vitest';
import admin from '../generated/admin/openapi.json' with { type: 'json' };
import document from '../generated/openapi.json' with { type: 'json' };
import { type OpenApiDocument, operationOf } from '../server/console/forms/document.ts';
import { allFields, fieldsOf } from '../server/console/forms/fields.ts';
import { emptyOf, inputOf, jsonFrom, numberFrom, startOf, withMember } from '../server/console/forms/input.ts';
import { place, problemsOf } from '../server/console/forms/placement.ts';
import { createValidation } from '../server/console/forms/validation.ts';

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
