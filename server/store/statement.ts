import type { SQLInputValue } from 'node:sqlite';
import { type Compilable, type CompiledQuery, sql } from 'kysely';
import type { Database } from './schema.ts';

/** What runs a statement without Kysely in between: SQLite, where a query's building takes ten times its running. */
export interface DirectRunner {
  /** Settles when no transaction of others is open that a read could see into; undefined when that is now. */
  readonly ready: () => Promise<void> | undefined;
  all(sql: string, parameters: SQLInputValue[]): unknown[];
  /** Answers how many rows it changed. */
  run(sql: string, parameters: SQLInputValue[]): number;
}

const runners = new WeakMap<Database, DirectRunner>();

/** Has statements on `db` run directly. */
export const runDirectly = (db: Database, runner: DirectRunner) => runners.set(db, runner);

/** Stands for a parameter while the query is compiled. */
class Placeholder {
  readonly name: string;
  constructor(name: string) {
    this.name = name;
  }
}

type Value = string | number | null;

/**
 * Written into the SQL instead of bound. SQLite uses a partial index only for a query that names the index's own value,
 * and prepares a statement again each time the value of its limit is bound.
 */
export const literal = <T extends Value>(value: T) => sql.lit(value);

/**
 * A query that Kysely compiles once for each dialect, and that runs as a prepared statement ever after. `build` gets
 * stand-ins for the parameters, which it may put where a value goes, and nowhere else; `shared` says that other
 * processes may use the database, and so which of the two dialects it is for.
 */
export class Statement<Parameters extends { readonly [Name in keyof Parameters]: Value }, Row> {
  readonly #build: (db: Database, parameters: Parameters, shared: boolean) => Compilable<Row>;
  readonly #compiled = new Map<boolean, CompiledQuery>();

  constructor(build: (db: Database, parameters: Parameters, shared: boolean) => Compilable<Row>) {
    this.#build = build;
  }

  /** The rows that it finds or returns. */
  async all(db: Database, parameters: Parameters): Promise<Row[]> {
    const { query, runner } = this.#prepare(db, parameters);
    if (runner === undefined) return (await db.executeQuery(query)).rows as Row[];
    await untilReady(runner);
    return runner.all(query.sql, query.parameters) as Row[];
  }

  async first(db: Database, parameters: Parameters): Promise<Row | undefined> {
    return (await this.all(db, parameters))[0];
  }

  /** Answers how many rows it changed. */
  async run(db: Database, parameters: Parameters): Promise<number> {
    const { query, runner } = this.#prepare(db, parameters);
    if (runner === undefined) return Number((await db.executeQuery(query)).numAffectedRows ?? 0);
    await untilReady(runner);
    return runner.run(query.sql, query.parameters);
  }

  #prepare(db: Database, parameters: Parameters) {
    const runner = runners.get(db);
    const compiled = this.#compile(db, runner === undefined);
    return { runner, query: { ...compiled, parameters: bind(compiled, parameters) } };
  }

  #compile(db: Database, shared: boolean): CompiledQuery {
    let compiled = this.#compiled.get(shared);
    if (compiled === undefined) {
      const stand = new Proxy({}, { get: (_, name) => new Placeholder(String(name)) }) as Parameters;
      compiled = this.#build(db, stand, shared).compile();
      this.#compiled.set(shared, compiled);
    }
    return compiled;
  }
}

/** Nothing comes between this and what follows it: a transaction begins in a turn of its own. */
async function untilReady({ ready }: DirectRunner): Promise<void> {
  for (let wait = ready(); wait !== undefined; wait = ready()) await wait;
}

const bind = ({ parameters }: CompiledQuery, values: object): Value[] =>
  parameters.map((parameter) =>
    parameter instanceof Placeholder
      ? ((values as Record<string, Value>)[parameter.name] ?? null)
      : (parameter as Value),
  );
