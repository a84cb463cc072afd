import { useEffect, useState } from 'preact/hooks';
import { Opening } from './screens/opening.tsx';
import type { Watch } from './screens/watch.tsx';
import { texts } from './texts/texts.ts';

/** Fetches the watch screen, which players need not have, and shows it. */
export function WatchPage({ roomId }: { roomId: string }) {
  const [Screen, setScreen] = useState<{ Watch: typeof Watch } | 'failed'>();
  useEffect(() => {
    import('./screens/watch.tsx').then(setScreen, () => setScreen('failed'));
  }, []);
  if (Screen === undefined) return <Opening />;
  if (Screen !== 'failed') return <Screen.Watch roomId={roomId} />;
  return (
    <main class="screen">
      <p>{texts.value.lobby.failed}</p>
      <button class="button" type="button" onClick={() => location.reload()}>
        {texts.value.lobby.retry}
      </button>
    </main>
  );
}
