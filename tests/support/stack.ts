import { connectValkey, type Valkey, whenReady } from '@overcookied/shared/valkey.ts';
import { TestService } from './service.ts';
import { freshValkeyUrl, silentLog } from './valkey.ts';

const secret = 'a secret of the tests known to both gateways';

/** The whole system, small: two gateways, a matchmaker and a ticker on a Valkey database of their own. */
export interface Stack {
  gateways: [TestService, TestService];
  matchmaker: TestService;
  ticker: TestService;
  valkey: Valkey;
  /** What a further service of this stack needs in its environment. */
  env: Record<string, string>;
  stop(): Promise<void>;
}

/**
 * @param rules what to override of the rules
 * @param valkeyUrl another Valkey than the run's
 * @param extra what else the services have in their environment
 */
export async function startStack(
  rules: Record<string, unknown>,
  valkeyUrl?: string,
  extra: Record<string, string> = {},
): Promise<Stack> {
  const url = valkeyUrl ?? (await freshValkeyUrl());
  const env = { VALKEY_URL: url, JWT_SECRET: secret, RULES: JSON.stringify(rules), ...extra };
  const valkey = connectValkey(url, silentLog);
  const gateways: [TestService, TestService] = [
    new TestService('gateway', env),
    new TestService('gateway', env),
  ];
  const matchmaker = new TestService('matchmaker', env);
  const ticker = new TestService('game-ticker', env);
  const services = [...gateways, matchmaker, ticker];
  const stop = async () => {
    await Promise.all(services.map((service) => service.stop()));
    valkey.disconnect();
  };
  try {
    await Promise.all([whenReady(valkey), ...services.map((service) => service.ready())]);
  } catch (error) {
    // Nobody else knows of those that did start, and they would run for ever.
    await stop();
    throw error;
  }
  return { gateways, matchmaker, ticker, valkey, env, stop };
}
