import type { Metrics } from '@overcookied/shared/metrics.ts';
import type { LoginFailureCause } from './login-failure.ts';

/** Counts a try to become somebody. */
export type CountLogin = (by: 'guest' | 'oidc' | 'code', outcome: 'ok' | LoginFailureCause) => void;

export function countLogins(metrics: Metrics): CountLogin {
  const logins = metrics.counter(
    'logins_total',
    'Tries to come in as a guest or to sign in, by what became of them.',
    ['by', 'outcome'],
  );
  return (by, outcome) => logins.inc({ by, outcome });
}
