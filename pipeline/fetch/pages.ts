import type { Call, Method, Result, Values } from './operation.ts';
import type { CallOptions } from './options.ts';

/** The page after one, or nothing where that was the last. */
type Next = (result: Result, input: Values, items: readonly unknown[]) => { input: Values; link?: string } | undefined;

/** The value at a path such as `data.items`; `''` is the value itself. */
const at = (value: unknown, path: string): unknown =>
  path.split('.').reduce((inside: unknown, name) => (name ? Object(inside)[name] : inside), value);

const shown = (value: unknown) => JSON.stringify(value, (_, one) => (typeof one === 'bigint' ? `${one}` : one));

const paged =
  (items: string, next: Next) =>
  (call: Call): Method => {
    const itemsOf = (page: unknown) => (at(page, items) ?? []) as readonly unknown[];
    async function* pages(input: Values = {}, options?: CallOptions, first?: Promise<Result>) {
      let result = await (first ?? call(input, options));
      for (
        let following: ReturnType<Next> = { input };
        ;
        result = await call(following.input, options, following.link)
      ) {
        yield result.body;
        const before = following;
        following = next(result, before.input, itemsOf(result.body));
        if (!following) return;
        if (shown(following) === shown(before)) throw new Error('The server gives one page for ever');
      }
    }
    const method: Method = (input, options) => {
      const first = call(input, options);
      const rest = () => pages(input, options, first);
      return Object.assign(
        first.then(({ body }) => body),
        {
          pages: rest,
          async *[Symbol.asyncIterator]() {
            for await (const page of rest()) yield* itemsOf(page);
          },
        },
      );
    };
    return Object.assign(method, { pages });
  };

const set = (input: Values, name: string, value: unknown) =>
  (value ?? '') === '' ? undefined : { input: { ...input, [name]: value } };

/** Pages whose body has the token of the next one. */
export const byToken = (items: string, input: string, output: string) =>
  paged(items, ({ body }, before) => set(before, input, at(body, output)));

/** Pages that begin after the item with a cursor. `more` is the member of a page that says whether there is another. */
export const byCursor = (items: string, input: string, member: string, more = '') =>
  paged(items, ({ body }, before, list) =>
    more && !at(body, more) ? undefined : set(before, input, at(list.at(-1), member)),
  );

/** Pages that begin at a number of items. `limit` is the parameter with the size of a page. */
export const byOffset = (items: string, offset: string, limit = '') =>
  paged(items, (_, before, list) =>
    list.length === 0 || list.length < Number(before[limit] ?? 0)
      ? undefined
      : set(before, offset, Number(before[offset] ?? 0) + list.length),
  );

/** Pages that are counted, from 1 on. */
export const byPage = (items: string, page: string) =>
  paged(items, (_, before, list) => (list.length === 0 ? undefined : set(before, page, Number(before[page] ?? 1) + 1)));

/** Pages whose header Link has the next one (RFC 8288). One of another origin is refused: it would get the credentials. */
export const byLink = (items: string) =>
  paged(items, ({ response }, input) => {
    const [, target] = /<([^>]*)>[^,<]*;\s*rel="?[^",;]*\bnext\b/i.exec(response.headers.get('link') ?? '') ?? [];
    if (target === undefined) return undefined;
    const link = new URL(target, response.url);
    if (link.origin !== new URL(response.url).origin)
      throw new Error(`The next page is at ${link.origin}, another origin`);
    return { input, link: link.href };
  });
