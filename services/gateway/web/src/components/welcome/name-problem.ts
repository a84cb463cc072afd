/** Why a name lets nobody in. */
import { RequestError } from '@overcookied/client/api.ts';
import { maxNameLength, PlayerName } from '@overcookied/shared/api.ts';
import { texts } from '../../texts/texts.ts';

/** Says what is wrong, in the language that is read by then. */
export type Problem = () => string;

/** What is wrong with a name, as far as this side can tell. */
export function nameProblem(name: string): Problem | undefined {
  if (PlayerName.safeParse(name).success) return undefined;
  return name.trim() === ''
    ? () => texts.value.welcome.nameMissing
    : () => texts.value.welcome.nameTooLong(maxNameLength);
}

/** Why the server did not let a guest in. It says so in English only: what it means is said here. */
export function loginProblem(error: unknown): Problem {
  if (!(error instanceof RequestError) || error.status >= 500) return () => texts.value.welcome.serverAway;
  return error.status === 429 ? () => texts.value.welcome.tooMany : () => texts.value.welcome.nameRefused;
}
