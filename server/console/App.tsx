import { Read } from './Feedback.tsx';
import { readDocument } from './readDocument.ts';
import { Shell } from './Shell.tsx';
import { SessionOf } from './session.tsx';
import { useReading } from './useReading.ts';

/** Everything follows from the document, so it comes first. */
export function App() {
  const reading = useReading(['document'], readDocument);
  if (reading.value === undefined) {
    return (
      <main className="page">
        <h1>Console</h1>
        <Read reading={reading} what="the API's document">
          {() => null}
        </Read>
      </main>
    );
  }
  return (
    <SessionOf document={reading.value}>
      <Shell />
    </SessionOf>
  );
}
