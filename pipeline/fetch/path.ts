/**
 * Fills in a path template. Values are percent-encoded, so that each stays one segment.
 *
 * @throws TypeError for a value that is missing, an object, `''`, `'.'` or `'..'`: URLs resolve these away, and the request
 * would reach another path. URIError for half of a surrogate pair, which has no UTF-8.
 */
export function fillPath(template: string, values: Record<string, unknown>): string {
  return template.replace(/\{([^{}]+)\}/g, (_, name: string) => {
    const value = Object.hasOwn(values, name) ? values[name] : undefined;
    const text = value === Object(value) ? '' : `${value ?? ''}`;
    if (['', '.', '..'].includes(text)) {
      throw new TypeError(`Path parameter ${name} can't be ${JSON.stringify(value)}`);
    }
    return encodeURIComponent(text);
  });
}
