import { StepFailed } from './step.ts';

const logo = `data:image/svg+xml,${encodeURIComponent(
  '<svg xmlns="http://www.w3.org/2000/svg" width="48" height="16"><text y="12" font-family="sans-serif" font-size="13" fill="#808088">Redoc</text></svg>',
)}`;

/** What Redoc's page would fetch or post to, and what stands there instead: nothing, or a picture within the page. */
const replacements: [what: RegExp, by: string][] = [
  [/https:\/\/cdn\.redoc\.ly\/redoc\/logo-mini(?:-full)?\.svg/g, logo],
  [/https:\/\/cdn\.redocly\.com\/icons\//g, 'data:,'],
  [/https:\/\/otel\.cloud\.redocly\.com\/v1\/traces/g, 'data:,'],
];

/** Redoc's own hosts other than the web site, to which there are mere links. */
const served = /https?:\/\/(?!www\.)[\w-]+(?:\.[\w-]+)*\.(?:redoc\.ly|redocly\.com)\b[\w./-]*/g;

/** A page that asks no other host for anything, marked with what it was made of. */
export function selfContained(html: string, document: string, mark: string): string {
  let page = html;
  for (const [what, by] of replacements) page = page.replaceAll(what, by);
  // Another version of Redoc may have thought of something new to fetch.
  const left = new Set([...page.matchAll(served)].map(([url]) => url).filter((url) => !document.includes(url)));
  if (left.size > 0) {
    throw new StepFailed([...left].map((url) => ({ message: `The page names ${url}: page.ts must replace it.` })));
  }
  // Without an icon of its own, a browser asks the server for one.
  page = page.replace('<head>', '<head>\n  <link rel="icon" href="data:,">');
  return page.replace(/^\s*<!DOCTYPE html>/i, `<!DOCTYPE html>\n<!-- ${mark} -->`);
}
