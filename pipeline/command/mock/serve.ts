import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Document } from '../../document/types.ts';
import { createApp, mockHandlers, mockProtocol, type SecurityHandlers } from '../../express/index.ts';
import { projectFor, projectsAt } from '../../gen/config.ts';
import { filter } from '../../gen/filter.ts';
import { lintConfig } from '../../gen/lintConfig.ts';
import { normalise } from '../../gen/normalise.ts';
import { Report } from '../../gen/report.ts';
import { read } from '../../gen/source/read.ts';
import { Snapshot } from '../../gen/source/snapshot.ts';
import { describe } from '../../gen/step.ts';
import { schemesOf } from '../../gen/steps/server.ts';
import { TRY_PAGE } from '../../gen/steps/tryPage.ts';
import { listenFailure } from '../port.ts';

/** Serves a mock until the process is stopped. Returns the exit code. */
export async function serveMock(
  root: string,
  spec: string | undefined,
  { port, host }: { readonly port: number; readonly host: string },
): Promise<number> {
  const document = await documentOf(root, spec).catch((error: unknown) => {
    for (const line of describe(error)) console.error(line);
  });
  if (document === undefined) return 2;
  const server = createServer(mockOf(document));
  const { promise, resolve } = Promise.withResolvers<number>();
  server.once('error', (error) => {
    console.error(listenFailure(error, port));
    resolve(1);
  });
  server.listen(port, host, () => {
    const { address, port, family } = server.address() as AddressInfo;
    const name = family === 'IPv6' ? `[${address}]` : address;
    const url = `http://${name}:${port}`;
    console.log(`The mock of ${document.info.title} is at ${url}`);
    console.log(`A form for each operation is at ${url}/docs/try`);
  });
  return promise;
}

/** An app that answers examples of the document, and takes any credential. */
export function mockOf(document: Document): RequestListener {
  const schemes = schemesOf(document).map(({ name }) => [name, async () => ({})]);
  const security = Object.fromEntries(schemes) as SecurityHandlers;
  const pages = { tryIt: TRY_PAGE };
  const protocol = mockProtocol(document);
  return createApp({ document, handlers: mockHandlers(document), services: {}, security, pages, protocol });
}

/** The document of the first project, or of `spec`, as gen would write it. Operations that are wrong are left out. */
export async function documentOf(root: string, spec: string | undefined): Promise<Document> {
  const [project] = spec === undefined ? await projectsAt(root) : [projectFor(spec, '.')];
  if (project === undefined) throw new Error('The configuration names no document.');
  const snapshot = new Snapshot();
  const { document, leftOut } = await read(project, {
    snapshot,
    lenient: true,
    config: await lintConfig(project, snapshot),
  });
  for (const { operation, fault } of leftOut) console.error(`Left out: ${operation}: ${fault.message}`);
  const served = normalise(document, new Report());
  filter(served, project);
  return served;
}
