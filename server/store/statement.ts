import type { SQLInputValue } from 'node:sqlite';
import { type Compilable, type CompiledQuery, type RawBuilder, sql } from 'kysely';
import type { Database } from './schema.ts';

/** Runs a statement without Kysely in between: SQLite, where a query's building takes ten times its running. */
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

/** As the partial index `job_running` says it. */
export const RUNNING = literal('RUNNING');

/** The two dialects differ in these. */
export interface Dialect {
  /** Other processes may use the database, which is PostgreSQL's. */
  readonly shared: boolean;
  /** The time of the database where several processes with clocks of their own use it, else the given one. */
  time(now: number): RawBuilder<number>;
  /** The strings of a JSON array, for `in`. */
  strings(json: string): RawBuilder<string>;
}

const POSTGRES: Dialect = {
  shared: true,
  time: () => sql<number>`floor(extract(epoch from clock_timestamp()) * 1000)::bigint`,
  strings: (json) => sql<string>`(select jsonb_array_elements_text(${json}::jsonb))`,
};
const SQLITE: Dialect = {
  shared: false,
  time: (now) => sql<number>`${now}`,
  strings: (json) => sql<string>`(select value from json_each(${json}))`,
};

/**
 * A query that Kysely compiles once for each dialect, and that runs as a prepared statement ever after. `build` gets
 * stand-ins for the parameters, which it may put where a value goes, and nowhere else.
 */
export class Statement<Parameters extends { readonly [Name in keyof Parameters]: Value }, Row> {
  readonly #build: (db: Database, parameters: Parameters, dialect: Dialect) => Compilable<Row>;
  readonly #compiled = new Map<Dialect, CompiledQuery>();

  constructor(build: (db: Database, parameters: Parameters, dialect: Dialect) => Compilable<Row>) {
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
    const compiled = this.#compile(db, runner === undefined ? POSTGRES : SQLITE);
    return { runner, query: { ...compiled, parameters: bind(compiled, parameters) } };
  }

  #compile(db: Database, dialect: Dialect): CompiledQuery {
    let compiled = this.#compiled.get(dialect);
    if (compiled === undefined) {
      const stand = new Proxy({}, { get: (_, name) => new Placeholder(String(name)) }) as Parameters;
      compiled = this.#build(db, stand, dialect).compile();
      this.#compiled.set(dialect, compiled);
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
