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
  Report: {
    parameters: object;
    responses: {
      200: { content: { 'application/json': { total: number }; 'application/xml': string; 'text/csv': string } };
      202: { content: { 'application/vnd.a+json': { at: string }; 'text/plain': string } };
    };
  };
  Either: {
    parameters: { path: { id: number } };
    requestBody: {
      content: {
        'application/json': { title: string };
        'multipart/form-data': { title: string; file: string };
        'image/*': string;
      };
    };
    responses: { 200: { content: { 'application/json': 4 } } };
  };
  AnyJson: {
    parameters: object;
    requestBody: { content: { '*/*': { a: number } } };
    responses: { 204: { content?: never } };
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
  readonly Either: Operation<
    Operations['Either'],
    {
      body: 'value';
      types: { 'application/json': object; 'multipart/form-data': { files: 'file' }; 'image/*': object };
    }
  >;
  readonly AnyJson: Operation<Operations['AnyJson'], { body: 'value'; type: '*/*'; json: true }>;
  readonly Watch: Operation<Operations['Watch']>;
  readonly Report: Operation<Operations['Report'], { accept: 'application/json' | 'application/vnd.a+json' }>;
};
declare const pets: ApiClient<typeof table>;

export async function inputs() {
  true satisfies Same<
    keyof typeof pets,
    'listPets' | 'addPets' | 'changePet' | 'deletePet' | 'upload' | 'watch' | 'either' | 'anyJson' | 'report'
  >;
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
  await pets.anyJson({ body: { a: 1 } });
  // @ts-expect-error JSON is sent
  await pets.anyJson({ body: 'a' });
}

export async function acceptedTypes() {
  true satisfies Same<Awaited<ReturnType<typeof pets.report>>, { total: number } | { at: string }>;
  const { status, body } = await pets.report.withResponse();
  if (status === 200) is<number>(body.total);
  is<string>(await pets.report({}, { headers: { Accept: 'text/csv' }, as: 'text' }));
}

export async function mediaTypes(type: 'application/json') {
  is<4>(await pets.either({ id: 1, body: { title: 'x' } }));
  is<4>(await pets.either({ id: 1, body: { title: 'x' } }, { type }));
  is<4>(
    await pets.either({ id: 1, body: { title: 'x', file: new Blob() } }, { type: 'multipart/form-data', timeout: 1 }),
  );
  is<4>(await pets.either({ id: 1, body: new Blob() }, { type: 'image/png' }));
  const { body } = await pets.either.withResponse({ id: 1, body: new Blob() }, { type: 'image/*' });
  is<4>(body);
  // @ts-expect-error the file is missing
  await pets.either({ id: 1, body: { title: 'x' } }, { type: 'multipart/form-data' });
  // @ts-expect-error the document does not give it
  await pets.either({ id: 1, body: new Blob() }, { type: 'text/plain' });
  // @ts-expect-error there is no choice
  await pets.addPets({ body: [] }, { type: 'application/json' });
  const { body: bytes } = await pets.either.withResponse({ id: 1, body: { title: 'x' } }, { as: 'bytes' });
  is<ArrayBuffer>(bytes);
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
