import { readFileSync } from 'node:fs';
import type { Project } from '../config.ts';
import type { Step } from '../step.ts';

/** The page as it is built. */
export const TRY_PAGE = new URL('../../forms/dist/try.html', import.meta.url);

/** The page on which each operation of the document is tried: it reads the document of the server that sends it. */
export const tryPage: Step = {
  name: 'try',
  makes: (project) => (hasTryPage(project) ? tryPathOf(project) : undefined),
  run: async ({ project, report }) => {
    const page = builtPage();
    if (page !== undefined) return { files: new Map([[tryPathOf(project), page]]) };
    report.leftOut(`${tryPathOf(project)}: the page is not built; \`npm run gen\` builds it`);
    return {};
  },
};

/** Where a project names a page of its own, it gets no other. */
export const hasTryPage = ({ page, tryIt }: Pick<Project, 'page' | 'tryIt'>): boolean => page && tryIt === undefined;

export const tryPathOf = ({ generated }: Project): string => `${generated}/docs/try.html`;

/** The page as the package has it, or undefined where it was never built, as in a fresh clone. */
export function builtPage(): string | undefined {
  try {
    return readFileSync(TRY_PAGE, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    return undefined;
  }
}
