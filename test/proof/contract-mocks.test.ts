import { describe, expect, onTestFinished } from 'vitest';
import { mockOf } from '../../pipeline/command/mock/serve.ts';
import { loadDocument } from '../../pipeline/contract/document/load.ts';
import { runContract } from '../../pipeline/contract/run.ts';
import { operationsOf } from '../../pipeline/document/operations.ts';
import type { Document } from '../../pipeline/document/types.ts';
import { ofEachDocument } from '../helpers/corpus.ts';
import { listening } from '../helpers/shelf.ts';

/** A wrong operation is left out of a mock, which says so. */
function leftOut(spec: Readonly<Record<string, unknown>>, served: Document): string[] {
  const names = new Set(operationsOf(served).map(({ method, path }) => `${method} ${path}`));
  return operationsOf(spec as unknown as Document)
    .map(({ method, path }) => `${method} ${path}`)
    .filter((name) => !names.has(name));
}

/** A credential for each scheme of the document. */
const authFor = ({ components }: Document): Record<string, string> =>
  Object.fromEntries(Object.keys(components?.securitySchemes ?? {}).map((name) => [name, 'user:s3cret']));

describe('the contract suite finds nothing wrong with the mock', () => {
  ofEachDocument(async (document, name, file) => {
    const { url, close } = await listening(mockOf(document));
    onTestFinished(close);
    const spec = await loadDocument(file);
    const options = { auth: authFor(document), exclude: leftOut(spec, document), runs: 5, maxTime: 10 * 60_000 };
    const report = await runContract({ ...options, url, spec, stateless: true });
    console.log(`${name}: ${report.requests} requests, ${Math.round(report.duration / 1000)} s`);
    expect(report.violations.map((one) => `${one.operation} ${one.rule} ${one.title}: ${one.message}`)).toEqual([]);
    expect(report.stopped).toBeUndefined();
  });
});
