import { StepFailed } from '../step.ts';

const logo = `data:image/svg+xml,${encodeURIComponent(
  '<svg xmlns="http://www.w3.org/2000/svg" width="48" height="16"><text y="12" font-family="sans-serif" font-size="13" fill="#808088">Redoc</text></svg>',
)}`;

/** Where Redoc's page would fetch from or post to, and the replacement: nothing, or a picture within the page. */
const replacements: [what: RegExp, by: string][] = [
  [/https:\/\/cdn\.redoc\.ly\/redoc\/logo-mini(?:-full)?\.svg/g, logo],
  [/https:\/\/cdn\.redocly\.com\/icons\//g, 'data:,'],
  [/https:\/\/otel\.cloud\.redocly\.com\/v1\/traces/g, 'data:,'],
];

/** Redoc's own hosts other than the web site, to which there are mere links. */
const served = /https?:\/\/(?!www\.)[\w-]+(?:\.[\w-]+)*\.(?:redoc\.ly|redocly\.com)\b[\w./-]*/g;

/** Redoc's page so that it asks no other host for anything. */
export function selfContained(html: string): string {
  let page = html;
  for (const [what, by] of replacements) page = page.replaceAll(what, by);
  // Another version of Redoc may fetch something else.
  const left = new Set([...page.matchAll(served)].map(([url]) => url));
  if (left.size > 0) {
    throw new StepFailed(
      [...left].map((url) => ({ message: `The page names ${url}: selfContained.ts must replace it.` })),
    );
  }
  // Without an icon of its own, a browser asks the server for one.
  return page.replace('<head>', '<head>\n  <link rel="icon" href="data:,">');
}
