import { describe, expect, it } from 'vitest';
import { circles } from '../helpers/circles.ts';
import { type ImportRule, violations } from '../helpers/importRule.ts';
import { filesIn, importsOf } from '../helpers/imports.ts';

const product = ['pipeline/', 'server/', 'client/', 'scripts/'];
const everywhere = [...product, 'bench/', 'generated/', 'test/'];
const rooms = ['document/', 'gen/', 'lint/', 'express/', 'fetch/', 'contract/', 'forms/', 'command/'];
const domain = ['server/operations/', 'server/auth/', 'server/jobs/', 'server/store/', 'server/provisioners/'];

/** The layers of the server, the highest first: each may import those below it, and none above or beside it. */
const layers = [
  ['command/'],
  ['compose/'],
  ['admin/'],
  ['operations/'],
  ['changes/'],
  ['provisioners/', 'jobs/'],
  ['auth/'],
  ['store/', 'signing/'],
];

const layerRules = layers.flatMap((layer, index) =>
  layer.map((folder): ImportRule => {
    const never = layers.slice(0, index + 1).flat();
    const forbidden = never.filter((other) => other !== folder).map((other) => `server/${other}`);
    return {
      rule: `server/${folder} imports no layer above or beside it`,
      in: [`server/${folder}`],
      // The domain stores the ids that a provisioner returns, and knows their type alone.
      ...(folder === 'auth/' && { atRunTime: true }),
      never: [...forbidden, 'server/main.ts', 'server/index.ts'],
      broken: [
        `server/${folder}a.ts`,
        `import '../${forbidden[0]?.slice('server/'.length) ?? ''}${forbidden.length > 0 ? 'b.ts' : 'main.ts'}';`,
      ],
    };
  }),
);

// Tests may drive what the product keeps in one place, such as a database that they look into.
const rules: readonly ImportRule[] = [
  {
    rule: 'the pipeline knows no API: it imports nothing of the rest of the repository',
    in: ['pipeline/'],
    never: ['server/', 'client/', 'generated/', 'scripts/', 'test/', 'bench/', 'spec/'],
    broken: ['pipeline/express/createApp.ts', "import { merge } from '../../server/auth/merge.ts';"],
  },
  ...['express/', 'fetch/', 'contract/', 'forms/', 'gen/', 'lint/'].map((room) => ({
    rule: `pipeline/${room} uses no other part of the pipeline but the reader of documents`,
    in: [`pipeline/${room}`],
    never: rooms.filter((other) => other !== room && other !== 'document/').map((other) => `pipeline/${other}`),
    broken: [
      `pipeline/${room}a.ts`,
      room === 'fetch/' ? "import '../express/index.ts';" : "import '../fetch/core.ts';",
    ] as const,
  })),
  {
    rule: 'the reader of documents uses no other part of the pipeline',
    in: ['pipeline/document/'],
    only: ['pipeline/document/', 'yaml'],
    broken: ['pipeline/document/document.ts', "import { StepFailed } from '../gen/step.ts';"],
  },
  {
    rule: 'generated code imports nothing but generated code, and types of the package that runs it',
    in: ['generated/'],
    only: ['generated/', 'pipeline/express/index.ts'],
    broken: ['generated/enums.ts', "import { readFileSync } from 'node:fs';"],
  },
  {
    rule: 'scripts are imported by scripts and tests alone',
    in: ['pipeline/', 'server/', 'client/', 'generated/'],
    never: ['scripts/'],
    broken: ['server/main.ts', "await import('../scripts/build.ts');"],
  },
  {
    rule: 'tests are imported by tests alone',
    in: [...product, 'generated/'],
    never: ['test/'],
    broken: ['client/index.ts', "export * from '../test/helpers/server.ts';"],
  },
  {
    rule: 'the layers of the server do not use the client',
    in: ['server/admin/', ...domain],
    never: ['client/'],
    broken: ['server/operations/GetBackendJob.ts', "import { waitForJob } from 'amplify-backend-auth-client';"],
  },
  ...layerRules,
  {
    rule: 'the job engine knows neither what a job does nor where',
    in: ['server/jobs/'],
    never: ['server/auth/', 'server/changes/', 'server/provisioners/', 'server/signing/'],
    broken: ['server/jobs/worker.ts', "import type { Provisioner } from '../provisioners/provisioner.ts';"],
  },
  {
    rule: 'commander stays in the two commands, and in what documents them',
    in: product,
    except: ['server/command/', 'pipeline/command/', 'scripts/reference/'],
    never: ['commander'],
    broken: ['server/main.ts', "import { Command } from 'commander';"],
  },
  {
    rule: 'the command is used by nothing but what starts it, and what documents it',
    in: product,
    except: ['server/main.ts', 'server/command/', 'scripts/reference/'],
    never: ['server/command/'],
    broken: ['server/compose/server.ts', "import { EXIT } from '../command/exitCodes.ts';"],
  },
  {
    rule: 'the console reaches the server through the client, and knows of its code only how an update is merged and shown',
    in: ['server/console/'],
    only: [
      'server/console/',
      'pipeline/forms/',
      'pipeline/document/',
      'client/',
      'generated/',
      'server/auth/merge.ts',
      'server/auth/providerSecrets.ts',
      'server/auth/show.ts',
      'react',
      '@tanstack/react-query',
      'react-dom',
    ],
    broken: ['server/console/Jobs.tsx', "import { Jobs } from '../jobs/jobs.ts';"],
  },
  {
    // A browser has no node:crypto.
    rule: 'what the console takes of the server imports nothing of Node',
    in: ['server/auth/merge.ts', 'server/auth/show.ts', 'server/auth/providerSecrets.ts'],
    only: ['server/auth/merge.ts', 'server/auth/show.ts', 'server/auth/providerSecrets.ts', 'generated/'],
    broken: ['server/auth/merge.ts', "import { keepStoredSecrets } from './secrets.ts';"],
  },
  {
    rule: 'the console is used by nothing else: the server gives out what was built of it',
    in: product,
    except: ['server/console/', 'pipeline/forms/', 'scripts/console/'],
    never: ['server/console/', 'react', 'react-dom'],
    broken: ['server/compose/server.ts', "import { App } from '../console/App.tsx';"],
  },
  {
    rule: 'vite stays in one file',
    in: everywhere,
    except: ['scripts/bundled.ts'],
    never: ['vite'],
    broken: ['scripts/build.ts', "import { build } from 'vite';"],
  },
  {
    rule: 'the client does not use the server',
    in: ['client/'],
    never: ['server/', 'pipeline/express/'],
    broken: ['client/index.ts', "import { HttpError } from 'openapi-strict-express';"],
  },
  {
    rule: "the API's rules for the contract suite know nothing of the server that they test",
    in: ['test/contract-rules/'],
    never: ['server/', 'pipeline/express/'],
    broken: ['test/contract-rules/api.ts', "import type { Config } from '../../server/command/config.ts';"],
  },
  {
    rule: 'express stays in pipeline/express',
    in: product,
    except: ['pipeline/express/'],
    never: ['express', 'cors', 'express-openapi-validator'],
    broken: ['server/compose/server.ts', "import express from 'express';"],
  },
  {
    rule: 'express-openapi-validator stays in one file',
    in: [...product, 'generated/', 'test/'],
    except: ['pipeline/express/validate/compiler.ts'],
    never: ['express-openapi-validator'],
    broken: ['pipeline/express/createApp.ts', "import { middleware } from 'express-openapi-validator';"],
  },
  {
    rule: 'the job engine knows no change, provisioner or secret: what a job does is handed in',
    in: ['server/jobs/'],
    never: ['server/auth/', 'server/changes/', 'server/provisioners/', 'server/operations/', 'server/compose/'],
    broken: ['server/jobs/worker.ts', "import type { Change } from '../changes/change.ts';"],
  },
  {
    rule: 'the store knows nothing of the domain',
    in: ['server/store/'],
    never: [...domain.filter((folder) => folder !== 'server/store/'), 'server/changes/', 'generated/'],
    broken: ['server/store/schema.ts', "import type { AuthConfig } from '../provisioners/provisioner.ts';"],
  },
  {
    rule: 'the database stays in server/store, its types too',
    in: product,
    except: ['server/store/'],
    never: ['kysely', 'pg', 'node:sqlite'],
    broken: ['server/jobs/claims.ts', "import type { Kysely } from 'kysely';"],
  },
  {
    rule: 'the server reaches AWS in server/provisioners alone',
    in: product,
    except: ['server/provisioners/'],
    never: ['@aws-sdk/'],
    broken: [
      'server/jobs/worker.ts',
      "import { CognitoIdentityProvider } from '@aws-sdk/client-cognito-identity-provider';",
    ],
  },
  {
    rule: 'openapi-fetch stays in one file',
    in: everywhere,
    except: ['pipeline/fetch/openapiFetch.ts'],
    never: ['openapi-fetch'],
    broken: ['client/client.ts', "import createClient from 'openapi-fetch';"],
  },
  {
    rule: 'openapi-typescript stays in pipeline/gen',
    in: everywhere,
    except: ['pipeline/gen/'],
    never: ['openapi-typescript'],
    broken: ['pipeline/command/gen.ts', "const { astToString } = await import('openapi-typescript');"],
  },
  {
    rule: "the forms' validator stays in one file",
    in: [...product, 'generated/'],
    except: ['pipeline/forms/validation.ts'],
    never: ['@cfworker/json-schema'],
    broken: ['pipeline/forms/fields.ts', "import { Validator } from '@cfworker/json-schema';"],
  },
  {
    rule: 'the server is configured in one place',
    in: ['server/', 'pipeline/express/'],
    except: ['server/main.ts', 'server/bin.js', 'server/command/'],
    never: ['process', 'process.env', 'process.argv', 'node:process'],
    broken: ['pipeline/express/createApp.ts', "const throws = process.env['NODE_ENV'] === 'test';"],
  },
];

const imports = filesIn(everywhere).map((file) => [file, importsOf(file)] as const);

describe('imports', () => {
  it.each(rules)('$rule', (rule) => {
    expect(imports.flatMap(([file, found]) => violations(rule, file, found))).toEqual([]);
  });
});

describe('files', () => {
  const inProduct = imports.filter(([file]) => [...product, 'generated/'].some((folder) => file.startsWith(folder)));

  it('do not import each other in circles when they run', () => {
    const atRunTime = inProduct.map(([file, found]) => [file, found.filter(({ typeOnly }) => !typeOnly)] as const);
    expect(circles(new Map(atRunTime))).toEqual([]);
  });

  it.each(['server/', 'pipeline/contract/'])('of %s do not import each other in circles for types either', (folder) => {
    expect(circles(new Map(inProduct.filter(([file]) => file.startsWith(folder))))).toEqual([]);
  });

  const graph = (text: string) =>
    new Map(
      text.split('; ').map((line) => {
        const [file = '', list = ''] = line.split(' > ');
        return [file, list.split(' ').map((of) => ({ of, line: 1, typeOnly: false }))] as const;
      }),
    );

  it.each([
    ['a > b; b > a', [['a', 'b']]],
    ['a > a', [['a']]],
    ['a > b c; b > d; c > d; d > e', []],
    [
      'a > b; b > c; c > d; d > b e; e > f; f > e',
      [
        ['e', 'f'],
        ['b', 'c', 'd'],
      ],
    ],
    ['a > kysely; b > a', []],
  ])('of the form %s have the circles %j', (text, expected) => {
    expect(circles(graph(text))).toEqual(expected);
  });
});

describe('the check of imports', () => {
  it.each(rules)('catches a file where it is not so that $rule', (rule) => {
    const [file, text] = rule.broken;
    expect(violations(rule, file, importsOf(file, text))).toHaveLength(1);
  });

  it('reads the code of the server, the client, the scripts, what they generate and the tests', () => {
    for (const folder of everywhere) expect(imports.some(([file]) => file.startsWith(folder))).toBe(true);
  });

  it.each([
    ["import a from './a.ts';", 'server/http/a.ts', false],
    ["import '../a.ts';", 'server/a.ts', false],
    ["import type { A } from './a.ts';", 'server/http/a.ts', true],
    ["import { type A } from './a.ts';", 'server/http/a.ts', false],
    ["export { a } from './a.ts';", 'server/http/a.ts', false],
    ["export type { A } from './a.ts';", 'server/http/a.ts', true],
    ["type A = import('./a.ts').A;", 'server/http/a.ts', true],
    ["const a = await import('./a.ts');", 'server/http/a.ts', false],
    ["const a = require('./a.cjs');", 'server/http/a.cjs', false],
    ["import { sql } from 'kysely/helpers/sqlite';", 'kysely', false],
    ["import { S3 } from '@aws-sdk/client-s3/dist';", '@aws-sdk/client-s3', false],
    ["import { core } from 'openapi-strict-fetch';", 'pipeline/fetch/index.ts', false],
    ['const { env } = process;', 'process', false],
    ["process['argv'].slice(2);", 'process.argv', false],
  ])('reads %s', (text, of, typeOnly) => {
    expect(importsOf('server/http/app.ts', text)).toEqual([{ of, line: 1, typeOnly }]);
  });

  it('takes nothing for an import that only looks like one', () => {
    const text = "// import './a.ts';\nconst a = \"import './b.ts'\"; const b = a.process.env; export const c = [b];";
    expect(importsOf('server/http/app.ts', text)).toEqual([]);
  });
});
