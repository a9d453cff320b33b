import type { Operation } from '../../document/operations.ts';
import { DocumentError, isObject } from '../../document/references.ts';
import { literal } from '../text.ts';

/**
 * How an operation answers in pages: in the configuration by operation id, or in the document as `x-pagination`. Paths
 * such as `data.items` lead into the body of a page; `''` is the body itself. One way to the next page is given.
 */
export interface Pagination {
  /** Where a page has its items. */
  readonly items: string;
  /** The input for the token of a page, and where a page has that of the next one, if that is not the same name. */
  readonly token?: string | { readonly input: string; readonly output: string };
  /** The input for the cursor, the member of an item that is one, and the member of a page that says if more follow. */
  readonly cursor?: { readonly input: string; readonly item: string; readonly more?: string };
  /** The input for the number of items to pass over, and the one for the size of a page. */
  readonly offset?: string | { readonly input: string; readonly limit?: string };
  /** The input for the number of the page, from 1 on. */
  readonly page?: string;
  /** The next page is in the header Link, as rel="next". */
  readonly link?: true;
}

/** The code of an operation's pages, with the function of the core that it uses. */
export interface PagesCode {
  readonly items: string;
  readonly uses: string;
  readonly code: string;
}

/** @throws DocumentError for an `x-pagination` of another form, or that names an input which the operation does not have */
export function pagesOf(
  operation: Operation,
  inputs: readonly string[],
  configured?: Pagination,
): PagesCode | undefined {
  const given: unknown = configured ?? operation.object['x-pagination'];
  if (given === undefined) return undefined;
  const at = `${operation.pointer}/x-pagination`;
  const fail = (message: string): never => {
    throw new DocumentError(`The pages of ${operation.id} ${message}.`, at);
  };
  const text = (value: unknown, name: string): string =>
    typeof value === 'string' ? value : fail(`need ${name}, a text`);
  const input = (value: unknown, name: string): string => {
    const found = text(value, name);
    if (!inputs.includes(found)) fail(`name the input ${JSON.stringify(found)}, which the operation does not have`);
    return found;
  };
  if (!isObject(given)) return fail('must be an object with `items` and one of token, cursor, offset, page and link');
  const items = text(given.items, '`items`');
  const code = (uses: string, ...rest: string[]): PagesCode => ({
    items,
    uses,
    code: `/* @__PURE__ */ ${uses}(${[items, ...rest].map(literal).join(', ')})`,
  });
  const { token, cursor, offset, page, link } = given;
  if (isObject(token))
    return code('byToken', input(token.input, '`token.input`'), text(token.output, '`token.output`'));
  if (token !== undefined) return code('byToken', input(token, '`token`'), text(token, '`token`'));
  if (isObject(cursor)) {
    const more = cursor.more === undefined ? [] : [text(cursor.more, '`cursor.more`')];
    return code('byCursor', input(cursor.input, '`cursor.input`'), text(cursor.item, '`cursor.item`'), ...more);
  }
  if (isObject(offset)) {
    const limit = offset.limit === undefined ? [] : [input(offset.limit, '`offset.limit`')];
    return code('byOffset', input(offset.input, '`offset.input`'), ...limit);
  }
  if (offset !== undefined) return code('byOffset', input(offset, '`offset`'));
  if (page !== undefined) return code('byPage', input(page, '`page`'));
  if (link === true) return code('byLink');
  return fail('need one of token, cursor, offset, page and link');
}
