import type { FormEvent } from 'react';
import { exampleApp } from './parameters.ts';
import { go } from './place.ts';
import { useSession } from './session.tsx';

/** The app is typed in: no operation lists the apps there are. */
export function AppChoice({ app }: { app: string | undefined }) {
  const { document } = useSession();
  const choose = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const chosen = String(new FormData(event.currentTarget).get('app') ?? '').trim();
    if (chosen !== '') go({ view: 'environments', app: chosen });
  };
  return (
    <form className="app-choice" onSubmit={choose}>
      <label className="field">
        <span>App ID</span>
        <input
          name="app"
          defaultValue={app}
          required
          placeholder={exampleApp(document)}
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
        />
      </label>
      <button type="submit">Open</button>
    </form>
  );
}
