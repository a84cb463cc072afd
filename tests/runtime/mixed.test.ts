import { afterAll, beforeAll, expect, test } from 'vitest';
import type { RunningCluster } from '../../dev/valkey/valkey-cluster.ts';
import { startTestCluster } from '../support/cluster.ts';
import { eventually } from '../support/eventually.ts';
import { getJson } from '../support/http.ts';
import { TestService } from '../support/service.ts';
import { meet, Stranger, until } from '../support/stranger.ts';
import { expectCleanEnd } from './clean-end.ts';

const rules = { countdownMs: 300, matchMs: 4_000, goldenGapMs: [60_000, 60_000] };

let cluster: RunningCluster;
let services: TestService[];
let gateways: [string, string];

beforeAll(async () => {
  cluster = await startTestCluster();
  const env = {
    VALKEY_URL: cluster.url,
    JWT_SECRET: 'a secret of the tests known to both gateways',
    RULES: JSON.stringify(rules),
  };
  const on = (RUNTIME: string) => ({ ...env, RUNTIME });
  const both = [new TestService('gateway', on('bun')), new TestService('gateway', on('deno'))] as const;
  services = [...both, new TestService('matchmaker', on('bun')), new TestService('game-ticker', on('deno'))];
  services.push(new TestService('matchmaker', on('node')), new TestService('game-ticker', on('node')));
  await Promise.all(services.map((service) => service.ready()));
  gateways = [both[0].url, both[1].url];
}, 120_000);
afterAll(async () => {
  await Promise.all(services.map((service) => service.stop()));
  await cluster.stop();
  expectCleanEnd(services);
});

test('services on different runtimes make one system, on a cluster', { timeout: 60_000 }, async () => {
  // Twice, for the keys of two matches to be on different nodes, most likely.
  for (let round = 0; round < 2; round++) {
    const { players, guests, starts } = await meet(gateways);
    await until(starts[0].payload.startsAt + 20, starts[0]);
    players[0].send('CLICK', { count: 3, seq: 3 });
    await players[0].next('UPDATE', ({ ack }) => ack === 3);
    players[0].close();
    const back = await Stranger.connect(gateways[1], guests[0].token);
    expect((await back.next('GAME_START')).payload).toMatchObject({ resumed: true, ack: 3 });
    back.send('CLICK', { count: 1, seq: 4 });
    const overs = await Promise.all([back, players[1]].map((player) => player.next('GAME_OVER')));
    for (const { payload } of overs) expect(payload).toMatchObject({ p1Score: 4, p2Score: 0 });
    for (const [i, { id, token }] of guests.entries()) {
      await eventually(async () => {
        const { body } = await getJson(`${gateways[i]}/api/history?userId=${id}`, token);
        return body.totalCount === 1;
      }, 15_000);
    }
    for (const player of [back, players[1]]) player.close();
  }
});
