import { existsSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { Names, reserved } from '../../document/identifiers.ts';
import { resolve } from '../../document/references.ts';
import type { Document, SecurityScheme } from '../../document/types.ts';
import type { Project } from '../config.ts';
import type { Bundled, Step } from '../step.ts';
import { jsdoc, literal } from '../text.ts';
import { hasTryPage } from './tryPage.ts';

/** The files with which a server begins. They are a person's from then on. */
export const server: Step = {
  name: 'server',
  makes: ({ server: folder, handlers }) => (folder === false ? undefined : `${folder}/main.ts, ${handlers}/handler.ts`),
  run: (bundled) => {
    const { project, document } = bundled;
    const folder = project.server || '.';
    const schemes = schemesOf(document);
    const once = new Map([
      [`${project.handlers}/handler.ts`, handlerModule(project, schemes)],
      [`${folder}/main.ts`, mainModule(project, schemes.length > 0)],
    ]);
    if (schemes.length > 0) {
      once.set(`${folder}/security.ts`, securityModule(schemes));
      nameMissing(bundled, `${folder}/security.ts`, schemes);
    }
    return { once };
  },
};

interface Scheme {
  readonly name: string;
  readonly scheme: SecurityScheme;
}

/** The security schemes of a document, by the names that TypeScript gives them. */
export function schemesOf(document: Document): Scheme[] {
  const names = new Names(reserved);
  const all = Object.entries(document.components?.securitySchemes ?? {});
  const claimed = new Map(all.map(([name]) => [name, names.claim(name)]));
  return all.map(([name, node]) => ({
    name: claimed.get(name) ? name : names.give(name),
    scheme: resolve<SecurityScheme>(document, node),
  }));
}

/** A scheme that came later has no function yet. */
function nameMissing({ project, report }: Bundled, path: string, schemes: readonly Scheme[]): void {
  const file = join(project.root, path);
  if (!existsSync(file)) return;
  const text = readFileSync(file, 'utf8');
  for (const { name } of schemes) {
    if (new RegExp(`export\\s[^;]*\\b${name.replaceAll('$', '\\$')}\\b`).test(text)) continue;
    report.leftOut(`${path} exports no ${name}: until it does, everybody is refused where the document asks for it`, {
      pointer: `#/components/securitySchemes/${name}`,
    });
  }
}

const at = (from: string, to: string): string => {
  const path = posix.relative(from, to);
  return path.startsWith('.') ? path : `./${path}`;
};

function handlerModule({ handlers, generated, server: folder }: Project, schemes: readonly Scheme[]): string {
  const secured = schemes.length > 0 && folder !== false;
  const principals = secured
    ? `
/** The caller's proven identity, by security scheme. */
export type Principals = {
  readonly [Scheme in keyof typeof security]?: Awaited<ReturnType<(typeof security)[Scheme]>>;
};
`
    : '\nexport type Principals = object;\n';
  return `import type { RequestContext as Context } from 'openapi-strict-express';
import type { Inputs, OperationId, Results } from '${at(handlers, `${generated}/handlers.ts`)}';
${secured ? `import type * as security from '${at(handlers, `${folder}/security.ts`)}';\n` : ''}
export { answer, HttpError, NotImplemented } from 'openapi-strict-express';

/** Whatever handlers work with: a database, a mailer. \`main.ts\` hands it to createApp. Yours to change. */
export type Services = object;
${principals}
export type RequestContext = Context<Principals>;
export type Input<Id extends OperationId> = Inputs[Id];
export type Result<Id extends OperationId> = Results[Id];
export type Handler<Id extends OperationId> = (
  input: Input<Id>,
  services: Services,
  request: RequestContext,
) => Promise<Result<Id>>;
export type Handlers = { readonly [Id in OperationId]: Handler<Id> };
`;
}

function mainModule(project: Project, secured: boolean): string {
  const { server: folder, generated, handlers } = project;
  const from = folder || '.';
  const page = (name: string) => `new URL('${at(from, `${generated}/docs/${name}`)}', import.meta.url)`;
  const pages = [
    ...(project.page ? [`    docs: ${page('index.html')},\n`] : []),
    ...(hasTryPage(project) ? [`    tryIt: ${page('try.html')},\n`] : []),
  ];
  return `import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createApp } from 'openapi-strict-express';
import { handlers } from '${at(from, `${handlers}/index.ts`)}';
${secured ? "import * as security from './security.ts';\n" : ''}
const document = JSON.parse(readFileSync(new URL('${at(from, `${generated}/openapi.json`)}', import.meta.url), 'utf8'));

const app = createApp({
  document,
  handlers,
  services: {},
${secured ? '  security,\n' : ''}  // /docs, /docs/try, /openapi.json and /healthz, for everyone who reaches the server. Leave them out to show nothing.
  pages: {
${pages.join('')}  },
  // A protocol says what refusals look like. Without one, they have the form that the document gives them.
  // protocol: { … },
});

const port = Number(process.env.PORT ?? 3000);
// Only this machine can reach it. HOST=0.0.0.0 opens it to others, as a container needs.
const host = process.env.HOST ?? '127.0.0.1';
createServer(app).listen(port, host, () => console.log(\`Listening on http://\${host}:\${port}\`));
`;
}

function securityModule(schemes: readonly Scheme[]): string {
  const functions = schemes.map(({ name, scheme }) => {
    const isBasic = scheme.type === 'http' && scheme.scheme?.toLowerCase() === 'basic';
    const credential = isBasic ? BASIC : scheme.type === 'mutualTLS' ? CERTIFICATE : 'string';
    return `
${jsdoc([titleOf(scheme), scheme.description].filter(Boolean).join('\n'))}export const ${name}: SecurityHandler<${credential}, object> = async (_credential, _request) => {
  throw new HttpError(401, ${literal(`${name} is not checked yet.`)});
};
`;
  });
  return `import { HttpError, type SecurityHandler } from 'openapi-strict-express';

// Each function gets the credential of its scheme and answers who the caller is, which handlers find in
// \`request.principal\`. It throws HttpError(401) for a wrong credential, and HttpError(403) where that is not enough.
${functions.join('')}`;
}

/** Undefined where a proxy ends TLS: its headers have it. */
const CERTIFICATE = "import('node:tls').PeerCertificate | undefined";
const BASIC = '{ readonly username: string; readonly password: string }';

function titleOf({ type, scheme, name, in: place, flows }: SecurityScheme): string {
  if (type === 'apiKey') return `A key in the ${place} parameter ${name}.`;
  if (type === 'http') return `HTTP ${scheme}.`;
  if (type === 'oauth2') return `OAuth 2: ${Object.keys(flows ?? {}).join(', ')}.`;
  return type === 'openIdConnect' ? 'OpenID Connect.' : 'A client certificate.';
}
