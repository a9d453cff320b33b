import { dirname, sep } from 'node:path';
import type { Visitor } from './redocly.ts';

/** The document is the root file's folder and nothing else: what is fetched, or lies elsewhere, changes unseen. */
export const insideSpec = (): Visitor => {
  let folder: string | undefined;
  return {
    any: {
      enter(_node, { location }) {
        folder ??= dirname(location.source.absoluteRef) + sep;
      },
    },
    ref: {
      enter(node, { report }, { location }) {
        if (!location || !folder || location.source.absoluteRef.startsWith(folder)) return;
        report({ message: `The reference ${node.$ref} leads out of the folder of the document.` });
      },
    },
  };
};
