/** A part of a guide, from one heading to the next. */
export interface Section {
  /** The page and the anchor of its heading, such as `start.html#in-your-own-project`. */
  readonly href: string;
  readonly guide: string;
  readonly heading: string;
  readonly text: string;
}

export interface Found extends Section {
  /** The words around the first one that was looked for. */
  readonly excerpt: string;
}

const MOST = 20;
const AROUND = 60; // characters

/**
 * The sections that have all of the words, at most 20. Those with the words in their heading come first, then those with
 * the words in the name of their guide; others keep the order of the guides.
 */
export function findSections(sections: readonly Section[], query: string): Found[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return [];
  const ranked = sections.flatMap((section) => {
    const rank = rankOf(section, words);
    return rank === undefined ? [] : [{ section, rank }];
  });
  return ranked
    .sort((one, other) => one.rank - other.rank)
    .slice(0, MOST)
    .map(({ section }) => ({ ...section, excerpt: excerptOf(section.text, words) }));
}

function rankOf({ heading, guide, text }: Section, words: readonly string[]): number | undefined {
  const places = [heading, `${heading} ${guide}`, `${heading} ${guide} ${text}`].map((place) => place.toLowerCase());
  const rank = places.findIndex((place) => words.every((word) => place.includes(word)));
  return rank === -1 ? undefined : rank;
}

function excerptOf(text: string, words: readonly string[]): string {
  const lower = text.toLowerCase();
  const hits = words.map((word) => lower.indexOf(word)).filter((at) => at >= 0);
  const at = hits.length > 0 ? Math.min(...hits) : 0;
  const from = at <= AROUND ? 0 : text.lastIndexOf(' ', at - AROUND) + 1;
  const to = from + 3 * AROUND;
  return `${from > 0 ? '… ' : ''}${text.slice(from, to)}${to < text.length ? ' …' : ''}`;
}
