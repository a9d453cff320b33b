/**
 * A value of a path, percent-encoded so that it stays one segment.
 *
 * @throws TypeError for a value that is missing, an object, `''`, `'.'` or `'..'`: URLs resolve these away, and the request
 * would reach another path. URIError for half of a surrogate pair, which has no UTF-8.
 */
export function pathValue(name: string, value: unknown): string {
  const text = value === Object(value) ? '' : `${value ?? ''}`;
  if (/^\.{0,2}$/.test(text)) throw new TypeError(`Path parameter ${name} can't be ${JSON.stringify(value)}`);
  return encodeURIComponent(text);
}

/** Fills in a path template. */
export const fillPath = (template: string, values: Record<string, unknown>): string =>
  template.replace(/\{([^{}]+)\}/g, (_, name: string) =>
    pathValue(name, Object.hasOwn(values, name) ? values[name] : undefined),
  );
