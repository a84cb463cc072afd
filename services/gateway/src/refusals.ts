import type { ErrorCode } from '@overcookied/shared/protocol.ts';

/** What a client is told when something was understood but not done. */
export const refusalText = {
  already_in_match: 'you are in a match: play it, or quit it first',
  not_in_match: 'you are not in a match: send JOIN_QUEUE first',
  not_started: 'the match has not begun: it begins at startsAt, by the clock of PONG',
  match_over: 'the match is over',
  no_golden_cookie: 'that golden cookie is gone',
  too_fast: 'clicks faster than the rules allow do not count: see clickRate and clickBurst in rules',
} as const satisfies Partial<Record<ErrorCode, string>>;
