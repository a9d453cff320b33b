import type { Document, Operation } from '../document/document.ts';
import { isObject } from '../document/json.ts';
import { viewOf } from '../document/schema.ts';
import type { Answer } from '../wire/sender.ts';
import { accepted, type Case, type Context, type Failure } from './case.ts';
import { exchanged } from './exchange.ts';

const MAX_PAGES = 30;

/** Lists that come a page at a time, known by their members maxResults and nextToken. */
export function pageCases(document: Document, operation: Operation): Case[] {
  const list = listOf(document, operation);
  if (list === undefined) return [];
  return [
    {
      operation: operation.id,
      title: 'keeps to maxResults, and repeats nothing from page to page',
      run: (context) => followPages(context, operation, list),
    },
  ];
}

/** The name of the answer's one list, where an operation has pages. */
function listOf(document: Document, operation: Operation): string | undefined {
  if (operation.body === undefined) return undefined;
  const sent = viewOf(document.resolve, operation.body.schema).properties;
  if (!('maxResults' in sent && 'nextToken' in sent)) return undefined;
  const content = operation.responses[accepted(operation)[0] ?? 200]?.content['application/json'] ?? {};
  const { properties } = viewOf(document.resolve, content);
  const lists = Object.keys(properties).filter((name) => document.resolve(properties[name] ?? {}).type === 'array');
  return 'nextToken' in properties && lists.length === 1 ? lists[0] : undefined;
}

async function followPages(context: Context, operation: Operation, list: string): Promise<Failure[]> {
  const expected = () => accepted(operation);
  const whole = await exchanged(context, operation, { body: {}, expected });
  const found = [...whole.found];
  const items: string[] = [];
  const tokens = new Set<string>();
  let token: string | undefined;
  for (let page = 0; page < MAX_PAGES; page++) {
    // The names of what there is are in the path; what is sent here is a token of this very list.
    const body = { maxResults: 1, ...(token !== undefined && { nextToken: token }) };
    const { answer, found: more } = await exchanged(context, operation, {
      body: {},
      expected,
      change: (request) => ({ ...request, body: JSON.stringify(body) }),
    });
    found.push(...more);
    const wrong = (rule: string, place: string, message: string) =>
      found.push({ rule, place, message, curl: answer.curl });
    const got = itemsOf(answer, list);
    if (got.length > 1) wrong('max-results', `/${list}`, `/${list} has ${got.length} items, maxResults was 1`);
    for (const item of got.map((one) => JSON.stringify(one))) {
      if (items.includes(item)) wrong('pages', `/${list}`, `/${list} repeats what an earlier page had: ${item}`);
      items.push(item);
    }
    const next = isObject(answer.json) ? answer.json.nextToken : undefined;
    if (typeof next !== 'string') break;
    if (tokens.has(next)) {
      wrong('pages', '/nextToken', '/nextToken is one that an earlier page had');
      break;
    }
    tokens.add(next);
    token = next;
  }
  const all = itemsOf(whole.answer, list).map((one) => JSON.stringify(one));
  const missing = items.length < MAX_PAGES ? all.filter((item) => !items.includes(item)) : [];
  for (const item of missing.slice(0, 1)) {
    found.push({ rule: 'pages', place: `/${list}`, message: `no page has ${item}`, curl: whole.answer.curl });
  }
  return found;
}

function itemsOf({ json }: Answer, list: string): unknown[] {
  const items = isObject(json) ? json[list] : undefined;
  return Array.isArray(items) ? items : [];
}
