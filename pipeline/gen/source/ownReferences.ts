import { attempt, isObject, pointed, pointerTo, segmentsOf } from '../../document/references.ts';
import { walk } from '../../document/walk.ts';

/** A schema with an `$id`: references within it start from there. */
interface Resource {
  readonly url: string;
  readonly pointer: string;
}

/**
 * Writes references by JSON Schema's own means as pointers into the file: by `$id`, by `$anchor`, from a schema with an
 * `$id` on, and by a `$dynamicRef` to the one schema that it can mean. Without its `$id`, a schema's pointers are the
 * file's. Changes what it is given.
 */
export function spellOutOwnReferences(root: unknown): void {
  if (!isObject(root)) return;
  const resources: Resource[] = [{ url: '', pointer: '#' }];
  const anchors: { readonly name: string; readonly pointer: string; readonly isDynamic: boolean }[] = [];
  const nodes: { readonly node: Record<string, unknown>; readonly pointer: string }[] = [];
  walk(root, (node, at) => {
    const { $id, $anchor, $dynamicAnchor, $ref, $dynamicRef } = node;
    const isNamed = [$id, $anchor, $dynamicAnchor].some((one) => typeof one === 'string');
    if (!isNamed && typeof $ref !== 'string' && typeof $dynamicRef !== 'string') return;
    const pointer = at();
    if (typeof $id === 'string') {
      resources.push({ url: absolute($id, within(resources, pointer).url), pointer });
      delete node.$id;
    }
    if (typeof $anchor === 'string') anchors.push({ name: $anchor, pointer, isDynamic: false });
    if (typeof $dynamicAnchor === 'string') anchors.push({ name: $dynamicAnchor, pointer, isDynamic: true });
    nodes.push({ node, pointer });
  });
  const anchored = (name: string, resource: Resource, isDynamic?: boolean): string | undefined => {
    const all = anchors.filter((one) => one.name === name && (!isDynamic || one.isDynamic));
    const own = all.filter(({ pointer }) => within(resources, pointer) === resource);
    const [first, second] = own.length > 0 && !isDynamic ? own : all;
    return second === undefined ? first?.pointer : undefined;
  };
  for (const { node, pointer } of nodes) {
    const base = within(resources, pointer);
    if (typeof node.$ref === 'string') {
      node.$ref = spelledOut(root, node.$ref, pointer, base, resources, anchored) ?? node.$ref;
    }
    const { $dynamicRef, ...others } = node;
    if (typeof $dynamicRef !== 'string' || others.$ref !== undefined) continue;
    const target = $dynamicRef.startsWith('#/') ? undefined : anchored($dynamicRef.replace(/^.*#/, ''), base, true);
    if (target === undefined) continue;
    delete node.$dynamicRef;
    node.$ref = target;
  }
}

type Anchored = (name: string, resource: Resource) => string | undefined;

/** The pointer that a reference stands for; undefined where it is one, or leads out of the file. */
function spelledOut(
  root: object,
  ref: string,
  pointer: string,
  base: Resource,
  resources: readonly Resource[],
  anchored: Anchored,
): string | undefined {
  const [address = '', fragment = ''] = ref.split('#', 2);
  const resource =
    address === '' ? base : resources.find(({ url }) => url !== '' && url === absolute(address, base.url));
  if (resource === undefined) return undefined;
  if (fragment !== '' && !fragment.startsWith('/')) return anchored(fragment, resource);
  if (address !== '') return `${resource.pointer}${fragment}`;
  const leads = (from: string) => attempt(() => pointed(root, `${from}${fragment}`)) !== undefined;
  if (resource.pointer !== '#' && leads(resource.pointer)) return `${resource.pointer}${fragment}`;
  // A schema that was pasted with its own definitions means those.
  const isOfSchema = /^\/(\$defs|definitions)\//.test(fragment);
  return isOfSchema && !leads('#') ? outwards(pointer).find(leads)?.concat(fragment) : undefined;
}

/** The places around a place, the nearest first. */
const outwards = (pointer: string): string[] => {
  const segments = segmentsOf(pointer);
  return segments.map((_, index) => pointerTo('#', ...segments.slice(0, segments.length - 1 - index)));
};

/** The innermost resource that holds a place. */
const within = (resources: readonly Resource[], pointer: string): Resource =>
  resources.reduce((innermost, one) =>
    (pointer === one.pointer || pointer.startsWith(`${one.pointer}/`)) && one.pointer.length > innermost.pointer.length
      ? one
      : innermost,
  );

function absolute(url: string, base: string): string {
  const bare = url.replace(/#.*$/s, '');
  return URL.canParse(bare, base || undefined) ? new URL(bare, base || undefined).href : bare;
}
