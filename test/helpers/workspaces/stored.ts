import type { Item } from '../web.ts';
import type { WorkspaceFault } from './faults.ts';
import type { World } from './world.ts';

const DAY = 24 * 3_600_000; // ms

const TITLES: Partial<Record<WorkspaceFault, (title: string) => string>> = {
  'doc-trim': (title) => title.trim() || title,
  'doc-nfc': (title) => title.normalize('NFC'),
  'doc-lower': (title) => title.toLowerCase(),
  'doc-strip-emoji': (title) => title.replace(/[\u{10000}-\u{10ffff}]/gu, '?'),
  'doc-html-escaped': (title) => title.replaceAll('&', '&amp;').replaceAll('<', '&lt;'),
};

/** The members of a document as they are stored, each fault with its own loss. */
export function stored(world: World, given: Item): Item {
  const body = structuredClone(given);
  const { title, weight, due, source, body: text, starred, position } = body;
  if (typeof title === 'string') body.title = TITLES[world.fault as WorkspaceFault]?.(title) ?? title;
  if (world.has('doc-weight-round') && typeof weight === 'number') body.weight = Math.round(weight * 10) / 10;
  if (world.has('doc-starred-text') && starred !== undefined) body.starred = String(starred);
  if (world.has('doc-due-shift') && typeof due === 'string')
    body.due = new Date(Date.parse(due) + DAY).toISOString().slice(0, 10);
  if (world.has('doc-due-null-lost') && due === null) body.due = '1970-01-01';
  if (world.has('doc-body-truncated') && typeof text === 'string') body.body = text.slice(0, 255);
  if (world.has('doc-zero-position') && position === 0) body.position = 1;
  if (world.has('doc-source-query-lost') && typeof source === 'string') body.source = source.replace(/\?.*$/, '');
  return { ...body, ...lists(world, body) };
}

function lists(world: World, { labels, blocks }: Item): Item {
  const change: Item = {};
  if (Array.isArray(labels)) {
    if (world.has('doc-labels-sorted')) change.labels = labels.toSorted();
    if (world.has('doc-labels-empty-null') && labels.length === 0) change.labels = null;
    if (world.has('doc-labels-csv')) change.labels = labels.join(',').split(',').filter(Boolean);
  }
  if (Array.isArray(blocks)) {
    if (world.has('doc-blocks-reversed')) change.blocks = blocks.toReversed();
    if (world.has('doc-block-text-lost')) change.blocks = blocks.map(({ text: _text, ...rest }) => rest);
  }
  return change;
}
