import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';
import { FakeIdentityPools } from './cognitoFakeIdentityPools.ts';
import { Refusal, type Wire } from './cognitoFakeRules.ts';
import { FakeUserPools } from './cognitoFakeUserPools.ts';

export interface Call {
  readonly name: string;
  readonly input: Wire;
}

/**
 * A fault of a call. `hang up` and `say nothing` come after its work is done: only the answer is lost.
 */
export type Fault = 'refuse' | 'throttle' | 'hang up' | 'say nothing';

/** Quotes what it was sent, as Cognito may. */
export const refusal = (input: Wire): string => `No. I was sent ${JSON.stringify(input)}`;

/** Cognito's protocol over HTTP, with both of its services in memory: it records the calls and fails them as told. */
export class CognitoFake {
  readonly userPools = new FakeUserPools();
  readonly identityPools = new FakeIdentityPools();
  /** The calls in the order of their arrival. */
  readonly calls: Call[] = [];
  /** Asked for every call. */
  fault: (call: Call) => Fault | undefined = () => undefined;
  url = '';

  readonly names = (): string[] => this.calls.map(({ name }) => name);
  readonly inputOf = (name: string): Wire => this.calls.findLast((call) => call.name === name)?.input;

  /** All that is at Cognito, with names in place of what is made up anew each time, to compare one run with another. */
  snapshot(): unknown {
    const state = { userPools: this.userPools.snapshot(), identityPools: this.identityPools.snapshot() };
    const clients = state.userPools.flatMap((pool) => pool.clients);
    const names = new Map<string, string>([
      ...state.userPools.map(({ fields }): [string, string] => [fields.Id, `user pool ${fields.Name}`]),
      ...clients.map(({ ClientId, ClientName }): [string, string] => [ClientId, `client ${ClientName}`]),
      ...state.identityPools.map((pool): [string, string] => [pool.IdentityPoolId, `pool ${pool.IdentityPoolName}`]),
    ]);
    let text = JSON.stringify(state).replaceAll(/"[0-9a-f]{32}"/g, '"mark"');
    for (const [id, name] of names) text = text.replaceAll(id, name);
    return JSON.parse(text);
  }

  /** The same by names, to see where two differ. */
  byName(): unknown {
    const { userPools, identityPools } = this.snapshot() as Record<string, Wire[]>;
    const named = (things: Wire[] = [], member: string) => Object.fromEntries(things.map((one) => [one[member], one]));
    const pools = userPools?.map((pool) => [
      pool.fields.Name,
      { ...pool, clients: named(pool.clients, 'ClientName'), providers: named(pool.providers, 'ProviderName') },
    ]);
    return { ...Object.fromEntries(pools ?? []), ...named(identityPools, 'IdentityPoolName') };
  }

  readonly save = () =>
    structuredClone({
      userPools: this.userPools.pools,
      identityPools: this.identityPools.pools,
      roles: this.identityPools.roles,
    });

  restore(saved: ReturnType<CognitoFake['save']>): void {
    const { userPools, identityPools, roles } = structuredClone(saved);
    refill(this.userPools.pools, userPools);
    refill(this.identityPools.pools, identityPools);
    refill(this.identityPools.roles, roles);
  }

  /** From now on the call with this index fails in this way, once. */
  failOnce(index: number, fault: Fault): void {
    let next = 0;
    this.fault = () => (next++ === index ? fault : undefined);
  }

  /** Has the call with this index do its work and answer nothing, and says when it comes. */
  hangAt(index: number): Promise<void> {
    const { promise: reached, resolve: reach } = Promise.withResolvers<void>();
    let next = 0;
    this.fault = () => {
      if (next++ !== index) return undefined;
      reach();
      return 'say nothing';
    };
    return reached;
  }

  readonly handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const name = String(request.headers['x-amz-target']).split('.')[1] ?? '';
    const call = { name, input: JSON.parse(await textOf(request)) };
    this.calls.push(call);
    const fault = this.fault(call);
    const answer = (status: number, body: object) =>
      response.writeHead(status, { 'content-type': 'application/x-amz-json-1.1' }).end(JSON.stringify(body));
    const refuse = (code: string, message: string) => answer(400, { __type: code, message });
    if (fault === 'refuse') return void refuse('InvalidParameterException', refusal(call.input));
    if (fault === 'throttle') return void refuse('TooManyRequestsException', 'Too many requests');
    try {
      const known = this.userPools.calls[name] ?? this.identityPools.calls[name];
      const done = known?.(call.input);
      if (fault === 'hang up') response.destroy();
      else if (fault === undefined) answer(done === undefined ? 501 : 200, done ?? {});
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      refuse(error.code, error.message);
    }
  };
}

/** A fake of its own for one test. */
export async function cognitoFake(): Promise<CognitoFake> {
  const fake = new CognitoFake();
  const server = createServer(fake.handle).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  fake.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return fake;
}

function refill<Value>(map: Map<string, Value>, entries: Map<string, Value>): void {
  map.clear();
  for (const [key, value] of entries) map.set(key, value);
}

async function textOf(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of request) text += String(chunk);
  return text;
}
