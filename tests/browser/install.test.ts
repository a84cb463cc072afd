/** The page as an app: what browsers need to install it, and how it is kept for when the bakery cannot be reached. */
import { createHash } from 'node:crypto';
import type { Bindings } from '@overcookied/shared/runtime/bindings.ts';
import { serve } from '@overcookied/shared/runtime/serve.ts';
import type { Server } from '@overcookied/shared/runtime/server.ts';
import { Hono } from 'hono';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { webClient } from '../../services/gateway/src/web-client.ts';
import { TestService } from '../support/service.ts';
import { freshValkeyUrl, silentLog } from '../support/valkey.ts';
import { enterLobby, launchBrowser, openPage, signIn } from './player.ts';

let browser: Browser;

beforeAll(async () => {
  browser = await launchBrowser();
}, 300_000);

afterAll(async () => {
  await browser?.close();
});

const size = { width: 390, height: 844 };
const whenKept = (page: Page) => page.evaluate('navigator.serviceWorker.ready.then(() => undefined)');

describe('a bakery', { timeout: 60_000 }, () => {
  let env: Record<string, string>;
  let gateway: TestService;

  beforeAll(async () => {
    env = { VALKEY_URL: await freshValkeyUrl(), JWT_SECRET: 'a secret of the tests known to both gateways' };
    gateway = await new TestService('gateway', env).ready();
  });

  afterAll(async () => {
    await gateway?.stop();
  });

  test('can be installed', async () => {
    const { page, complaints, close } = await openPage(browser, gateway.url, size);
    await whenKept(page);
    const cdp = await page.context().newCDPSession(page);
    const { url, errors, manifest } = await cdp.send('Page.getAppManifest');
    expect([url, errors]).toEqual([`${gateway.url}/manifest.webmanifest`, []]);
    expect(manifest).toMatchObject({ name: 'Overcookied', display: 'kStandalone' });
    // A window of a test is one in private, which is all that is wrong with it.
    const { installabilityErrors } = await cdp.send('Page.getInstallabilityErrors');
    expect(installabilityErrors.map(({ errorId }) => errorId)).toEqual(['in-incognito']);
    const icon = await fetch(`${gateway.url}/icons/apple-touch-icon.png`);
    expect(icon.headers.get('content-type')).toBe('image/png');
    expect(complaints).toEqual([]);
    await close();
  });

  test('keeps nothing but its page', async () => {
    const { page, close } = await openPage(browser, gateway.url, size);
    await enterLobby(page, 'Cy');
    await whenKept(page);
    await page.reload();
    await page.getByTestId('lobby').waitFor();
    const kept = await page.evaluate<string[]>(`caches.keys()
      .then((names) => Promise.all(names.map((name) => caches.open(name))))
      .then((all) => Promise.all(all.map((cache) => cache.keys())))
      .then((all) => all.flat().map(({ url }) => new URL(url).pathname))`);
    expect(kept).toContain('/');
    expect(kept.filter((path) => !/^\/(assets\/[^/]+)?$/.test(path))).toEqual([]);
    await close();
  });

  test('that cannot be reached shows its page all the same, and is found again when it is back', async () => {
    const { page, close } = await openPage(browser, gateway.url, size);
    await enterLobby(page, 'Ada');
    await whenKept(page);
    const again = { ...env, PORT: String(gateway.port) };
    await gateway.stop();
    await page.reload();
    await page.getByTestId('lobby').waitFor();
    await page.getByTestId('connection').waitFor();
    gateway = await new TestService('gateway', again).ready();
    await page.getByTestId('connection').waitFor({ state: 'detached' });

    await gateway.stop();
    await page.evaluate('localStorage.clear()');
    await page.reload();
    await signIn(page, 'Bo');
    await expect.poll(() => page.getByRole('alert').textContent()).toContain('does not answer');
    gateway = await new TestService('gateway', again).ready();
    await enterLobby(page, 'Bo');
    await close();
  });
});

describe('a page of another version', { timeout: 60_000 }, () => {
  /** What the server has in place of what was built; undefined for that itself. */
  let page: string | undefined;
  let worker: string | undefined;
  let server: Server;
  let context: BrowserContext;

  beforeAll(async () => {
    const app = new Hono<{ Bindings: Bindings }>();
    app.get('/', (c, next) => (page === undefined ? next() : c.html(page)));
    app.get('/service-worker.js', (c, next) =>
      worker === undefined ? next() : c.body(worker, 200, { 'Content-Type': 'text/javascript' }),
    );
    webClient(app, silentLog);
    server = await serve({
      app,
      port: 0,
      onError: (error) => {
        throw error;
      },
    });
  });

  afterAll(async () => {
    await server?.close();
  });

  beforeEach(async () => {
    page = worker = undefined;
    context = await browser.newContext({ viewport: size });
  });

  afterEach(async () => {
    await context?.close();
  });

  const url = () => `http://127.0.0.1:${server.port}`;
  const open = async () => {
    const opened = await context.newPage();
    await opened.goto(url());
    await whenKept(opened);
    // The first time it has come without the worker.
    await opened.reload();
    return opened;
  };
  const caches = (of: Page) => of.evaluate<string[]>('caches.keys()');
  const states = (of: Page) =>
    of.evaluate<string>(
      'navigator.serviceWorker.ready.then(({ waiting, active }) => [waiting, active].map((each) => each?.state).join())',
    );
  /** Has the browser look for a newer worker. @returns what became of the one that it found */
  const look = (of: Page) =>
    of.evaluate<string>(`navigator.serviceWorker.ready
      .then((registration) => registration.update())
      .then(({ installing }) => new Promise((resolve) => {
        installing.addEventListener('statechange', () => resolve(installing.state));
      }))`);
  const built = async (path: string) => (await fetch(url() + path)).text();
  const integrityOf = (html: string) => `sha256-${createHash('sha256').update(html).digest('base64')}`;

  /** As if it had been built from another source. */
  async function deploy(title: string): Promise<void> {
    page = worker = undefined;
    const [html, script] = await Promise.all([built('/'), built('/service-worker.js')]);
    page = html.replace('<title>Overcookied<', `<title>${title}<`);
    worker = script.replace(integrityOf(html), integrityOf(page));
    expect(worker).not.toBe(script);
  }

  test('that is broken makes room for the next', async () => {
    worker = 'addEventListener("fetch", (event) => event.respondWith(new Response("burnt")))';
    const burnt = await open();
    expect(await burnt.textContent('body')).toBe('burnt');
    await deploy('Mended');
    expect(await look(burnt)).toBe('installed');
    await burnt.close();
    const mended = await open();
    await expect.poll(() => mended.title()).toBe('Mended');
  });

  test('is not kept in part, when servers of both versions answer', async () => {
    const opened = await open();
    await deploy('Newer');
    page = undefined;
    expect(await look(opened)).toBe('redundant');
    expect(await states(opened)).toBe(',activated');
  });

  test('waits until no page is open that may yet need what was kept, and drops that then', async () => {
    const first = await open();
    const [old, ...others] = await caches(first);
    expect(others).toEqual([]);
    await deploy('Newer');
    expect(await look(first)).toBe('installed');
    expect(await states(first)).toBe('installed,activated');
    const second = await open();
    expect(await caches(second)).toContain(old);
    await Promise.all([first.close(), second.close()]);

    const next = await open();
    await expect.poll(() => caches(next)).toEqual([expect.not.stringContaining(String(old))]);
    expect(await states(next)).toBe(',activated');
    await server.close();
    await next.reload();
    expect(await next.title()).toBe('Newer');
  });
});
