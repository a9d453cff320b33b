import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import type { Case, Context, Failure } from '../../pipeline/contract/cases/case.ts';
import { isObject, pointer } from '../../pipeline/contract/document/json.ts';
import type { Answer } from '../../pipeline/contract/wire/messages.ts';
import { Calls, type Place } from './calls.ts';
import { plainConfig } from './configs.ts';

/** The apps that a rule is tried with. They are removed when it is done. */
export class Trial {
  readonly calls: Calls;
  readonly failures: Failure[] = [];
  readonly #rule: string;
  readonly #apps = new Set<string>();

  constructor(rule: string, { sender }: Context, jobTimeout: number) {
    this.#rule = rule;
    this.calls = new Calls(sender, jobTimeout);
  }

  /** A new environment: of a new app, unless one is given. */
  async environment(appId = `d${randomUUID().replaceAll('-', '').slice(0, 12)}`): Promise<Place> {
    const place = { appId, environment: `env${randomUUID().slice(0, 6)}` };
    this.#apps.add(appId);
    await this.calls.done(await this.calls.createBackend(place), place);
    return place;
  }

  async auth(config: object = plainConfig, appId?: string): Promise<Place> {
    const place = await this.environment(appId);
    await this.calls.done(await this.calls.createAuth(place, config), place);
    return place;
  }

  async update(place: Place, config: unknown): Promise<void> {
    await this.calls.done(await this.calls.updateAuth(place, config), place);
  }

  /** The configuration as it is read, and the answer that told it. */
  async config(place: Place): Promise<{ config: unknown; answer: Answer }> {
    const answer = await this.calls.getAuth(place);
    return { config: isObject(answer.json) ? answer.json.resourceConfig : undefined, answer };
  }

  /** Takes note of it if two things differ, each difference with its place. */
  same(answer: Answer, got: unknown, wanted: unknown, what: string, path: readonly (string | number)[] = []): void {
    if (isDeepStrictEqual(got, wanted)) return;
    if (isObject(got) && isObject(wanted)) {
      for (const name of new Set([...Object.keys(got), ...Object.keys(wanted)])) {
        this.same(answer, got[name], wanted[name], what, [...path, name]);
      }
      return;
    }
    const show = (value: unknown) => JSON.stringify(value) ?? 'nothing';
    this.fail(answer, pointer(path), `${what}: ${pointer(path)} is ${show(got)}, expected ${show(wanted)}`);
  }

  expect(answer: Answer, holds: boolean, what: string, place = ''): void {
    if (!holds) this.fail(answer, place, what);
  }

  fail({ curl }: Answer, place: string, message: string): void {
    this.failures.push({ rule: this.#rule, place, message, curl });
  }

  async close(): Promise<void> {
    for (const appId of this.#apps) await this.calls.removeApp(appId);
  }
}

export interface Rule {
  readonly name: string;
  /** The operations that it is about, for `--only`. */
  readonly operations: readonly string[];
  readonly says: string;
  readonly holds: (trial: Trial) => Promise<void>;
}

export const ruleCases = (rules: readonly Rule[], jobTimeout: number): Case[] =>
  rules.map(({ name, operations, says, holds }) => ({
    operation: name,
    title: says,
    about: operations,
    run: async (context) => {
      const trial = new Trial(name, context, jobTimeout);
      try {
        await holds(trial);
      } finally {
        await trial.close();
      }
      return trial.failures;
    },
  }));
