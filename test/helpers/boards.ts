import type { RequestListener } from 'node:http';
import { type Schema, Validator } from '@cfworker/json-schema';
import { boardsDocument } from './boardsDocument.ts';
import { type Call, type Item, Refusal, type Reply, serve } from './web.ts';

/** The ways in which a correct server may differ. */
export const PECULIARITIES = [
  'is ordinary',
  'reads from a copy that lags behind',
  'keeps what was removed, and says so',
  'refuses to remove what has parts',
  'moves the others where one takes their position',
  'has one default at a time',
  'bounds its pages by itself',
  'numbers its pages from 0',
  'keeps times in whole seconds',
  'needs to be told the version',
  'has weak ETags',
  'has another ETag at each reading',
  'shows first what is pinned',
  'lists drafts only if it is asked for them',
  'counts all, and what was selected beside it',
  'takes a rating for the least one',
  'takes a flag that is false for none',
  'answers the same board for the same title',
  'writes addresses and times in a way of its own',
  'counts the cards of each board',
  'keeps the newest alone',
  'removes a moment later',
] as const;

export type Peculiarity = (typeof PECULIARITIES)[number];

interface Board extends Item {
  readonly id: string;
  readonly title: string;
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly version: number;
  readonly status: string;
}

const LAG = 60; // ms
const KEPT = 4;

/** A server of boards and their cards: a correct one with a peculiarity. */
export class Boards {
  readonly #is: (one: Peculiarity) => boolean;
  readonly document: Readonly<Record<string, unknown>>;
  readonly #boards = new Map<string, Board>();
  readonly #cards = new Map<string, Map<number, Item>>();
  readonly #validators: Readonly<Record<string, Validator>>;
  /** The representation that readers see. */
  #copy = new Map<string, Board>();
  #last = 0;

  constructor(peculiarity: Peculiarity) {
    this.#is = (one) => one === peculiarity;
    this.document = boardsDocument(peculiarity);
    const { components } = this.document as { components: Schema };
    const named = (name: string) => new Validator({ $ref: `#/components/schemas/${name}`, components }, '2020-12');
    this.#validators = { board: named('BoardInput'), change: named('BoardChange'), card: named('CardInput') };
  }

  get app(): RequestListener {
    return serve(
      [
        ['GET /boards', (call) => this.#list(call)],
        ['POST /boards', (call) => this.#create(call)],
        ['GET /boards/:id', (call, id = '') => this.#show(call, id)],
        ['PATCH /boards/:id', (call, id = '') => this.#patch(call, id)],
        ['DELETE /boards/:id', (call, id = '') => this.#remove(call, id)],
        ['GET /boards/:id/cards', (_call, id = '') => ({ status: 200, body: [...this.#cardsOf(id).values()] })],
        ['POST /boards/:id/cards', (call, id = '') => this.#addCard(call, id)],
        ['GET /boards/:id/cards/:number', (_call, id = '', number = '') => this.#card(id, number)],
        ['DELETE /boards/:id/cards/:number', (_call, id = '', number = '') => this.#removeCard(id, number)],
      ],
      ({ type }) => {
        if (!['', 'application/json'].includes(type)) throw new Refusal(400, 'JSON, please');
      },
      ({ reply }) => reply,
    );
  }

  #checked(name: string, body: unknown): Item {
    const result = this.#validators[name]?.validate(body);
    if (result?.valid !== true) throw new Refusal(400, result?.errors[0]?.error ?? '');
    return body as Item;
  }

  #board(id: string): Board {
    const found = this.#boards.get(id);
    if (found === undefined || found.status === 'archived') throw new Refusal(404, 'there is no such board');
    return found;
  }

  /** The representation for a reader who may see archived boards. */
  #read(id: string): Board {
    const found = (this.#is('reads from a copy that lags behind') ? this.#copy : this.#boards).get(id);
    if (found === undefined) throw new Refusal(404, 'there is no such board');
    return found;
  }

  #store(board: Board): void {
    this.#boards.set(board.id, board);
    this.#copySoon();
  }

  #copySoon(): void {
    setTimeout(() => {
      this.#copy = new Map(this.#boards);
    }, LAG).unref();
  }

  #shown(status: number, board: Board): Reply {
    const { version, ...body } = board;
    const own = this.#is('has weak ETags') ? `W/"${body.title.length}"` : `"${version}"`;
    const views = this.#is('has another ETag at each reading') ? this.#next() : undefined;
    const etag = views === undefined ? own : `"views-${views}"`;
    return { status, headers: { ETag: etag }, body: views === undefined ? body : { ...body, views } };
  }

  #show({ headers }: Call, id: string): Reply {
    const shown = this.#shown(200, this.#read(id));
    const { ETag } = shown.headers ?? {};
    return headers['if-none-match'] === ETag ? { status: 304, headers: { ETag: String(ETag) } } : shown;
  }

  #next(): number {
    this.#last += 1;
    return this.#last;
  }

  #now(): string {
    const now = new Date().toISOString();
    if (this.#is('writes addresses and times in a way of its own')) return now.replace('Z', '+00:00');
    return this.#is('keeps times in whole seconds') ? now.replace(/\.\d+/, '') : now;
  }

  #kept(body: Item): Item {
    const { owner } = body;
    const isOwn = this.#is('writes addresses and times in a way of its own') && typeof owner === 'string';
    const due = isOwn && typeof body.dueAt === 'string' ? { dueAt: new Date(body.dueAt).toISOString() } : {};
    return { ...body, ...(isOwn && { owner: owner.toLowerCase() }), ...due };
  }

  #create({ json }: Call): Reply {
    const body = this.#checked('board', json());
    const same = [...this.#boards.values()].find(({ title }) => title === body.title);
    if (same !== undefined && this.#is('answers the same board for the same title')) {
      this.#store({ ...same, ...body, version: same.version + 1, updatedAt: this.#now() });
      return this.#shown(200, this.#boards.get(same.id) as Board);
    }
    const now = this.#now();
    const id = `b${this.#next()}`;
    const kept = this.#kept(body);
    const status = this.#is('lists drafts only if it is asked for them') ? 'draft' : 'open';
    const board = { status, ...kept, id, createdAt: now, updatedAt: now, version: 1 } as Board;
    this.#makeRoom(id, body);
    this.#store(board);
    this.#cards.set(id, new Map());
    if (this.#is('keeps the newest alone')) for (const old of [...this.#boards.keys()].slice(0, -KEPT)) this.#drop(old);
    return this.#shown(201, board);
  }

  /** Others yield their place. */
  #makeRoom(id: string, { position, isDefault }: Item): void {
    for (const other of this.#boards.values()) {
      if (other.id === id) continue;
      if (this.#is('moves the others where one takes their position') && typeof position === 'number')
        if (Number(other.position) >= position)
          this.#boards.set(other.id, { ...other, position: Number(other.position) + 1 });
      if (this.#is('has one default at a time') && isDefault === true && other.isDefault === true)
        this.#boards.set(other.id, { ...other, isDefault: false });
    }
  }

  #drop(id: string): void {
    this.#boards.delete(id);
    this.#cards.delete(id);
    this.#copySoon();
  }

  #checkVersion({ headers }: Call, { version }: Board): void {
    const given = headers['if-match'];
    if (given === undefined && this.#is('needs to be told the version')) throw new Refusal(428, 'If-Match, please');
    // A weak ETag never matches.
    const strong = this.#is('has another ETag at each reading') ? `"views-${this.#last}"` : `"${version}"`;
    const own = this.#is('has weak ETags') ? undefined : strong;
    if (given !== undefined && given !== '*' && given !== own) throw new Refusal(412, 'it was changed meanwhile');
  }

  #patch(call: Call, id: string): Reply {
    const board = this.#board(id);
    this.#checkVersion(call, board);
    const body = this.#kept(this.#checked('change', call.json()));
    this.#makeRoom(id, body);
    this.#store({ ...board, ...body, version: board.version + 1, updatedAt: this.#now() });
    return this.#shown(200, this.#boards.get(id) as Board);
  }

  #remove(call: Call, id: string): Reply {
    const board = this.#board(id);
    this.#checkVersion(call, board);
    if (this.#is('refuses to remove what has parts') && this.#cardsOf(id).size > 0)
      throw new Refusal(409, 'it still has cards');
    if (this.#is('keeps what was removed, and says so')) {
      this.#store({ ...board, status: 'archived' });
      return { status: 204 };
    }
    if (this.#is('removes a moment later')) {
      setTimeout(() => this.#drop(id), LAG).unref();
      return { status: 202 };
    }
    this.#drop(id);
    return { status: 204 };
  }

  #list({ query }: Call): Reply {
    const { limit = '20', colour, rating, sort, offset, page, isDefault } = query;
    const isWhole = (text: string, least: number, most = 1e9) =>
      /^\d+$/.test(text) && Number(text) >= least && Number(text) <= most;
    const isFrom0 = this.#is('numbers its pages from 0');
    if (!isWhole(limit, 1, 100) || !isWhole(offset ?? '0', 0) || !isWhole(page ?? '1', isFrom0 ? 0 : 1))
      throw new Refusal(400, 'limit');
    if (colour !== undefined && !['red', 'green', 'blue'].includes(colour)) throw new Refusal(400, 'colour');
    if (rating !== undefined && !isWhole(rating, 1, 5)) throw new Refusal(400, 'rating');
    if (isDefault !== undefined && !['true', 'false'].includes(isDefault)) throw new Refusal(400, 'isDefault');
    if (sort !== undefined && !/^-?(createdAt|rating)$/.test(sort)) throw new Refusal(400, 'sort');
    if (query.status !== undefined && !['draft', 'open', 'archived', 'all'].includes(query.status))
      throw new Refusal(400, 'status');
    const all = this.#sorted(sort);
    const items = all.filter((one) => this.#isSelected(one, query));
    const most = this.#is('bounds its pages by itself') ? 2 : 100;
    const size = Math.min(Number(limit), most);
    const from = page === undefined ? Number(offset ?? 0) : (Number(page) - (isFrom0 ? 0 : 1)) * size;
    const counts = this.#is('counts all, and what was selected beside it')
      ? { total: all.length, filtered: items.length }
      : { total: items.length };
    const shown = items.slice(from, from + size).map((one) => this.#shown(200, one).body);
    return { status: 200, body: { items: shown, ...(!this.#is('bounds its pages by itself') && counts) } };
  }

  #sorted(sort: string | undefined): Board[] {
    const boards = [...(this.#is('reads from a copy that lags behind') ? this.#copy : this.#boards).values()];
    const sign = sort?.startsWith('-') ? -1 : 1;
    const value = (one: Board) => (sort?.endsWith('rating') ? Number(one.rating ?? 0) : Date.parse(one.createdAt));
    if (sort !== undefined) boards.sort((a, b) => sign * (value(a) - value(b)));
    if (!this.#is('shows first what is pinned')) return boards;
    return boards.toSorted((a, b) => Number(b.pinned === true) - Number(a.pinned === true));
  }

  #isSelected(board: Board, { colour, rating, isDefault, status = 'open' }: Call['query']): boolean {
    if (status !== 'all' && board.status !== status) return false;
    if (colour !== undefined && board.colour !== colour) return false;
    if (rating !== undefined) {
      const own = Number(board.rating ?? 0);
      if (this.#is('takes a rating for the least one') ? own < Number(rating) : own !== Number(rating)) return false;
    }
    if (isDefault === undefined) return true;
    if (isDefault === 'false' && this.#is('takes a flag that is false for none')) return true;
    return String(board.isDefault ?? false) === isDefault;
  }

  #cardsOf(id: string): Map<number, Item> {
    return this.#cards.get(this.#read(id).id) ?? new Map();
  }

  #addCard({ json }: Call, id: string): Reply {
    const cards = this.#cards.get(this.#board(id).id) ?? new Map();
    const body = this.#checked('card', json());
    const number = this.#is('counts the cards of each board') ? Math.max(0, ...cards.keys()) + 1 : this.#next();
    cards.set(number, { ...body, number });
    return { status: 201, body: cards.get(number) };
  }

  #card(id: string, number: string): Reply {
    const found = this.#cardsOf(id).get(Number(number));
    if (found === undefined) throw new Refusal(404, 'there is no such card');
    return { status: 200, body: found };
  }

  #removeCard(id: string, number: string): Reply {
    if (this.#cards.get(this.#board(id).id)?.delete(Number(number)) !== true)
      throw new Refusal(404, 'there is no such card');
    return { status: 204 };
  }
}
