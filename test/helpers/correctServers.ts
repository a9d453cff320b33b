import type { RequestListener } from 'node:http';
import { runContract } from '../../pipeline/contract/run.ts';
import type { SeededOptions } from './seeded.ts';
import { listening } from './shelf.ts';

/** The rules about what a server keeps; each body in all its forms takes longer, and is tried elsewhere. */
export const aboutState = ({ title }: { readonly title: string }): boolean => !/^refuses|^accepts a body/.test(title);

/** The violations that the suite reports for a server, and the operations it could not run. */
export async function alarmsOf(app: RequestListener, { base = '', ...options }: SeededOptions): Promise<string[]> {
  const server = await listening(app);
  try {
    const { violations, coverage } = await runContract({ runs: 3, ...options, url: server.url + base });
    return [
      ...coverage.accepted.missing.map((operation) => `${operation} was not carried out`),
      ...violations.map(
        ({ operation, rule, title, message, curl }) => `${operation} ${rule}: ${message} (${title}) ${curl}`,
      ),
    ];
  } finally {
    await server.close();
  }
}
