/** How many clicks this tab has made in its match, kept across a reload. */
import type { ClickMemory } from '@overcookied/client/player.ts';

const key = 'overcookied.clicks';

export const clickMemory: ClickMemory = {
  read: (roomId) => {
    try {
      const [room, made] = JSON.parse(sessionStorage.getItem(key) ?? '[]');
      return room === roomId && Number.isSafeInteger(made) ? made : 0;
    } catch {
      // A browser that keeps nothing, or something else under this name.
      return 0;
    }
  },
  write: (roomId, made) => {
    try {
      sessionStorage.setItem(key, JSON.stringify([roomId, made]));
    } catch {
      // Then a reload may cost the clicks that are under way.
    }
  },
};
