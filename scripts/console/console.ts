import type { Built } from '../built.ts';

/** Where the console's code is; the pages that are built of it are in its folder `dist`. */
export const FOLDER = 'server/console';

// All that the console's code imports, the guides, and what decides which React and Vite there are.
export const CONSOLE: Built = {
  dist: `${FOLDER}/dist`,
  sources: [
    FOLDER,
    'pipeline/forms',
    'pipeline/document',
    'pipeline/fetch',
    'client',
    'generated',
    'server/auth',
    'scripts/console',
    'docs',
    'SECURITY.md',
    'package-lock.json',
  ],
};
