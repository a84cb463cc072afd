import { texts } from '../texts/texts.ts';

/** Says that the opponent is none of flesh and blood. */
export function BotBadge() {
  return (
    <span class="bot-badge" data-testid="bot-badge">
      {texts.value.arena.bot}
    </span>
  );
}
