import { createRoot } from 'react-dom/client';
import type { Document } from '../../document/types.ts';
import './page.css';
import { TryPage } from './TryPage.tsx';

// The server says where its pages are below the API, such as /internal: this one is at docs/try there, beside openapi.json.
const pages = document.documentElement.dataset.pages ?? '';
const above = location.origin + location.pathname.replace(/\/docs\/try\/?$/, '');
const baseUrl = above.endsWith(pages) ? above.slice(0, above.length - pages.length) : above;
const element = document.getElementById('root') as HTMLElement;

try {
  const answer = await fetch(`${above}/openapi.json`);
  if (!answer.ok) throw new Error(`it was answered ${answer.status}`);
  createRoot(element).render(<TryPage document={(await answer.json()) as Document} baseUrl={baseUrl} />);
} catch (error) {
  element.textContent = `The document could not be read: ${(error as Error).message}. Load the page again to try once more.`;
}
