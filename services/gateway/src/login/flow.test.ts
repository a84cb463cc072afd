import { Tokens } from '@overcookied/shared/tokens.ts';
import { expect, onTestFinished, test, vi } from 'vitest';
import { Flows, flowSeconds } from './flow.ts';

const [oldKey, newKey] = ['old'.repeat(11), 'new'.repeat(11)];
const flow = { state: 's', nonce: 'n', verifier: 'v', returnTo: 'https://play.example.org/' };

test('a flow is what was sealed, and nothing of it can be read', async () => {
  const sealed = await new Flows(oldKey).seal(flow);
  expect(await new Flows(oldKey).open(sealed)).toEqual(flow);
  expect(Buffer.from(sealed.replaceAll('.', ''), 'base64url').toString()).not.toContain('play.example.org');
});

test('keys are replaced as those of tokens are', async () => {
  const sealed = await new Flows(oldKey).seal(flow);
  expect(await new Flows(newKey, oldKey).open(sealed)).toEqual(flow);
  expect(await new Flows(newKey).open(sealed)).toBeUndefined();
});

test('what was changed, or sealed too long ago, is none', async () => {
  const flows = new Flows(oldKey);
  const sealed = await flows.seal(flow);
  const changed = sealed.at(-10) === 'A' ? 'B' : 'A';
  expect(await flows.open(sealed.slice(0, -10) + changed + sealed.slice(-9))).toBeUndefined();
  expect(await flows.open('')).toBeUndefined();
  vi.useFakeTimers({ toFake: ['Date'] });
  onTestFinished(() => {
    vi.useRealTimers();
  });
  vi.setSystemTime(Date.now() + (flowSeconds - 10) * 1_000);
  expect(await flows.open(sealed)).toEqual(flow);
  vi.setSystemTime(Date.now() + 60_000);
  expect(await flows.open(sealed)).toBeUndefined();
});

test('a flow is no token, and a token no flow', async () => {
  const tokens = new Tokens(oldKey);
  expect(await tokens.check(await new Flows(oldKey).seal(flow))).toBeUndefined();
  const { token } = await tokens.issue({ id: 'guest_1', name: 'Ada', picture: '', email: '' });
  expect(await new Flows(oldKey).open(token)).toBeUndefined();
});
