// Checked by `tsc`, not run: each line under @ts-expect-error must not compile.

import type { ApiClient, Operation, ServerSentEvent, Upload } from '../../../pipeline/fetch/index.ts';

declare function is<Expected>(value: Expected): void;
type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;

interface Operations {
  ListPets: {
    parameters: { query?: { limit?: number; tags?: string[] } };
    requestBody?: never;
    responses: {
      200: { headers: { 'X-Total': number; [name: string]: unknown }; content: { 'application/json': string[] } };
      default: { headers: object; content: { 'application/json': 0 } };
    };
  };
  AddPets: {
    parameters: { query?: never };
    requestBody: { content: { 'application/json': string[] } };
    responses: { 201: { content: { 'application/hal+json': 1 } }; 202: { content?: never }; 400: { content: 2 } };
  };
  ChangePet: {
    parameters: { path: { id: number }; cookie?: { session?: string } };
    requestBody: { content: { 'application/json': { name: string } | { age: number } } };
    responses: { default: { content: { 'application/json; charset=utf-8': 3 } } };
  };
  DeletePet: {
    parameters: { path: { id: number }; header: { 'If-Match': string } };
    responses: { 204: { content?: never } };
  };
  Upload: {
    parameters: object;
    requestBody: { content: { 'multipart/form-data': { title: string; file: string; more?: string[] } } };
    responses: { 200: { content: { 'image/png': string } } };
  };
  Watch: {
    parameters: object;
    responses: { 200: { content: { 'text/event-stream': { n: number }; 'text/csv': string } } };
  };
}
declare const table: {
  readonly ListPets: Operation<Operations['ListPets'], { items: '' }>;
  readonly AddPets: Operation<Operations['AddPets'], { body: 'value' }>;
  readonly ChangePet: Operation<Operations['ChangePet'], { body: 'members' }>;
  readonly deletePet: Operation<Operations['DeletePet']>;
  readonly Upload: Operation<
    Operations['Upload'],
    { body: 'members'; type: 'multipart/form-data'; files: 'file' | 'more' }
  >;
  readonly Watch: Operation<Operations['Watch']>;
};
declare const pets: ApiClient<typeof table>;

export async function inputs() {
  true satisfies Same<keyof typeof pets, 'listPets' | 'addPets' | 'changePet' | 'deletePet' | 'upload' | 'watch'>;
  await pets.listPets({ limit: 3 }, { signal: new AbortController().signal });
  // @ts-expect-error a wrong type
  await pets.listPets({ limit: '3' });
  // @ts-expect-error the body is required
  await pets.addPets();
  // @ts-expect-error a header is missing
  await pets.deletePet({ id: 1 });
  await pets.changePet({ id: 1, age: 3, session: 's' });
  await pets.changePet({ id: 1, name: 'Tom' });
  // @ts-expect-error neither of the two
  await pets.changePet({ id: 1, colour: 'red' });
  await pets.upload({ title: 'x', file: new Blob(), more: [new Uint8Array(1)] });
  // @ts-expect-error a file is no text
  await pets.upload({ title: 'x', file: 'x' });
  is<Upload>(new ReadableStream<Uint8Array>());
}

export async function answers() {
  is<string[]>(await pets.listPets());
  is<1 | undefined>(await pets.addPets({ body: ['cat'] }));
  is<undefined>(await pets.deletePet({ id: 1, 'If-Match': '"a"' }));
  is<3>(await pets.changePet({ id: 1, age: 3 }));
  is<Blob>(await pets.upload({ title: 'x', file: new Blob() }));
  is<ReadableStream>(await pets.upload({ title: 'x', file: new Blob() }, { as: 'stream' }));
  is<string>(await pets.upload({ title: 'x', file: new Blob() }, { as: 'text' }));
  const watched = await pets.watch();
  if (typeof watched !== 'string') for await (const event of watched) is<ServerSentEvent<{ n: number }>>(event);

  const added = await pets.addPets.withResponse({ body: [] });
  if (added.status === 201) is<1>(added.body);
  else is<undefined>(added.body);
  // @ts-expect-error no success has this status
  if (added.status === 400) throw added;
  const { headers, requestId } = await pets.listPets.withResponse();
  is<number | undefined>(headers['X-Total']);
  is<string | undefined>(requestId);
}
