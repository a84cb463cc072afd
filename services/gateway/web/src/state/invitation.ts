/**
 * An invitation to a match of two: a code that both players wait with. It travels as a link to this page, in the
 * fragment, which no browser sends to a server: it is in no log.
 */
import { ClientFrame } from '@overcookied/shared/protocol.ts';

export interface Invitation {
  code: string;
  /** Whether it was made in this window, which then shows the link. */
  isOwn: boolean;
}

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
/** 120 bits: nobody guesses their way into somebody's match. */
const codeLength = 20;

/** A code that nobody has had before. */
export function newCode(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(codeLength));
  return Array.from(bytes, (byte) => alphabet[byte % alphabet.length]).join('');
}

/** The link to send to a friend. @param page address of this page */
export function linkOf(code: string, page: string): string {
  const link = new URL(page);
  link.hash = new URLSearchParams({ invite: code }).toString();
  return link.href;
}

/** The code in an address's fragment; undefined when there is none that the server would take. */
export function codeIn(hash: string): string | undefined {
  const code = new URLSearchParams(hash.slice(1)).get('invite');
  const wish = { type: 'JOIN_QUEUE', payload: { mode: 'private', code } };
  return code !== null && ClientFrame.safeParse(wish).success ? code : undefined;
}

/** A window, as far as it has an address. */
export type Addressed = Pick<Window, 'location' | 'history'>;

/** The invitation in the page's address, which stays there so that a reloaded page waits on. */
export function readInvitation({ location, history }: Addressed = window): Invitation | undefined {
  const code = codeIn(location.hash);
  return code === undefined ? undefined : { code, isOwn: history.state?.invited === code };
}

/** Puts it into the address; `undefined` takes it out, so that a reloaded page does not come to a match again. */
export function writeInvitation(
  invitation: Invitation | undefined,
  { location, history }: Addressed = window,
): void {
  if (invitation) {
    const state = invitation.isOwn ? { invited: invitation.code } : null;
    history.replaceState(state, '', linkOf(invitation.code, location.href));
  } else if (location.hash !== '') {
    history.replaceState(null, '', location.pathname + location.search);
  }
}
