import { afterAll, beforeAll, expect, test } from 'vitest';
import { type ClusterStack, startClusterStack } from '../support/cluster.ts';
import { eventually } from '../support/eventually.ts';
import { getJson } from '../support/http.ts';
import { meet } from '../support/stranger.ts';

const OPS_PASSWORD = 'a password of the tests';
const headers = { authorization: `Basic ${btoa(`ops:${OPS_PASSWORD}`)}` };

let system: ClusterStack;
let cluster: ClusterStack['cluster'];
let stack: ClusterStack['stack'];

beforeAll(async () => {
  system = await startClusterStack({ matchMs: 600_000 }, { extra: { OPS_PASSWORD } });
  ({ cluster, stack } = system);
});
afterAll(() => system.stop());

async function see(path: string): Promise<string> {
  const response = await fetch(`${stack.gateways[0].url}${path}`, { headers });
  expect(response.status).toBe(200);
  return (await response.text()).replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ');
}

test('an operator sees a game on a cluster, whatever node has what, and one that has lost a node', async () => {
  const gateways = [stack.gateways[0].url, stack.gateways[1].url] as const;
  const { players } = await meet(gateways);
  const page = await eventually(async () => {
    const text = await see('/ops');
    // A match may be past its due time for the moment that a ticker needs.
    const isCalm = text.match(/ ready /g)?.length === 4 && text.includes(' past their due time 0');
    return isCalm ? text : undefined;
  }, 15_000);
  expect(page).toMatch(/are on 1 past their due time 0/);
  expect(page).not.toContain('Cannot be read');
  expect(JSON.parse(await see('/ops/board/api/queues')).queues).toHaveLength(4);

  const scrape = async () => String((await getJson(`${stack.ticker.url}/metrics`)).body);
  const told = await scrape();
  for (const { port } of cluster.nodes.slice(0, 3)) {
    expect(told).toMatch(new RegExp(`^overcookied_valkey_memory_bytes.*node="127.0.0.1:${port}".* \\d`, 'm'));
  }
  expect(told).toMatch(/^overcookied_matches\{\S+ 1$/m);

  // Until its replica has taken over, some of it cannot be read.
  cluster.nodes[0]?.process.kill('SIGKILL');
  const askedAt = performance.now();
  await see('/ops');
  expect(performance.now() - askedAt).toBeLessThan(4_000);
  await eventually(async () => /^overcookied_matches\{\S+ 1$/m.test(await scrape()), 30_000);
  await eventually(async () => / are on 1 .* results 0 0 0 0 /.test(await see('/ops')), 30_000);
  for (const player of players) player.close();
}, 120_000);
