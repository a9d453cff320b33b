/** What gen works on. Paths are relative to `root`. */
export interface Project {
  readonly root: string;
  /** The root file of the document. */
  readonly spec: string;
  /** Redocly's configuration: the rules of lint, the look of the page. */
  readonly config: string;
  /** What lies in the document's folder and belongs to another document alone. */
  readonly foreign: RegExp;
  /** Where what follows from the document goes. */
  readonly paths: Paths;
}

export interface Paths {
  readonly document: string;
  readonly types: string;
  readonly enums: string;
  readonly operations: string;
  readonly errors: string;
  readonly docs: string;
  readonly handlers: string;
  readonly client: string;
}

const pathsOf = (generated: string, handlers: string, client: string): Paths => ({
  document: `${generated}/openapi.json`,
  types: `${generated}/schema.ts`,
  enums: `${generated}/enums.ts`,
  operations: `${generated}/operations.ts`,
  errors: `${generated}/errors.ts`,
  docs: `${generated}/docs/index.html`,
  handlers: `${handlers}/index.ts`,
  client,
});

/** Where what follows from a document goes in a project that has but one. */
export const paths = pathsOf('generated', 'server/operations', 'client/api.ts');

/** The documents of this repository, or of a copy of it: the API, and the admin surface. */
export const projectsAt = (root: string): readonly [Project, Project] => [
  { root, spec: 'spec/openapi.yaml', config: 'redocly.yaml', foreign: /^spec\/admin[./]/, paths },
  {
    root,
    spec: 'spec/admin.yaml',
    config: 'redocly.yaml',
    foreign: /^spec\/(openapi\.yaml|workflows\.arazzo\.yaml|paths\/|released\/)/,
    paths: pathsOf('generated/admin', 'server/admin/operations', 'client/admin.ts'),
  },
];
