// biome-ignore lint/suspicious/noExplicitAny: a stranger knows no types
export type Answer = { status: number; headers: Headers; body: any };

/** Asks and reads JSON, as a stranger to the product would. */
export async function getJson(
  url: string,
  token?: string,
  headers: Record<string, string> = {},
): Promise<Answer> {
  const authorization = token === undefined ? {} : { authorization: `Bearer ${token}` };
  return answer(await fetch(url, { headers: { ...authorization, ...headers } }));
}

export async function postJson(
  url: string,
  body: string,
  headers: Record<string, string> = {},
): Promise<Answer> {
  return answer(
    await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body }),
  );
}

async function answer(response: Response): Promise<Answer> {
  const text = await response.text();
  try {
    return { status: response.status, headers: response.headers, body: JSON.parse(text) };
  } catch {
    return { status: response.status, headers: response.headers, body: text };
  }
}
