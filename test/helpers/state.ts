import { type Row, rowsOf, type StateTable } from '../../server/store/state.ts';
import type { Store } from '../../server/store/store.ts';

/** Every row of every table that holds what callers asked for, in an order that all databases share. */
export async function readState({ db }: Pick<Store, 'db'>) {
  const all = async <Table extends StateTable>(table: Table): Promise<Row<Table>[]> => {
    const rows: Row<Table>[] = [];
    for await (const some of rowsOf(db, table)) rows.push(...some);
    const keyed = rows.map((row) => ({ row, key: JSON.stringify(row) }));
    return keyed.sort((one, other) => (one.key < other.key ? -1 : 1)).map(({ row }) => row);
  };
  return {
    app: await all('app'),
    backend_environment: await all('backend_environment'),
    auth_resource: await all('auth_resource'),
    job: await all('job'),
    hold: await all('hold'),
    job_listing: await all('job_listing'),
  };
}
