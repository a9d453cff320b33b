import { randomBytes } from 'node:crypto';
import type { RequestListener } from 'node:http';
import { type Call, Refusal, type Reply, serve } from '../web.ts';
import { customerRoutes } from './customers.ts';
import type { OrderFault } from './faults.ts';
import { orderRoutes } from './placed.ts';
import { World } from './world.ts';

export const ORDERS_TOKEN = 't0ken';
const JSON_TYPES = ['application/json', 'application/merge-patch+json'];

/** A server of `orders.yaml`: customers, their orders, and files at the orders. Correct but for its fault. */
export function orders(fault: OrderFault = 'none'): RequestListener {
  const world = new World(fault);
  return serve(
    [
      ['GET /health', () => health(world)],
      ['POST /session', (call) => logIn(world, call)],
      ...customerRoutes(world),
      ...orderRoutes(world),
    ],
    (call) => {
      authenticate(world, call);
      const isJson = !call.path.startsWith('/session') && !call.path.includes('/attachments');
      if (call.type !== '' && isJson && !JSON_TYPES.includes(call.type))
        throw new Refusal(world.has('type-500') ? 500 : 400, 'JSON, please');
    },
    ({ message, reply }): Reply =>
      world.has('error-shape') && reply.status >= 400 ? { ...reply, body: { error: message } } : reply,
  );
}

function authenticate(world: World, { path, headers: { authorization = '' } }: Call): void {
  if (['/health', '/session'].includes(path) || authorization === `Bearer ${ORDERS_TOKEN}`) return;
  if (world.has('auth-child') && /orders\/\d+$/.test(path)) return;
  if (world.has('auth-any') && authorization.startsWith('Bearer ')) return;
  throw new Refusal(world.has('auth-404') ? 404 : 401, 'credentials, please');
}

const health = (world: World): Reply =>
  world.has('health-json') ? { status: 200, body: { ok: true } } : { status: 200, type: 'text/plain', body: 'ok' };

async function logIn(world: World, { type, form }: Call): Promise<Reply> {
  if (type !== 'application/x-www-form-urlencoded') throw new Refusal(400, 'a form, please');
  const given = await form();
  const [username, password, remember] = ['username', 'password', 'remember'].map((name) => given.get(name));
  const isWell = Boolean(username) && typeof password === 'string' && [...password].length >= 4;
  if (!isWell && !world.has('login-unchecked')) throw new Refusal(400, 'username and password');
  if (remember !== null && !['true', 'false'].includes(String(remember))) throw new Refusal(400, 'remember');
  if (username !== 'ann' || password !== 'correct horse') throw new Refusal(401, 'wrong');
  const lifetime = world.has('login-expired') ? 0 : 3600; // s
  return { status: 200, body: { token: randomBytes(8).toString('hex'), expires_in: lifetime } };
}
