import { setTimeout as sleep } from 'node:timers/promises';
import { keys } from '@overcookied/shared/keys.ts';
import { type Notice, notify } from '@overcookied/shared/notify.ts';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { eventually } from './support/eventually.ts';
import { TestService } from './support/service.ts';
import { guest, Stranger } from './support/stranger.ts';
import { freshValkeyUrl, openValkey } from './support/valkey.ts';

let gateway: TestService;
let valkey: Awaited<ReturnType<typeof openValkey>>;

beforeAll(async () => {
  const url = await freshValkeyUrl();
  valkey = await openValkey(url);
  gateway = await new TestService('gateway', { VALKEY_URL: url }).ready();
});

afterAll(async () => {
  valkey.disconnect();
  await gateway.stop();
});

/** Somebody who is connected and has asked for nothing, and how to say something of them that is not so. */
async function someone() {
  const { id, token } = await guest(gateway.url, 'Ada');
  const socket = await Stranger.connect(gateway.url, token);
  onTestFinished(() => socket.close());
  await eventually(() => valkey.hget(keys.presence(id), 'gateway'));
  const [gatewayId = ''] = await valkey.zrange(keys.gateways, '0', '-1');
  return { id, socket, say: (notice: Notice) => notify(valkey, gatewayId, notice) };
}

test('a notice of a newer connection that there is not closes nothing', async () => {
  const { id, socket, say } = await someone();
  await say({ type: 'takeover', playerId: id, connection: Date.now() + 1_000_000 });
  // Whoever was to go would be gone before the next request of theirs is dealt with.
  socket.send('QUIT_GAME');
  expect((await socket.next('ERROR')).payload.code).toBe('not_in_match');
  expect(socket.closed).toBeUndefined();
});

test('a notice of a match that there is not makes nobody wait who has not asked for a match', async () => {
  const { id, socket, say } = await someone();
  await say({ type: 'match', playerId: id, roomId: 'no-such-room' });
  // Those who wait are looked after every two seconds.
  await sleep(2_500);
  expect(socket.all('QUEUED')).toEqual([]);
  expect(await valkey.hexists(keys.tickets, id)).toBe(0);
});
