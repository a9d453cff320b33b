import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Ajv2020, type AnySchemaObject, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { parse } from 'yaml';
import type { WorkspaceFault } from './faults.ts';

export const WORKSPACES = fileURLToPath(new URL('../../fixtures/contract/workspaces.yaml', import.meta.url));
const { components, paths } = parse(readFileSync(WORKSPACES, 'utf8'));
const BULK = paths['/workspaces/{workspace_id}/documents/bulk'].post.requestBody.content['application/json'].schema;

/** Keywords that a fault takes out of a schema, by the place of the schema and the keyword. */
const LEFT_OUT: Partial<Record<WorkspaceFault, readonly [place: string, keyword: string]>> = {
  'slug-pattern': ['NewWorkspace.properties.slug', 'pattern'],
  'slug-min': ['NewWorkspace.properties.slug', 'minLength'],
  'name-max': ['NewWorkspace.properties.name', 'maxLength'],
  'seats-max': ['NewWorkspace.properties.seats', 'maximum'],
  'plan-enum': ['NewWorkspace.properties.plan', '$ref'],
  'settings-count': ['NewWorkspace.properties.settings', 'maxProperties'],
  'settings-names': ['NewWorkspace.properties.settings', 'propertyNames'],
  'settings-value': ['NewWorkspace.properties.settings', 'additionalProperties'],
  'billing-required': ['NewWorkspace.properties.billing', 'required'],
  'billing-extra': ['NewWorkspace.properties.billing', 'additionalProperties'],
  'vat-pattern': ['NewWorkspace.properties.billing.properties.vat', 'pattern'],
  'ws-extra': ['NewWorkspace', 'additionalProperties'],
  'email-format': ['NewWorkspace.properties.billing.properties.email', 'format'],
  'member-role-unchecked': ['MemberInput.properties.role', '$ref'],
  'doc-title-min': ['DocumentInput.properties.title', 'minLength'],
  'doc-title-max': ['DocumentInput.properties.title', 'maxLength'],
  'doc-position-max': ['DocumentInput.properties.position', 'exclusiveMaximum'],
  'doc-weight-step': ['DocumentInput.properties.weight', 'multipleOf'],
  'doc-weight-max': ['DocumentInput.properties.weight', 'maximum'],
  'doc-labels-unique': ['DocumentInput.properties.labels', 'uniqueItems'],
  'doc-labels-max': ['DocumentInput.properties.labels', 'maxItems'],
  'doc-label-empty': ['DocumentInput.properties.labels.items', 'minLength'],
  'doc-due-format': ['DocumentInput.properties.due', 'format'],
  'doc-source-format': ['DocumentInput.properties.source', 'format'],
  'doc-block-kind': ['DocumentInput.properties.blocks.items', 'oneOf'],
  'doc-block-level': ['DocumentInput.properties.blocks.items.oneOf.1.properties.level', 'maximum'],
  'doc-blocks-max': ['DocumentInput.properties.blocks', 'maxItems'],
  'doc-extra': ['DocumentInput', 'additionalProperties'],
  'doc-patch-empty-ok': ['DocumentChange', 'minProperties'],
  'doc-patch-title-unchecked': ['DocumentChange.properties.title', 'minLength'],
  'bulk-max': ['Bulk.properties.documents', 'maxItems'],
  'bulk-min': ['Bulk.properties.documents', 'minItems'],
  'bulk-item-unchecked': ['Bulk.properties.documents', 'items'],
};

const TYPES: Partial<Record<WorkspaceFault, readonly [place: string, type: string]>> = {
  'vat-null-refused': ['NewWorkspace.properties.billing.properties.vat', 'string'],
  'doc-position-float': ['DocumentInput.properties.position', 'number'],
};

/** The checks of the bodies and of some texts, but for what the fault leaves out. */
export function checksOf(fault: WorkspaceFault): (name: string) => ValidateFunction {
  const schemas: Record<string, AnySchemaObject> = structuredClone({
    ...components.schemas,
    Bulk: BULK,
    Uuid: { type: 'string', format: 'uuid' },
    Time: { type: 'string', format: 'date-time' },
  });
  const at = (place: string): AnySchemaObject =>
    place.split('.').reduce<AnySchemaObject>((inner, step) => inner[step], schemas);
  const [place, keyword] = LEFT_OUT[fault] ?? [];
  if (place !== undefined && keyword !== undefined) delete at(place)[keyword];
  const [typed, type] = TYPES[fault] ?? [];
  if (typed !== undefined) at(typed).type = type;
  const ajv = new Ajv2020({ strict: false, multipleOfPrecision: 6 });
  addFormats.default(ajv);
  const compiled = new Map<string, ValidateFunction>();
  return (name) => {
    const found = compiled.get(name) ?? ajv.compile({ $ref: `#/components/schemas/${name}`, components: { schemas } });
    compiled.set(name, found);
    return found;
  };
}
