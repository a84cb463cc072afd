import type { Context } from 'hono';
import { html } from 'hono/html';
import type { LoginFailure } from './login-failure.ts';

/** Tells somebody why they are not signed in, and leads back to where they came from. */
export function failurePage(c: Context, failure: LoginFailure, backTo: string): Response | Promise<Response> {
  return c.html(
    html`<!doctype html>
      <html lang="en">
        <head>
          <meta charset="utf-8" />
          <meta name="viewport" content="width=device-width" />
          <meta name="color-scheme" content="light dark" />
          <title>Overcookied: not signed in</title>
        </head>
        <body>
          <h1>Not signed in</h1>
          <p>${failure.text}</p>
          <p><a href="${backTo}">Back to the game</a></p>
        </body>
      </html>`,
    failure.status,
  );
}
