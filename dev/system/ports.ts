import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';

/** A port of 127.0.0.1 that is free now. Another program may still come first. */
export async function findFreePort(): Promise<number> {
  return tryPort(0, '127.0.0.1');
}

/** Whether a service could listen on this port, on all addresses of the machine. */
export async function isFree(port: number): Promise<boolean> {
  // A port that a program holds on the loopback address only is free on all addresses for macOS.
  for (const host of ['127.0.0.1', undefined]) {
    try {
      await tryPort(port, host);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'EADDRINUSE') return false;
      throw error;
    }
  }
  return true;
}

async function tryPort(port: number, host: string | undefined): Promise<number> {
  const server = createServer();
  server.listen({ port, host });
  await once(server, 'listening');
  const { port: bound } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return bound;
}
