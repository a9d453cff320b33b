import type { Request, Response, Router } from 'express';
import type { Item } from '../web.ts';
import { auth } from './http.ts';
import { type Kept, Refused, type World } from './world.ts';

const ALL = '/workspaces/:workspace_id/documents/:document_id/files';
const ONE = `${ALL}/:file_id`;
const KINDS = ['image', 'text', 'other'];

export function fileRoutes(world: World, router: Router): void {
  router.get(ALL, auth(world), (request, response) => {
    const own = world.files.get(world.document(request).id)?.values() ?? [];
    const all = world.has('file-list-all') ? everything(world) : [...own];
    response.json(all.map((one) => shown(world, one)));
  });
  router.post(ALL, auth(world), (request, response) => upload(world, request, response));
  router.get(ONE, auth(world), (request, response) => response.json(shown(world, found(world, request))));
  router.get(`${ONE}/content`, auth(world), (request, response) => {
    const { bytes } = found(world, request);
    if (world.has('file-content-empty')) response.json({ ok: true });
    else response.type('application/octet-stream').send(bytes);
  });
  router.delete(ONE, auth(world), (request, response) => {
    const { id } = found(world, request);
    if (!world.has('file-delete-nothing')) for (const files of world.files.values()) files.delete(id);
    response.status(204).end();
  });
}

const everything = (world: World): Kept[] => [...world.files.values()].flatMap((files) => [...files.values()]);

function found(world: World, request: Request): Kept {
  const id = Number(request.params.file_id);
  const anywhere = everything(world).find((one) => one.id === id);
  if (world.has('file-orphans') && anywhere !== undefined) return anywhere;
  const own = world.files.get(world.document(request).id)?.get(id);
  const one = own ?? (world.has('file-foreign') ? anywhere : undefined);
  if (one === undefined) throw new Refused(404, 'not_found');
  return one;
}

async function upload(world: World, request: Request, response: Response): Promise<void> {
  const document = world.document(request);
  if (!request.is('multipart/form-data')) throw new Refused(415, 'unsupported_media_type');
  const form = await formOf(request);
  const [caption, kind] = ['caption', 'kind'].map((name) => form.get(name) ?? undefined);
  const file = form.get('file');
  if (file === null && !world.has('file-missing-ok')) throw new Refused(422, 'invalid');
  const isKind = kind === undefined || KINDS.includes(String(kind));
  if (!isKind && !world.has('file-kind-unchecked')) throw new Refused(422, 'invalid');
  if ([...String(caption ?? '')].length > 40 && !world.has('file-caption-max')) throw new Refused(422, 'invalid');
  const bytes = Buffer.from(file === null || typeof file === 'string' ? (file ?? '') : await bytesOf(file));
  world.lastFile += 1;
  const made = {
    id: world.lastFile,
    size: world.has('file-size-wrong') ? 'big' : bytes.length,
    ...(caption !== undefined && !world.has('file-caption-lost') && { caption }),
    ...(kind !== undefined && !world.has('file-kind-lost') && { kind: isKind ? kind : 'other' }),
    bytes,
  };
  world.files.get(document.id)?.set(made.id, made);
  response.location(`${request.originalUrl}/${made.id}`).status(201).json(shown(world, made));
}

async function formOf(request: Request): Promise<FormData> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  try {
    const headers = { 'content-type': String(request.get('content-type')) };
    return await new Response(new Uint8Array(Buffer.concat(chunks)), { headers }).formData();
  } catch {
    throw new Refused(422, 'invalid');
  }
}

const bytesOf = async (file: Blob): Promise<Uint8Array> => new Uint8Array(await file.arrayBuffer());

const shown = (world: World, { bytes: _bytes, ...file }: Kept): Item =>
  world.has('file-id-text') ? { ...file, id: String(file.id) } : file;
