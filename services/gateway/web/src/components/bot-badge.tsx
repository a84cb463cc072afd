import { game } from '../game.ts';
import { texts } from '../texts/texts.ts';

/** Says that the opponent is none of flesh and blood. */
export function BotBadge() {
  if (game.match.value?.mode !== 'practice') return null;
  return (
    <span class="bot-badge" data-testid="bot-badge">
      {texts.value.arena.bot}
    </span>
  );
}
