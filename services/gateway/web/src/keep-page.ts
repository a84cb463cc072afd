/**
 * Has the browser keep the page, when it has done all else, so that the page opens on a bad line, too. Where browsers
 * keep none (over http, in some private windows) it is fetched each time.
 */
export function keepPage(): void {
  if (!import.meta.env.PROD || !('serviceWorker' in navigator)) return;
  addEventListener('load', () => {
    navigator.serviceWorker.register('/service-worker.js').catch(() => {
      // Nothing that the player does depends on it, and the browser has told why in its console.
    });
  });
}

/** Loads the page anew from the server. What was kept of it may be what does not work, and is shown when a line is slow. */
export async function loadAnew(): Promise<void> {
  try {
    const kept = await navigator.serviceWorker?.getRegistrations();
    // One that stays would never keep the page again: browsers install the same one only once.
    await Promise.all((kept ?? []).map((registration) => registration.unregister()));
    if ('caches' in window) await Promise.all((await caches.keys()).map((name) => caches.delete(name)));
  } finally {
    location.reload();
  }
}
