import type { Visitor } from './redocly.ts';

/** Every request and response body comes with an example: the contract tests live on them. */
export const exampleGiven = (): Visitor => ({
  MediaType(media, { location, report }) {
    if ('example' in media || Object.keys(media.examples ?? {}).length > 0) return;
    report({ message: 'The content has no example.', location: location.key() });
  },
});
