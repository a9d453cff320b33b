export type MediaKind = 'json' | 'form' | 'multipart' | 'text' | 'bytes' | 'events' | 'json-lines';

/** A media type in lower case, without its parameters. */
export const bare = (type: string): string => (type.split(';', 1)[0] ?? '').trim().toLowerCase();

export function kindOf(mediaType: string): MediaKind {
  const type = bare(mediaType);
  if (/^(application|text)\/(x-)?(jsonl|ndjson|json-seq|jsonlines)$/.test(type)) return 'json-lines';
  if (/[/+]json$/.test(type) || type === '*/*' || type === 'application/*') return 'json';
  if (type === 'application/x-www-form-urlencoded') return 'form';
  if (type.startsWith('multipart/')) return 'multipart';
  if (type === 'text/event-stream') return 'events';
  if (type.startsWith('text/') || /[/+](xml|yaml)$/.test(type) || type === 'application/graphql') return 'text';
  return 'bytes';
}

/** Whether a media type is within a range such as `application/*`. */
export function within(range: string, type: string): boolean {
  const [wanted, given] = [bare(range), bare(type)];
  if (wanted === given || wanted === '*/*') return true;
  if (wanted.endsWith('/*')) return given.startsWith(wanted.slice(0, -1));
  return (
    /^\w+\/\*\+/.test(wanted) &&
    given.startsWith(wanted.slice(0, wanted.indexOf('/') + 1)) &&
    given.endsWith(wanted.slice(wanted.indexOf('+')))
  );
}
