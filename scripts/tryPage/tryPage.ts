import type { Built } from '../built.ts';

/** Where the code of the page is on which the operations of any document are tried. */
export const FOLDER = 'pipeline/forms/page';

/** Gen puts a copy of it beside each reference page: `steps/page.ts`. */
export const TRY_PAGE: Built = {
  dist: 'pipeline/forms/dist',
  sources: ['pipeline/forms', 'pipeline/document', 'scripts/tryPage', 'scripts/bundled.ts', 'package-lock.json'],
};
