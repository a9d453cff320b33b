import { componentName, DocumentError } from '../../document/references.ts';

/** A schema that the validator can compile. */
export type Prepared = Readonly<Record<string, unknown>> | boolean;

/** Told of what the validator can't check, once for each place. */
export type Report = (sentence: string) => void;

/** Undefined where a reference leads nowhere, which is reported where it stands. */
export function attempt<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof DocumentError) return undefined;
    throw error;
  }
}

/** The name of the schema component that a reference leads to. */
export const schemaName = (node: unknown): string | undefined => componentName('schemas', node);
