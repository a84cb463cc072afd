export type Runtime = 'node' | 'bun' | 'deno';

/** What runs this process. */
export const runtime: Runtime = 'Bun' in globalThis ? 'bun' : 'Deno' in globalThis ? 'deno' : 'node';
