/** Which of the page's addresses shows what: `/watch/{roomId}` a match to watch, every other one the game. */

type Address = Pick<Location, 'pathname'>;

const watched = '/watch/';

/** The match that this address shows to whoever wants to watch; undefined where one plays. */
export function watchedRoom({ pathname }: Address = location): string | undefined {
  return pathname.startsWith(watched) ? pathname.slice(watched.length) : undefined;
}

/** Where anybody may watch this match. @param origin of the page */
export function watchAddress(roomId: string, origin = location.origin): string {
  return new URL(watched + encodeURIComponent(roomId), origin).href;
}
