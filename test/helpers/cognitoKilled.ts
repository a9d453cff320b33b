import { copyFileSync, rmSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { isDeepStrictEqual } from 'node:util';
import { ENDED } from '../../server/jobs/running.ts';
import { SMS_ROLE } from './cognito.ts';
import type { Call, CognitoFake, Fault } from './cognitoFake.ts';
import { isWrite, type Operation, roles } from './cognitoOperations.ts';
import { Scene } from './cognitoScene.ts';
import { temporaryFolder } from './folder.ts';
import { type Run, ready, server } from './process.ts';
import { type Answer, ended, type Place, send } from './server.ts';

/** The reason why a job undoes its writes: its last one is refused, or `UpdateBackendJob` ends the job during it. */
export type Reason = 'refused' | 'ended';

/** Starts an operation in a process of its own, and kills that while it puts back what it has written. */
export class UndoKiller {
  readonly fake: CognitoFake;
  readonly place: Place;
  /** Cognito's state before the operation, and after one that nothing disturbed. */
  readonly before: unknown;
  readonly end: unknown;
  /** Its calls then. */
  readonly calls: readonly string[];
  readonly #operation: Operation;
  /** The index of its last write. */
  readonly #last: number;
  readonly #reset: () => string;
  /** The process that serves. */
  #serving: Run | undefined;

  private constructor(
    scene: Scene,
    operation: Operation,
    known: { before: unknown; end: unknown; calls: readonly string[] },
    reset: () => string,
  ) {
    this.fake = scene.fake;
    this.place = scene.place;
    this.before = known.before;
    this.end = known.end;
    this.#operation = operation;
    this.calls = known.calls;
    this.#last = known.calls.findLastIndex(isWrite);
    this.#reset = reset;
  }

  static async setUp(operation: Operation): Promise<UndoKiller> {
    const folder = temporaryFolder();
    const [database, saved] = [`${folder}/backend.db`, `${folder}/saved.db`];
    const scene = await Scene.setUp({ database });
    const { calls, end } = await scene.undisturbed(operation);
    const [before, atCognito] = [scene.fake.snapshot(), scene.fake.save()];
    await scene.server.stop(0);
    copyFileSync(database, saved);
    const reset = () => {
      for (const log of ['-wal', '-shm']) rmSync(`${database}${log}`, { force: true });
      copyFileSync(saved, database);
      scene.fake.restore(atCognito);
      return database;
    };
    return new UndoKiller(scene, operation, { before, end, calls }, reset);
  }

  /**
   * Starts all anew, and kills the process once Cognito has done the write with this index of those that put things back.
   * Answers that call, the job, and the URL of the next process; undefined where there are fewer such writes.
   * `failsAgain`: whether the write that was refused is refused when the job runs again.
   */
  async kill(index: number, reason: Reason, failsAgain = true) {
    await this.#kill();
    const database = this.#reset();
    const first = await this.#serve(database);
    const undo = new Undo(this.#last, index, reason);
    this.fake.fault = undo.fault;
    const job = await this.#operation.start(first.url, this.place);
    await undo.began;
    if (reason === 'ended') await send(this.path(first.url, job), { status: 'FAILED' });
    const call = await Promise.race([undo.reached, this.#quiet(first.url, job)]);
    await this.#kill();
    if (call === undefined) return undefined;
    this.fake.fault = (again) => (failsAgain && undo.isRefused(again) ? 'refuse' : undefined);
    return { call, job, url: (await this.#serve(database)).url };
  }

  /**
   * Starts all anew, and kills the process once Cognito has done the call with this index. The job was ended just before, and
   * the process had not heard so.
   */
  async endAndKill(index: number) {
    await this.#kill();
    const database = this.#reset();
    const { url } = await this.#serve(database);
    const reached = this.fake.hangAt(index);
    const job = await this.#operation.start(url, this.place);
    await reached;
    await this.#kill();
    this.fake.fault = () => undefined;
    const file = new DatabaseSync(database);
    file.prepare("update job set status = 'FAILED', error = ? where id = ?").run(ENDED, job.body.jobId);
    file.close();
    return { job, url: (await this.#serve(database)).url };
  }

  readonly path = (url: string, { body: { jobId } }: Answer): string =>
    `${url}/backend/${this.place.appId}/job/${this.place.environment}/${jobId}`;

  /** Runs the operation as soon as the environment takes it. */
  async run(url: string): Promise<Answer['body']> {
    for (;;) {
      const started = await this.#operation.start(url, this.place);
      if (!String(started.body.message).includes('pending job')) return ended(url, started);
      await pause();
    }
  }

  /** Settles when the job has ended and puts nothing back any more. */
  async #quiet(url: string, job: Answer): Promise<undefined> {
    await ended(url, job);
    for (let before = -1; before !== this.fake.calls.length; ) {
      before = this.fake.calls.length;
      await pause(200);
    }
  }

  async #serve(database: string) {
    const world = ['--provisioner', 'cognito', '--cognito-endpoint', this.fake.url, '--sms-role-arn', SMS_ROLE];
    const pool = ['--auth-role-arn', roles.authenticated, '--unauth-role-arn', roles.unauthenticated];
    this.#serving = server(['--port', '0', '--database', database, ...world, ...pool]);
    return { url: await ready(this.#serving) };
  }

  async #kill(): Promise<void> {
    this.#serving?.child.kill('SIGKILL');
    await this.#serving?.ended;
  }
}

/** The faults that lead to the moment of the kill. */
class Undo {
  readonly began: Promise<void>;
  readonly reached: Promise<string>;
  readonly fault: (call: Call) => Fault | undefined;
  #refused: Call | undefined;

  constructor(last: number, index: number, reason: Reason) {
    const [began, reached] = [Promise.withResolvers<void>(), Promise.withResolvers<string>()];
    this.began = began.promise;
    this.reached = reached.promise;
    let [next, undone] = [0, 0];
    this.fault = (call) => {
      const position = next++;
      if (position < last) return undefined;
      if (position > last) {
        if (!isWrite(call.name) || undone++ !== index) return undefined;
        reached.resolve(call.name);
        return 'say nothing';
      }
      began.resolve();
      if (reason === 'ended') return 'say nothing';
      this.#refused = call;
      return 'refuse';
    };
  }

  readonly isRefused = ({ name, input }: Call): boolean =>
    name === this.#refused?.name && isDeepStrictEqual(withoutId(input), withoutId(this.#refused.input));
}

/** A pool that is made again has another id. */
const withoutId = ({ UserPoolId: _, ...rest }: Call['input']): object => rest;

const pause = (ms = 5): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
