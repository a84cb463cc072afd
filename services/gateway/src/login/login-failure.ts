/** Why somebody could not sign in, and what they are told. */
import type { ContentfulStatusCode } from 'hono/utils/http-status';

const answers = {
  bad_request: [400, 'This link to sign in is not right.'],
  denied: [403, 'You were not signed in, since you or the sign-in service said no.'],
  expired: [400, 'This took too long, or was begun in another browser. Please try again.'],
  foreign: [400, 'This answer belongs to another try to sign in. Please try again.'],
  issuer_away: [
    503,
    'The sign-in service does not answer just now. Please try again in a moment, or play as a guest.',
  ],
  issuer_refused: [
    502,
    'The sign-in service did not accept our request. Please try again, or play as a guest.',
  ],
  bad_answer: [
    502,
    'The sign-in service’s answer could not be trusted. Please try again, or play as a guest.',
  ],
  unavailable: [503, 'The bakery is catching its breath. Please try again in a moment.'],
} as const satisfies Record<string, [ContentfulStatusCode, string]>;

export type LoginFailureCause = keyof typeof answers;

/** Somebody could not sign in. `message` is for the log, and holds nothing that is secret. */
export class LoginFailure extends Error {
  override name = 'LoginFailure';
  readonly why: LoginFailureCause;

  constructor(why: LoginFailureCause, message: string) {
    super(message);
    this.why = why;
  }

  get status(): ContentfulStatusCode {
    return answers[this.why][0];
  }

  /** For the player. */
  get text(): string {
    return answers[this.why][1];
  }
}
