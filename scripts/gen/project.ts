/** What gen works on. Paths are relative to `root`. */
export interface Project {
  readonly root: string;
  /** The root file of the document. */
  readonly spec: string;
  /** Redocly's configuration: the rules of lint, the look of the page. */
  readonly config: string;
}

/** The document of this repository, or of a copy of it. */
export const projectAt = (root: string): Project => ({ root, spec: 'spec/openapi.yaml', config: 'redocly.yaml' });

export const paths = {
  document: 'generated/openapi.json',
  types: 'generated/schema.ts',
  enums: 'generated/enums.ts',
  operations: 'generated/operations.ts',
  errors: 'generated/errors.ts',
  docs: 'generated/docs/index.html',
  handlers: 'server/operations/index.ts',
  client: 'client/api.ts',
} as const;
