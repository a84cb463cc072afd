/// <reference lib="webworker" />
/**
 * Keeps the page, so that it opens on a bad line and on none, and nothing else: what is played and recorded goes by it
 * untouched. A newer one waits until no page is open that may yet need what this one has kept, as browsers do unless
 * told otherwise.
 */
declare const self: ServiceWorkerGlobalScope;

/** Written in by the build: the hash of the page, and the addresses of the files that it is made of. */
declare const shell: { readonly page: string; readonly files: readonly string[] };

const cacheName = `shell ${shell.page}`;
/** What was kept is shown when the server has not sent the page after so long, in ms. */
const patienceMs = 300;

self.addEventListener('install', (event) => event.waitUntil(keep()));
self.addEventListener('activate', (event) => event.waitUntil(dropOlder()));
self.addEventListener('fetch', (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (origin !== self.location.origin || request.method !== 'GET') return;
  if (shell.files.includes(pathname)) event.respondWith(fileOf(request));
  else if (request.mode === 'navigate' && /^\/(watch\/[^/]+)?$/.test(pathname))
    event.respondWith(pageOf(request));
});

/** @throws TypeError when a gateway of another version answers, as happens during a deploy: browsers try again */
async function keep(): Promise<void> {
  const cache = await caches.open(cacheName);
  const page = new Request('/', { cache: 'no-cache', integrity: shell.page });
  await cache.addAll([page, ...shell.files]);
}

async function dropOlder(): Promise<void> {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name !== cacheName).map((name) => caches.delete(name)));
}

/** A file's name says what is in it: the one that was kept is as good as any. */
const fileOf = async (request: Request): Promise<Response> => (await kept(request)) ?? fetch(request);

/** The server's page where it comes soon, since it may be newer; else the one that was kept. */
async function pageOf(request: Request): Promise<Response> {
  const answer = fetch(request);
  const soon = await Promise.race([
    answer.catch(() => undefined),
    new Promise<undefined>((resolve) => setTimeout(resolve, patienceMs)),
  ]);
  if (soon && soon.status < 500) return soon;
  return (await kept('/')) ?? answer;
}

const kept = (request: RequestInfo): Promise<Response | undefined> =>
  caches.match(request, { cacheName, ignoreVary: true });
