import type { IncomingMessage } from 'node:http';
import type { Exchange } from './exchange.ts';
import type { RequestContext } from './handler.ts';
import type { Log } from './log.ts';

async function* nothing(): AsyncGenerator<never, void> {}

/** A handler's view of a request. Its parts are made when they are read: most handlers read none. */
export class Context implements RequestContext {
  readonly #exchange: Exchange;

  constructor(exchange: Exchange) {
    this.#exchange = exchange;
  }

  get id(): string {
    return this.#exchange.id;
  }

  get operation(): string {
    return this.#exchange.served?.operation.id ?? '';
  }

  get headers(): Readonly<Record<string, string | string[] | undefined>> {
    return this.#exchange.request.headers;
  }

  get raw(): IncomingMessage {
    return this.#exchange.request;
  }

  get body(): unknown {
    return this.#exchange.body;
  }

  items<Item>(pointer: string): AsyncIterable<readonly Item[]> {
    return (this.#exchange.items?.(pointer) ?? nothing()) as AsyncIterable<readonly Item[]>;
  }

  get signal(): AbortSignal {
    return this.#exchange.signal;
  }

  get principal(): Readonly<Record<string, unknown>> {
    return this.#exchange.principal;
  }

  get caller(): string | undefined {
    return this.#exchange.identity?.id;
  }

  get log(): Log {
    return this.#exchange.log;
  }
}
