/** How a match ended, in words. */
import type { Recording } from '@overcookied/shared/api.ts';
import { texts } from '../../texts/texts.ts';

/** Who won; nothing of a match that is not over. */
export function endingTitle({ over, p1, p2 }: Recording): string {
  const words = texts.value.watch;
  if (!over) return '';
  return over.winner === 'draw' ? words.drawn : words.wins((over.winner === 'p1' ? p1 : p2).name);
}

/** Why it ended early, if it did. */
export function endingReason({ over, p1, p2 }: Recording): string {
  if (!over?.reason || over.winner === 'draw') return '';
  return texts.value.watch.reason[over.reason]((over.winner === 'p1' ? p2 : p1).name);
}
