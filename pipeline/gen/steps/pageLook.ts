/**
 * Texts whose contrast with their ground is below the 4.5 of WCAG 2.2 (1.4.3), and headings that leave a long name no room.
 * Redoc sets these variables once for each theme, so a selector that is more specific wins.
 */
const STYLE = `<style>
:root:root.light {
  --color-blue-6: #1257c4; --color-blue-7: #2459b0; --color-carrot-6: #a35200;
  --search-trigger-color: #5d5e69; --input-content-placeholder-color: #5d5e69; --link-color-primary: #1257c4;
}
:root:root.light .tag-get, :root:root.light .tag-query { --tag-color: #136b3b; }
:root:root.light .tag-post { --tag-color: #174fc4; }
:root:root.dark { --search-trigger-color: #b6b7c2; --input-content-placeholder-color: #b6b7c2; }
.schema-name { color: inherit !important; }
h1, h2, h3 { overflow-wrap: normal !important; word-break: normal !important; hyphens: none; min-width: 0; max-width: 100%; }
div:has(> div > h1), div:has(> div > h2) { flex-wrap: wrap !important; row-gap: 8px; }
div:has(> h1), div:has(> h2) { flex: 1 1 auto !important; max-width: 100%; }
</style>`;

/**
 * Makes a heading smaller where its longest word does not fit, so that no word breaks: names of operations and schemas
 * are words of any length. Also names the contents as navigation, for those who move by landmarks.
 */
const SCRIPT = `<script>
(() => {
  const LEAST = 0.5;
  const fit = (heading) => {
    heading.style.removeProperty('font-size');
    if (heading.scrollWidth <= heading.clientWidth || heading.clientWidth === 0) return;
    const ratio = Math.max(LEAST, (heading.clientWidth / heading.scrollWidth) * 0.98);
    heading.style.fontSize = parseFloat(getComputedStyle(heading).fontSize) * ratio + 'px';
  };
  const name = () => {
    const contents = document.querySelector('.menu-content:not([role])');
    if (!contents) return;
    contents.setAttribute('role', 'navigation');
    contents.setAttribute('aria-label', 'Contents');
  };
  // A page that is opened as a file has no document beside it.
  const offer = () => {
    if (location.protocol === 'file:') document.querySelector('p:has(> a[href="openapi.json"])')?.setAttribute('hidden', '');
  };
  const look = () => {
    document.querySelectorAll('h1, h2, h3').forEach(fit);
    name();
    offer();
  };
  let waits = false;
  const soon = () => {
    if (waits) return;
    waits = true;
    requestAnimationFrame(() => {
      waits = false;
      look();
    });
  };
  new MutationObserver(soon).observe(document.documentElement, { childList: true, subtree: true });
  addEventListener('resize', soon);
})();
</script>`;

/** Redoc's page with what its look lacks. */
export const withLook = (html: string): string => html.replace('</head>', () => `${STYLE}\n${SCRIPT}\n</head>`);
