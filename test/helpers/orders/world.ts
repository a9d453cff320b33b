import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type Schema, Validator } from '@cfworker/json-schema';
import { parse } from 'yaml';
import { type Item, Refusal } from '../web.ts';
import type { OrderFault } from './faults.ts';

export const ORDERS = fileURLToPath(new URL('../../fixtures/contract/orders.yaml', import.meta.url));
const { components, paths } = parse(readFileSync(ORDERS, 'utf8'));

/** Checked by a library, so that a mistake of the suite's own validator shows as a difference. */
const validatorOf = (schema: Schema) => new Validator({ ...schema, components }, '2020-12');
const change = paths['/customers/{customer_id}/orders/{order_id}'].patch.requestBody.content;

export const bodies = {
  customer: validatorOf({ $ref: '#/components/schemas/CustomerInput' }),
  customerChange: validatorOf({ $ref: '#/components/schemas/CustomerPatch' }),
  order: validatorOf({ $ref: '#/components/schemas/OrderInput' }),
  orderChange: validatorOf(change['application/merge-patch+json'].schema),
};

const time = validatorOf({ type: 'string', format: 'date-time' });
const day = validatorOf({ type: 'string', format: 'date' });
export const isTime = (text: string): boolean => time.validate(text).valid;
export const isDay = (text: string): boolean => day.validate(text).valid;
export const isWhole = (text: string, least: number, most = 1e11): boolean =>
  /^-?\d+$/.test(text) && Number(text) >= least && Number(text) <= most;

export function checked(validator: Validator, body: unknown): Item {
  const { valid, errors } = validator.validate(body);
  if (!valid) throw new Refusal(400, errors[0]?.error ?? 'not as documented');
  return body as Item;
}

export interface Customer extends Item {
  readonly id: string;
  readonly created_at: string;
  readonly updated_at: string;
}

export interface Order extends Item {
  readonly id: number;
  readonly customer_id: string;
  status: string;
  readonly placed_at: string;
  readonly total: number;
  readonly lines: readonly { readonly sku: string; readonly quantity: number; readonly price: number }[];
}

/** The server's data, and the fault it has. */
export class World {
  readonly fault: OrderFault;
  readonly customers = new Map<string, Customer>();
  readonly versions = new Map<string, number>();
  readonly removed: Customer[] = [];
  readonly orders = new Map<number, Order>();
  readonly attachments = new Map<string, Item & { readonly order: number }>();
  #last = 0;

  constructor(fault: OrderFault) {
    this.fault = fault;
  }

  next(): number {
    this.#last += 1;
    return this.#last;
  }

  has(...faults: readonly OrderFault[]): boolean {
    return faults.includes(this.fault);
  }

  etag({ id }: Customer): string {
    return `"${this.versions.get(id)}"`;
  }

  absent(): Refusal {
    if (this.has('absent-400')) return new Refusal(400, 'there is no such thing');
    if (this.has('absent-200')) return new Refusal(200, '', { body: null });
    const text = this.has('absent-text') ? { type: 'text/html', body: '<h1>404</h1>' } : {};
    return new Refusal(404, 'there is no such thing', text);
  }

  customer(id: string): Customer {
    const found = this.customers.get(id);
    if (found === undefined) throw this.absent();
    return found;
  }
}
