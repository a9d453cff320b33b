import type { Visitor } from './redocly.ts';

const wanted = ['400', '404', '429', '504', 'default'];

/** Every operation documents every error that it can answer. OPTIONS is answered before there can be one. */
export const documentedErrors = (): Visitor => ({
  Operation(operation, { key, location, report }) {
    if (key === 'options') return;
    const missing = wanted.filter((status) => !(status in (operation.responses ?? {})));
    if (missing.length === 0) return;
    report({
      message: `The operation documents no response for: ${missing.join(', ')}.`,
      location: location.child('responses').key(),
    });
  },
});
