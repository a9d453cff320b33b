import { findSections, type Section } from './sections.ts';

// Every guide loads this. It adds the search to the page: without scripts there is none, and nothing that does not work.
const SECTIONS = new URL('sections.json', location.href);
const PAUSE = 100; // ms

let sections: Promise<readonly Section[]> | undefined;
let pause: ReturnType<typeof setTimeout> | undefined;
let asked = 0;

const input = element('input', { type: 'search', placeholder: 'Search the guides', autocomplete: 'off' });
input.ariaLabel = 'Search the guides';
const status = element('p', { role: 'status' });
const list = element('ul', {});
const search = element('search', { class: 'guide-search' });
search.append(input, status, list);
document.querySelector('.guide-nav')?.after(search);

input.addEventListener('input', () => {
  clearTimeout(pause);
  pause = setTimeout(() => void show(input.value), PAUSE);
});
search.addEventListener('keydown', ({ key }) => {
  if (key !== 'Escape') return;
  input.value = '';
  input.focus();
  void show('');
});

async function show(query: string): Promise<void> {
  asked += 1;
  const mine = asked;
  try {
    const found = query.trim() === '' ? [] : findSections(await read(), query);
    if (mine !== asked) return; // Someone typed on.
    status.textContent = query.trim() === '' ? '' : outcome(found.length);
    list.replaceChildren(
      ...found.map(({ href, guide, heading, excerpt }) => {
        const item = element('li', {});
        const link = element('a', { href });
        link.textContent = heading === guide ? guide : `${guide}: ${heading}`;
        const text = element('p', {});
        text.textContent = excerpt;
        item.append(link, text);
        return item;
      }),
    );
  } catch {
    if (mine === asked) status.textContent = 'The guides could not be read. Type again to try once more.';
  }
}

const outcome = (count: number): string =>
  count === 0
    ? 'No guide has all of these words.'
    : `${count === 1 ? 'One section' : `${count} sections`} with these words.`;

function read(): Promise<readonly Section[]> {
  sections ??= fetch(SECTIONS).then((answer) => {
    if (!answer.ok) throw new Error(`${answer.status}`);
    return answer.json();
  });
  sections.catch(() => {
    sections = undefined;
  });
  return sections;
}

function element<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Readonly<Record<string, string>>,
): HTMLElementTagNameMap[Tag] {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  return made;
}
