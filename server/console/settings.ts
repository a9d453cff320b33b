import type { components } from '../../generated/schema.ts';
import { mergedSchema, type OpenApiDocument, type Schema } from '../../pipeline/forms/document.ts';
import { titleOf } from './titles.ts';

/** A setting that has a value, with its place in the configuration. */
export interface Setting {
  /** The names of the members that lead to it, the last one its own. */
  readonly path: readonly string[];
  readonly title: string;
  readonly value: unknown;
}

/** Settings that belong together: an object of the configuration. */
export interface Section {
  readonly title: string;
  readonly description: string;
  readonly isDeprecated: boolean;
  /** None where the object is not set. */
  readonly settings: readonly Setting[];
}

/** The sections of a configuration, as the document's schema orders them. */
export function sectionsOf(document: OpenApiDocument, name: keyof components['schemas'], config: object): Section[] {
  const root = mergedSchema(document, { $ref: `#/components/schemas/${name}` } as Schema);
  const general: Setting[] = [];
  const sections: Section[] = [];
  const visit = (schema: Schema, value: object, path: readonly string[]) => {
    for (const [name, given] of Object.entries(schema.properties ?? {})) {
      const member = mergedSchema(document, given);
      const found = (value as Readonly<Record<string, unknown>>)[name];
      const at = [...path, name];
      if (member.properties === undefined) {
        if (found !== undefined) general.push({ path: at, title: titleOf(name), value: found });
      } else if (path.length === 0 && isObject(found) && holdsObjects(document, member)) {
        // An object that holds objects has a section for each of them.
        visit(member, found, at);
      } else {
        const { description = '', deprecated = false } = member;
        const settings = isObject(found) ? settingsOf(found, at, []) : [];
        sections.push({
          title: titleOf(name.replace(/Configs?$/, '')),
          description,
          isDeprecated: deprecated,
          settings,
        });
      }
    }
  };
  visit(root, config, []);
  const { description = '' } = root;
  return [{ title: 'General', description, isDeprecated: false, settings: general }, ...sections];
}

/** All values within an object, however deep. */
export function settingsOf(value: object, path: readonly string[], titles: readonly string[]): Setting[] {
  return Object.entries(value).flatMap(([name, member]) => {
    const named = [...titles, titleOf(name)];
    if (isObject(member)) return settingsOf(member, [...path, name], named);
    return [{ path: [...path, name], title: named.join(' › '), value: member }];
  });
}

/** Of a value, the members that a schema has: what can be read need not be what can be written. */
export function fitting(document: OpenApiDocument, given: Schema, value: unknown): unknown {
  const { properties, additionalProperties } = mergedSchema(document, given);
  if (properties === undefined || !isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name]) => name in properties || additionalProperties === true)
      .map(([name, member]) => [name, fitting(document, properties[name] ?? {}, member)]),
  );
}

export const holdsObjects = (document: OpenApiDocument, { properties = {} }: Schema): boolean =>
  Object.values(properties).some((member) => mergedSchema(document, member).properties !== undefined);

export const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
