import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generate } from 'selfsigned';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findFreePort } from '../dev/system/ports.ts';
import { runtimes } from '../dev/system/runtimes.ts';
import { type RunningValkey, startValkey } from '../dev/valkey/valkey.ts';
import { eventually } from './support/eventually.ts';
import { TestService } from './support/service.ts';
import { openValkey } from './support/valkey.ts';

const user = 'game:s%2Cecret';
const rules = ['resetkeys', 'resetchannels', 'on', '>s,ecret', '~overcookied:*', '&overcookied:*', '+@all'];

let dir: string;
/** Of who has signed Valkey's certificate. Deno takes none that has signed itself. */
let authority: string;
let certificate: string;
/** Of one node, and of one that has all slots of a cluster: the client asks it where they are, as it asks ElastiCache. */
let node: { valkey: RunningValkey; tlsPort: number };
let cluster: { valkey: RunningValkey; tlsPort: number };

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'overcookied-tls-'));
  const signer = await generate([{ name: 'commonName', value: 'an authority of the tests' }], {
    algorithm: 'sha256',
    extensions: [
      { name: 'basicConstraints', cA: true, critical: true },
      { name: 'keyUsage', keyCertSign: true, critical: true },
    ],
  });
  const made = await generate([{ name: 'commonName', value: 'localhost' }], {
    algorithm: 'sha256',
    ca: { key: signer.private, cert: signer.cert },
    extensions: [{ name: 'subjectAltName', altNames: [{ type: 2, value: 'localhost' }] }],
  });
  authority = join(dir, 'authority.pem');
  await writeFile(authority, signer.cert);
  certificate = join(dir, 'certificate.pem');
  await writeFile(certificate, made.cert);
  await writeFile(join(dir, 'key.pem'), made.private);
  node = await start('node');
  cluster = await start('cluster', [
    ...['--cluster-enabled', 'yes', '--cluster-port', String(await findFreePort())],
    ...['--cluster-announce-hostname', 'localhost', '--cluster-preferred-endpoint-type', 'hostname'],
  ]);
  const looking = await openValkey(cluster.valkey.url);
  await looking.call('CLUSTER', 'ADDSLOTSRANGE', 0, 16_383);
  looking.disconnect();
});
afterAll(async () => {
  await Promise.all([node, cluster].map(({ valkey }) => valkey.stop(0)));
  await rm(dir, { recursive: true, force: true });
});

async function start(name: string, args: string[] = []) {
  const tlsPort = await findFreePort();
  const valkey = await startValkey({
    dir: join(dir, name),
    persist: false,
    args: [
      ...[
        '--tls-port',
        String(tlsPort),
        '--tls-cert-file',
        certificate,
        '--tls-key-file',
        join(dir, 'key.pem'),
      ],
      ...['--tls-ca-cert-file', authority, '--tls-auth-clients', 'no', ...args],
    ],
  });
  const looking = await openValkey(valkey.url);
  await looking.call('ACL', 'SETUSER', 'game', ...rules);
  looking.disconnect();
  return { valkey, tlsPort };
}

async function served(
  url: string,
  look: (service: TestService) => Promise<unknown>,
  extra: Record<string, string> = {},
): Promise<void> {
  const env = { VALKEY_URL: url, NODE_EXTRA_CA_CERTS: authority, ...extra };
  const service = new TestService('gateway', env);
  try {
    await service.listening();
    await look(service);
  } finally {
    await service.stop();
  }
}

describe.each(runtimes)('a service on %s', (RUNTIME) => {
  test.each([
    ['one node', () => `valkeys://${user}@localhost:${node.tlsPort}`],
    ['a cluster by one name', () => `valkeys://${user}@localhost:${cluster.tlsPort}?cluster`],
  ])('reaches %s over TLS, with a user and a password that has a comma', async (_, url) => {
    const look = async (service: TestService) => {
      await service.ready();
      expect(service.complaints.filter(({ valkey }) => valkey)).toEqual([]);
    };
    await served(url(), look, { RUNTIME });
  });

  test.each([
    [
      'one node',
      () => `valkeys://${user}@127.0.0.1:${node.tlsPort}`,
      "does not match certificate's altnames",
    ],
    ['one node', () => `valkeys://game:wrong@localhost:${node.tlsPort}`, 'WRONGPASS'],
    ['a cluster', () => `valkeys://game:wrong@localhost:${cluster.tlsPort}?cluster`, 'WRONGPASS'],
  ])('says why it cannot use %s', async (_, url, reason) => {
    const look = ({ url: address }: TestService) =>
      eventually(async () => (await (await fetch(`${address}/readyz`)).text()).includes(reason), 10_000);
    await served(url(), look, { RUNTIME });
  });
});
