import { game } from '../state/game.ts';
import { texts } from '../texts/texts.ts';

/** A word from the server that is no reason to stop. */
export function NoticeLine() {
  const notice = game.notice.value;
  return <output class="notice">{notice && texts.value.notice[notice]}</output>;
}
