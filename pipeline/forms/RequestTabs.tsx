import { type KeyboardEvent, useId, useRef, useState } from 'react';

export interface RequestText {
  readonly name: string;
  /** The text to show, with secrets hidden. */
  readonly shown: string;
  /** The text to copy. Undefined: there is nothing to copy. */
  readonly copied: string | undefined;
}

/** The request to copy, in several forms: one tab each. */
export function RequestTabs({ texts }: { readonly texts: readonly RequestText[] }) {
  const [chosen, setChosen] = useState(0);
  const [said, setSaid] = useState('');
  const id = useId();
  const tabs = useRef<(HTMLButtonElement | null)[]>([]);
  const move = (event: KeyboardEvent) => {
    const last = texts.length - 1;
    const next = {
      ArrowRight: chosen === last ? 0 : chosen + 1,
      ArrowLeft: chosen === 0 ? last : chosen - 1,
      Home: 0,
      End: last,
    }[event.key];
    if (next === undefined) return;
    event.preventDefault();
    choose(next);
    tabs.current[next]?.focus();
  };
  const choose = (index: number) => {
    setChosen(index);
    setSaid('');
  };
  const text = texts[chosen];
  if (text === undefined) return null;
  const { name, shown, copied } = text;
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(copied ?? '');
      setSaid(`${name}: copied.`);
    } catch {
      setSaid('The browser does not let this page copy. Select the text instead.');
    }
  };
  return (
    <div className="form-request">
      <div role="tablist" aria-label="The request as" onKeyDown={move}>
        {texts.map((one, index) => (
          <button
            type="button"
            role="tab"
            key={one.name}
            ref={(element) => {
              tabs.current[index] = element;
            }}
            id={`${id}-tab-${index}`}
            aria-controls={`${id}-panel`}
            aria-selected={index === chosen}
            tabIndex={index === chosen ? 0 : -1}
            onClick={() => choose(index)}
          >
            {one.name}
          </button>
        ))}
      </div>
      <div role="tabpanel" id={`${id}-panel`} aria-labelledby={`${id}-tab-${chosen}`}>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable */}
        <pre tabIndex={0}>{shown}</pre>
        {copied !== undefined && (
          <button type="button" className="form-quiet" onClick={copy}>
            Copy
          </button>
        )}
        {copied !== undefined && copied !== shown && (
          <p className="form-help">Secrets are hidden here. The copy has them.</p>
        )}
        <p role="status" className="form-said">
          {said}
        </p>
      </div>
    </div>
  );
}
