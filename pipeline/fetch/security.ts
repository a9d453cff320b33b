import type { Secure } from './operation.ts';
import type { Attempt, Credential } from './options.ts';

type Put = (attempt: Attempt, credential: Credential) => void;

/** Results of functions that get credentials, until a server refuses them. */
const kept: WeakMap<() => unknown, unknown> = new WeakMap();

/** Puts the credentials of the first alternative on a request for which the client has them all. */
export const secured =
  (...alternatives: readonly Readonly<Record<string, Put>>[]): Secure =>
  async (attempt, given = {}, isRefused) => {
    const met = alternatives.find((schemes) => Object.keys(schemes).every((name) => given[name] !== undefined));
    let isRenewed = false;
    for (const name in met) {
      const source = given[name];
      let credential: unknown = source;
      if (typeof source === 'function') {
        if (isRefused) {
          kept.delete(source);
          isRenewed = true;
        }
        if (!kept.has(source)) kept.set(source, source());
        credential = await kept.get(source);
      }
      met[name]?.(attempt, credential as Credential);
    }
    return isRenewed;
  };

const text = (credential: Credential) => (typeof credential === 'string' ? credential : credential.password);

/** An API key in a header. */
export const keyInHeader =
  (name: string): Put =>
  ({ headers }, key) =>
    headers.set(name, text(key));

/** An API key in the query. */
export const keyInQuery =
  (name: string): Put =>
  (attempt, key) => {
    const separator = attempt.url.includes('?') ? '&' : '?';
    attempt.url += `${separator}${encodeURIComponent(name)}=${encodeURIComponent(text(key))}`;
  };

/** An API key in a cookie. Browsers send cookies of their own alone. */
export const keyInCookie =
  (name: string): Put =>
  ({ headers }, key) => {
    const others = (headers.get('cookie') ?? '').split('; ').filter((pair) => pair && !pair.startsWith(`${name}=`));
    headers.set('cookie', [...others, `${name}=${text(key)}`].join('; '));
  };

/** A token for a scheme of HTTP, such as Bearer. */
export const http =
  (scheme: string): Put =>
  ({ headers }, token) =>
    headers.set('authorization', `${scheme} ${text(token)}`);

/** A name and a password, or both in one text as `name:password`. */
export const basic: Put = ({ headers }, credential) => {
  const pair = typeof credential === 'string' ? credential : `${credential.username}:${credential.password}`;
  headers.set('authorization', `Basic ${btoa(String.fromCharCode(...new TextEncoder().encode(pair)))}`);
};
