import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { Project } from '../../fixtures/gen/project.ts';

// gen and the compiler take their time on a busy machine.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 180_000 });

const auth = 'spec/components/schemas/auth.yaml';
const job = 'spec/components/schemas/job.yaml';
const responses = 'spec/components/responses.yaml';
const createBackend = 'spec/paths/backend.yaml';
const createAuth = 'spec/paths/backend_{appId}_auth.yaml';
const getAuth = 'spec/paths/backend_{appId}_auth_{backendEnvironmentName}_details.yaml';
const getJob = 'spec/paths/backend_{appId}_job_{backendEnvironmentName}_{jobId}.yaml';
const ref504 = "    '504':\n      $ref: ../components/responses.yaml#/InternalServiceException\n";
const named =
  '        examples:\n          named:\n            summary: The resource by its name\n            value:\n              resourceName: shopauth\n';

interface Fault {
  readonly title: string;
  readonly edit: [path: string, from: string, to: string];
  /** Text of the line that must be named, in the same file. */
  readonly at: string;
  readonly says: string;
}

/** One for each rule of the house, and for those of Redocly's that the contract stands on. */
const faults: Fault[] = [
  {
    title: 'an operation that does not document all errors',
    edit: [createBackend, ref504, ''],
    at: '  responses:',
    says: 'house/documented-errors: The operation documents no response for: 504.',
  },
  {
    title: 'an OPTIONS operation of another name',
    edit: [createBackend, 'CreateBackendPreflight', 'CreateBackendOptions'],
    at: 'CreateBackendOptions',
    says: 'house/preflight: The OPTIONS operation is called CreateBackendOptions, not CreateBackendPreflight.',
  },
  {
    title: 'content without an example',
    edit: [getAuth, named, ''],
    at: '      application/json:',
    says: 'house/example-given: The content has no example.',
  },
  {
    title: 'an enum that is no component',
    edit: [
      job,
      "      $ref: '#/JobStatus'",
      '      type: string\n      description: Its status.\n      enum: [RUNNING, COMPLETED, FAILED]',
    ],
    at: '      enum: [',
    says: 'house/enum-component: The enum is written inline; make it a schema of its own and refer to it.',
  },
  {
    title: 'a property without a description',
    edit: [job, '      description: The id of the job.\n', ''],
    at: '    jobId:',
    says: 'house/property-described: The property jobId has no description, nor has a schema it refers to.',
  },
  {
    title: 'a property that no example shows',
    edit: [
      auth,
      'SmsSettings:\n  type: object\n  description: The text message that carries a code.\n  properties:\n',
      'SmsSettings:\n  type: object\n  description: The text message that carries a code.\n  properties:\n    sender:\n      type: string\n      description: Who it is from.\n',
    ],
    at: '    sender:',
    says: 'house/examples-cover: No example shows the property sender.',
  },
  {
    title: 'an enum value that no example shows',
    edit: [auth, 'enum: [CODE, IMPLICIT]', 'enum: [CODE, IMPLICIT, DEVICE]'],
    at: 'DEVICE',
    says: 'house/examples-cover: No example shows the value "DEVICE".',
  },
  {
    title: 'a word that YAML 1.1 takes for a boolean',
    edit: [auth, "enum: ['ON', 'OFF', 'OPTIONAL']", "enum: ['ON', OFF, 'OPTIONAL']"],
    at: "['ON', OFF",
    says: 'house/no-yaml-boolean: YAML 1.1 reads OFF as a boolean; put it in quotes.',
  },
  {
    title: 'an example that breaks its schema',
    edit: [createAuth, 'minimumLength: 10', "minimumLength: '10'"],
    at: "minimumLength: '10'",
    says: 'no-invalid-media-type-examples: ',
  },
  {
    title: 'an example with a misspelled member, also where the schema is made of two',
    edit: [responses, 'resourceType: BackendEnvironment', 'resourceTyp: BackendEnvironment'],
    at: 'resourceTyp:',
    says: 'house/examples-declared: The example has a member resourceTyp, which its schema does not have.',
  },
  {
    title: 'an operation without an id',
    edit: [getJob, '  operationId: GetBackendJob\n', ''],
    at: 'get:',
    says: 'operation-operationId: ',
  },
  {
    title: 'an operation without a summary',
    edit: [getAuth, '  summary: Read the authentication of an environment\n', ''],
    at: 'post:',
    says: 'operation-summary: ',
  },
];

describe('lint', () => {
  const project = new Project();
  const before = project.snapshot();
  let result: Awaited<ReturnType<Project['gen']>>;
  beforeAll(async () => {
    for (const { edit } of faults) project.edit(...edit);
    result = await project.gen();
  });
  afterAll(() => project[Symbol.dispose]());

  test.each(faults)('reports $title with its place', ({ edit: [path], at, says }) => {
    const place = project.place(path, at);
    expect(result.lines.filter((line) => line.includes(says)).join('\n')).toContain(`  ${place}:`);
  });

  test('leaves everything as it was when it fails', () => {
    expect(result.code).toBe(2);
    expect(result.lines[0]).toBe('lint       failed');
    expect(result.lines.at(-1)).toMatch(/^Nothing was written\. \(/);
    expect(project.snapshot()).toEqual(before);
  });
});

/** Faults that keep the other rules from reading the whole document, each by itself. */
describe('gen fails, naming the place, and writes nothing', () => {
  const cases: { title: string; change: (project: Project) => void; at: [path: string, text: string]; says: string }[] =
    [
      {
        title: 'on a path without OPTIONS',
        change: (project) => project.write(createBackend, project.read(createBackend).split('options:')[0] ?? ''),
        at: [createBackend, 'post:'],
        says: 'house/preflight: The path has no OPTIONS operation.',
      },
      {
        title: 'on a reference that leads nowhere',
        change: (project) => project.edit(getJob, '#/BackendJobRespObj', '#/BackendJobRespObject'),
        at: [getJob, '#/BackendJobRespObject'],
        says: "Can't resolve $ref",
      },
      {
        title: 'on a file that is not YAML',
        change: (project) => project.edit(getJob, '  summary: Read a job', '  summary: [Read a job'),
        at: [getJob, '  description: |-'],
        says: 'Failed to parse',
      },
      {
        title: 'on a reference out of the folder of the document',
        change: (project) => {
          project.write('note.yaml', project.read(job));
          project.edit(
            getJob,
            '../components/schemas/job.yaml#/BackendJobRespObj',
            '../../note.yaml#/BackendJobRespObj',
          );
        },
        at: [getJob, '../../note.yaml'],
        says: 'house/inside-spec: The reference ../../note.yaml#/BackendJobRespObj leads out of the folder of the document.',
      },
      {
        title: 'on two components of one name',
        change: (project) => {
          const other = 'spec/components/schemas/other.yaml';
          project.write(other, project.read('spec/components/schemas/error.yaml'));
          project.edit(other, 'A description of the error.', 'Another description.');
          project.edit(responses, 'schemas/error.yaml#/ErrorEnvelope', 'schemas/other.yaml#/ErrorEnvelope');
        },
        at: [responses, 'schemas/other.yaml'],
        says: 'Two schemas are referenced with the same name but different content.',
      },
    ];

  test.each(cases)('$title', async ({ change, at, says }) => {
    using project = new Project();
    const before = project.snapshot();
    change(project);
    const { code, lines } = await project.gen();
    expect(code).toBe(2);
    expect(lines.filter((line) => line.includes(says)).join('\n')).toContain(`  ${project.place(...at)}:`);
    expect(lines.at(-1)).toMatch(/^Nothing was written\. \(/);
    expect(project.snapshot()).toEqual(before);
  });
});
