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
