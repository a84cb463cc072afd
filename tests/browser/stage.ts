import type { Browser } from 'playwright-core';
import { TestService } from '../support/service.ts';
import { type Stack, startStack } from '../support/stack.ts';
import { launchBrowser } from './player.ts';

/** All that a browser test needs: the services, bots to practise against among them, and a browser. */
export interface Stage {
  stack: Stack;
  practice: TestService;
  browser: Browser;
  stop(): Promise<void>;
}

/**
 * @param rules what to override of the rules
 * @param env what else the services have in their environment
 * @param valkeyUrl another Valkey than the run's
 */
export async function startStage(
  rules: Record<string, unknown>,
  env: Record<string, string> = {},
  valkeyUrl?: string,
): Promise<Stage> {
  const stack = await startStack(rules, valkeyUrl, env);
  const practice = new TestService('practice', { ...stack.env, GATEWAY_URL: stack.gateways[0].url });
  const browser = await launchBrowser();
  await practice.ready();
  return {
    ...{ stack, practice, browser },
    stop: async () => {
      await browser.close();
      await practice.stop();
      await stack.stop();
    },
  };
}
