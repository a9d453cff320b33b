/** Texts that are too pale on their ground, and headings that leave a long name no room. */
const STYLE = `<style>
:root { --search-trigger-color: #5d5e69; --input-content-placeholder-color: #5d5e69; --link-color-primary: #1257c4; }
:root.dark, html[data-theme="dark"] { --search-trigger-color: #b6b7c2; --input-content-placeholder-color: #b6b7c2; --link-color-primary: #7fb0ff; }
h1, h2, h3 { overflow-wrap: normal !important; word-break: normal !important; hyphens: none; min-width: 0; }
:has(> h1), :has(> h2) { flex-wrap: wrap; }
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
  const look = () => document.querySelectorAll('h1, h2, h3').forEach(fit);
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
